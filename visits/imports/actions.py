"""Importing customers from a workbook: read and judged once, written in portions that can be taken up again.

The preview's verdict is compared with a fresh one when a row is written: what somebody else changed in between is not
overwritten, it is told.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.people.models import User
from reception.core.sheets.reader import read_lines
from visits.customers.actions import add_customer, change_customer, learn_contact
from visits.customers.models import Contact, Customer
from visits.customers.policies import check_registers
from visits.imports.choices import EFFECTIVE, Verdict
from visits.imports.columns import MOST, Row, rows_of
from visits.imports.judging import Entry, Judged, Register
from visits.imports.models import ImportBatch, ImportRow

PORTION = 200  # rows written in one request: well under a second
WHY = "从 Excel 导入"
CHANGED_SINCE = "预览以后这家客户被别人改过，这一行没有导入，请核对后重新上传。"


def read(file: BinaryIO, size: int | None = None) -> list[Row]:
    """The rows of a workbook. Raises Refused (invalid, field "file")."""
    return rows_of(read_lines(file, most=MOST + 10, size=size))


def judge_all(rows: Sequence[Row]) -> list[Judged]:
    """The verdict of every row, in order: two queries, whatever the number."""
    register = register_of({" ".join(row.cells.get("name", "").split()) for row in rows})
    return [register.judge(row.line, row.cells) for row in rows]


def register_of(names: Iterable[str]) -> Register:
    """What is known of these customers."""
    wanted, entries = sorted(names), {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        for name, *values in Customer.objects.filter(name__in=some).values_list(
            "name", "kind", "address", "note"
        ):
            entries[name] = Entry(dict(zip(("kind", "address", "note"), values, strict=True)))
        people = Contact.objects.filter(customer__name__in=some)
        for name, contact, title, phone in people.values_list("customer__name", "name", "title", "phone"):
            entries[name].people[contact] = (title, phone)
    return Register(entries)


@action
def stage(*, by: User, at: datetime, filename: str, rows: Sequence[Row]) -> ImportBatch:
    """Keep the judged rows for the preview; unfinished and finished uploads of the same person give way.
    Raises Refused (forbidden, invalid)."""
    check_registers(by)
    if len(rows) > MOST:
        raise Refused(
            "invalid", f"一次最多导入 {MOST} 行，这个文件有 {len(rows)} 行，请分成几个。", field="file"
        )
    ImportBatch.objects.filter(created_by=by).delete()
    batch = ImportBatch.objects.create(filename=filename[:120], created_at=at, created_by=by, total=len(rows))
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                batch=batch, line=row.line, cells=judged.cells, verdict=judged.verdict, told=judged.told[:400]
            )
            for row, judged in zip(rows, judge_all(rows), strict=True)
        ),
        batch_size=500,
    )
    return batch


@action
def advance(batch: ImportBatch, *, by: User, at: datetime, seen: int) -> ImportBatch:
    """Write the next portion. `seen` is how many rows the page knew to be over: a request that comes late or twice
    changes nothing and gets the same answer. Raises Refused (forbidden)."""
    check_registers(by)
    batch.refresh_from_db()
    if batch.finished_at or batch.done != seen:
        return batch
    rows = list(batch.rows.order_by("line")[batch.done : batch.done + PORTION])
    _write([row for row in rows if row.verdict in EFFECTIVE], by, at)
    batch.done += len(rows)
    if batch.done >= batch.total:
        batch.finished_at, batch.finished_by = at, by
    batch.save(update_fields=["done", "finished_at", "finished_by"])
    if batch.finished_at:
        record(
            batch, "import", "导入客户", by=by, at=at, detail={"file": batch.filename, "rows": batch.total}
        )
    return batch


def _write(rows: Sequence[ImportRow], by: User, at: datetime) -> None:
    """Write the rows whose verdict still holds; the others say why not."""
    register = register_of({row.cells["name"] for row in rows})
    for row in rows:
        now = register.judge(row.line, row.cells)
        if (now.verdict, now.told[:400]) == (row.verdict, row.told):
            apply_row(row.cells, by=by, at=at)
        else:
            row.verdict, row.told = Verdict.STALE, CHANGED_SINCE
            row.save(update_fields=["verdict", "told"])


@action
def apply_row(cells: dict[str, str], *, by: User | None, at: datetime) -> Customer:
    """Write one good row: the customer, and the person it names. Empty cells leave what is there."""
    fields: dict[str, Any] = {key: cells[key] for key in ("kind", "address", "note") if cells.get(key)}
    contact = {
        "name": cells.get("contact", ""),
        "title": cells.get("title", ""),
        "phone": cells.get("phone", ""),
    }
    customer = Customer.objects.filter(name=cells["name"]).first()
    if customer is None:
        return add_customer(by=by, at=at, fields={"name": cells["name"], **fields}, contact=contact, why=WHY)
    change_customer(customer, by=by, at=at, fields=fields, why=WHY)
    if contact["name"] and learn_contact(customer, contact):
        record(customer, "contact", "登记联系人", by=by, at=at, reason=WHY, detail={"name": contact["name"]})
    return customer
