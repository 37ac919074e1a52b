"""Importing units, residents and companies from a workbook: read and judged once, written in portions that can be taken
up again (E5.2.1a).

The preview's verdict is compared with a fresh one when a row is written: what somebody else changed in between is not
overwritten, it is told. Nothing is taken away: who is not in the file stays, who moved out is marked with the day.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from helpdesk.directory.actions import known_company
from helpdesk.directory.choices import ResidentKind, UnitKind
from helpdesk.directory.companies import Lease
from helpdesk.directory.models import Building, Phone, Resident, Unit
from helpdesk.directory.policies import check_keeper
from helpdesk.imports.cells import building_name, clean, label_of
from helpdesk.imports.choices import EFFECTIVE, Verdict
from helpdesk.imports.columns import MOST, Row, rows_of
from helpdesk.imports.judging import Flat, Judged, Key, Person, Register, numbers_of
from helpdesk.imports.models import UnitImport, UnitImportRow
from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.ledger import action, record, touch
from reception.core.notices import tell
from reception.core.people.models import User
from reception.core.sheets.reader import read_lines
from reception.core.spelling import sought

PORTION = 200  # rows written in one request: well under a second
WHY = "从 Excel 导入"
CHANGED_SINCE = "预览以后这一户被别人改过，这一行没有导入，请核对后重新上传。"
COLUMNS = {"title": "title", "who": "kind", "company": "company"}


def read(file: BinaryIO, size: int | None = None) -> list[Row]:
    """The rows of a workbook. Raises Refused (invalid, field "file")."""
    return rows_of(read_lines(file, most=MOST + 10, size=size))


def judge_all(rows: Sequence[Row], at: datetime) -> list[Judged]:
    """The verdict of every row, in order: a few queries, whatever the number."""
    register = register_of((clean(row.cells) for row in rows), at)
    return [register.judge(row.line, row.cells) for row in rows]


def register_of(cells: Iterable[dict[str, str]], at: datetime) -> Register:
    """What is known of the units that these rows speak of, with everybody there. Four queries for 500 rooms."""
    wanted = sorted({(row["building"], row["room"]) for row in cells})
    buildings = dict(Building.objects.values_list("code", "name"))
    flats: dict[Key, Flat] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        units = Unit.objects.filter(
            building__code__in={code for code, _ in some}, room__in={room for _, room in some}
        )
        found = units.values_list("pk", "building__code", "unit_no", "room", "kind")
        homes = {
            pk: flats.setdefault((code, unit_no, room), Flat(kind)) for pk, code, unit_no, room, kind in found
        }
        _people(homes)
    return Register(buildings, flats, local(at).date())


def _people(homes: dict[int, Flat]) -> None:
    """Put everybody into their unit; two of one name are told apart by nothing."""
    people: dict[int, Person] = {}
    fields = ("pk", "unit_id", "name", "title", "kind", "company", "is_leader", "moved_out_on")
    for pk, unit, name, title, kind, company, leader, out in Resident.objects.filter(
        unit__in=homes
    ).values_list(*fields):
        values = {"title": title, "who": kind, "company": company, "leader": "yes" if leader else "",
                  "out": out.isoformat() if out else ""}  # fmt: skip
        if name in homes[unit].people:
            homes[unit].namesakes.add(name)
        people[pk] = homes[unit].people[name] = Person(values)
    for resident, digits, number in Phone.objects.filter(resident__unit__in=homes).values_list(
        "resident_id", "digits", "number"
    ):
        if resident in people:
            people[resident].phones[digits] = number


@action
def stage(*, by: User, at: datetime, filename: str, rows: Sequence[Row]) -> UnitImport:
    """Keep the judged rows for the preview; unfinished and finished uploads of the same person give way.
    Raises Refused (forbidden, invalid)."""
    check_keeper(by)
    if len(rows) > MOST:
        raise Refused(
            "invalid", f"一次最多导入 {MOST} 行，这个文件有 {len(rows)} 行，请分成几个。", field="file"
        )
    UnitImport.objects.filter(created_by=by).delete()
    batch = UnitImport.objects.create(filename=filename[:120], created_at=at, created_by=by, total=len(rows))
    UnitImportRow.objects.bulk_create(
        (
            UnitImportRow(
                batch=batch, line=row.line, cells=judged.cells, verdict=judged.verdict, told=judged.told[:400]
            )
            for row, judged in zip(rows, judge_all(rows, at), strict=True)
        ),
        batch_size=500,
    )
    return batch


@action
def advance(batch: UnitImport, *, by: User, at: datetime, seen: int) -> UnitImport:
    """Write the next portion. `seen` is how many rows the page knew to be over: a request that comes late or twice
    changes nothing and gets the same answer. The end is told in the inbox. Raises Refused (forbidden)."""
    check_keeper(by)
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
        _finish(batch, by, at)
    return batch


def _finish(batch: UnitImport, by: User, at: datetime) -> None:
    """The ledger and the inbox say what came of it."""
    counts = Counter(batch.rows.values_list("verdict", flat=True))
    told = "，".join(f"{verdict.label} {counts[verdict]} 行" for verdict in Verdict if counts[verdict])
    detail = {"file": batch.filename, "rows": batch.total, "result": told}
    record(batch, "import", "导入房号", by=by, at=at, detail=detail)
    level = "warn" if counts[Verdict.WRONG] or counts[Verdict.STALE] else "info"
    title = f"房号导入完成《{batch.filename[:60]}》：{told}"
    tell([by], title=title, url=batch.get_absolute_url(), at=at, level=level)


def _write(rows: Sequence[UnitImportRow], by: User, at: datetime) -> None:
    """Write the rows whose verdict still holds; the others say why not."""
    register = register_of((row.cells for row in rows), at)
    for row in rows:
        now = register.judge(row.line, spoken(row.cells))
        if (now.verdict, now.told[:400]) == (row.verdict, row.told):
            apply_row(row.cells, by=by, at=at)
        else:
            row.verdict, row.told = Verdict.STALE, CHANGED_SINCE
            row.save(update_fields=["verdict", "told"])


def spoken(cells: dict[str, str]) -> dict[str, str]:
    """Cleaned cells as a row says them, to be judged again."""
    leader, out = cells["leader"], cells["out"]
    return cells | {
        "kind": dict(UnitKind.choices).get(cells["kind"], ""),
        "who": dict(ResidentKind.choices).get(cells["who"], ""),
        "leader": {"yes": "是", "no": "否"}.get(leader, ""),
        "out": "在住" if out == "here" else out,
    }


@action
def apply_row(cells: dict[str, str], *, by: User | None, at: datetime) -> Unit:
    """Write one good row: the unit, the person, the company that rents it. Empty cells leave what is there."""
    code = cells["building"]
    order = Building.objects.count() if code else 0
    building, _ = Building.objects.get_or_create(
        code=code, defaults={"name": building_name(code), "order": order}
    )
    kind = {"kind": cells["kind"]} if cells["kind"] else {}
    unit, made = Unit.objects.get_or_create(
        building=building, unit_no=cells["unit_no"], room=cells["room"],
        defaults={"label": label_of(cells, building.name), **kind},
    )  # fmt: skip
    if made:
        record(unit, "record", "登记房号", by=by, at=at, reason=WHY, detail={"label": unit.label})
    elif kind and unit.kind != cells["kind"]:
        words = [UnitKind(unit.kind).label, UnitKind(cells["kind"]).label]
        Unit.objects.filter(pk=unit.pk).update(**kind)
        unit.kind = cells["kind"]
        record(unit, "change", "修改房号", by=by, at=at, reason=WHY, detail={"用途": words})
    if cells["name"]:
        _person(unit, cells, by, at)
    return unit


def _person(unit: Unit, cells: dict[str, str], by: User | None, at: datetime) -> None:
    """The person of a row, new or changed, with the numbers that are new."""
    fields: dict[str, Any] = {column: cells[key] for key, column in COLUMNS.items() if cells[key]}
    if cells["leader"]:
        fields["is_leader"] = cells["leader"] == "yes"
    if cells["out"]:
        fields["moved_out_on"] = None if cells["out"] == "here" else date.fromisoformat(cells["out"])
    firm = known_company(cells["company"], by=by, at=at)
    if firm:
        fields["firm"] = firm
        if unit.kind != UnitKind.HOME and not cells["out"]:
            Lease.objects.get_or_create(company=firm, unit=unit, until=None)
    one = Resident.objects.filter(unit=unit, name=cells["name"]).first()
    detail = {"unit": unit.label, "name": cells["name"]}
    if one is None:
        one = Resident(unit=unit, name=cells["name"], **fields)
        one.clean()
        one.save(force_insert=True)
        record(one, "record", "登记住户", by=by, at=at, reason=WHY, detail=detail)
    else:
        changed = {
            key: [_said(getattr(one, key)), _said(new)]
            for key, new in fields.items()
            if getattr(one, key) != new
        }
        if changed:
            touch(one, **fields, sought=sought(one.name, fields.get("company", one.company)))
            record(one, "change", "修改住户", by=by, at=at, reason=WHY, detail=changed)
    _numbers(one, cells, by, at)


def _said(value: Any) -> str:
    """A value of a column as the ledger keeps it."""
    return "" if value is None else str(value)


def _numbers(one: Resident, cells: dict[str, str], by: User | None, at: datetime) -> None:
    """Numbers that the person does not have yet."""
    known = set(one.phones.values_list("digits", flat=True))
    added = [number for digits, number in numbers_of(cells).items() if digits not in known]
    Phone.objects.bulk_create(Phone.of(one, number) for number in added)
    if added:
        record(one, "phone", "登记电话", by=by, at=at, reason=WHY, detail={"电话": ["", "、".join(added)]})
