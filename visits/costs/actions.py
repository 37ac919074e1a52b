"""What writes 接待清单: rows are added, replaced and struck through, never changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from reception.core.flow import Refused
from reception.core.ledger import action, record, touch
from reception.core.people.models import User
from visits.costs.actuals import Actuals
from visits.costs.choices import CostItem
from visits.costs.estimate import money
from visits.costs.models_sheet import CostSheet, CostTotal, Expense
from visits.costs.policies import check_row, check_writes

FIELDS = (
    "spent_on", "item", "meal", "place", "ours", "ours_names", "theirs", "quantity", "amount", "voucher", "voucher_note",
)  # fmt: skip
MOST = 500
LARGEST = Decimal("9999999999.99")  # 元 that a sum can hold


@action
def open_sheet(reception: Any) -> CostSheet:
    """The list of an approved reception; the one it has when it was approved before."""
    return CostSheet.objects.get_or_create(reception=reception)[0]


@action
def add_expenses(reception: Any, *, by: User, at: datetime, rows: Sequence[Mapping[str, Any]],
                 expect: int | None = None) -> list[Expense]:  # fmt: skip
    """Append rows (FIELDS as keyword arguments). Raises Refused (forbidden, state, stale, invalid).

    The caller brings the totals up to date (requests.settling.retotal): they need the application.
    """
    check_writes(reception, by)
    if not rows:
        raise Refused("missing", "请至少填写一行费用。")
    touch(reception, expect=expect)
    made = [_append(reception.sheet, values, by, at) for values in rows]
    record(reception, "spend", "登记费用", by=by, at=at, detail={"rows": [_told(row) for row in made]})
    return made


@action
def void_expense(row: Expense, reception: Any, *, by: User, at: datetime, reason: str,
                 expect: int | None = None) -> Expense:  # fmt: skip
    """作废: strike a row through; the reason is required. Raises Refused."""
    _strike(row, reception, by, at, reason, expect)
    record(
        reception, "void_cost", "作废费用", by=by, at=at, reason=reason.strip(), detail={"row": _told(row)}
    )
    return row


@action
def correct_expense(row: Expense, reception: Any, *, by: User, at: datetime, reason: str, values: Mapping[str, Any],
                    expect: int | None = None) -> Expense:  # fmt: skip
    """更正: a new row replaces `row`, which stays struck through and points at it (D4.3.3's way). Raises Refused."""
    _strike(row, reception, by, at, reason, expect)
    new = _append(reception.sheet, values, by, at)
    Expense.objects.filter(pk=row.pk).update(replaced_by=new)
    row.replaced_by = new
    detail = {"old": _told(row), "new": _told(new)}
    record(reception, "correct_cost", "更正费用", by=by, at=at, reason=reason.strip(), detail=detail)
    return new


def _append(sheet: CostSheet, values: Mapping[str, Any], by: User, at: datetime) -> Expense:
    """One more row with the next number."""
    row = {name: values[name] for name in FIELDS if name in values}
    check_row(row)
    number = sheet.rows.count() + 1
    if number > MOST:
        raise Refused("invalid", f"一张接待清单最多 {MOST} 行，请合并同类费用。")
    return Expense.objects.create(sheet=sheet, number=number, created_at=at, created_by=by, **row)


def _strike(row: Expense, reception: Any, by: User, at: datetime, reason: str, expect: int | None) -> None:
    """Void a live row of this reception, guarded by the reception's revision and the row itself."""
    check_writes(reception, by)
    if not reason.strip():
        raise Refused("missing", f"请写明第 {row.number} 行为什么要改。", field="reason")
    fields = {"voided_at": at, "voided_by": by, "void_reason": reason.strip()}
    if not Expense.objects.live().filter(pk=row.pk, sheet=reception.sheet).update(**fields):
        raise Refused("stale", f"第 {row.number} 行已经作废或更正过，请刷新看最新内容。")
    touch(reception, expect=expect)
    for name, value in fields.items():
        setattr(row, name, value)


@action
def keep_totals(sheet: CostSheet, found: Actuals) -> None:
    """Store the figures of `found` (元) so that reports are sums of the database. Raises Refused ("invalid")."""
    if any((amount or 0) > LARGEST for amount in (found.estimated, found.allowed, found.spent)):
        raise Refused("invalid", "费用合计超过 100 亿元，单价、数量或人数一定有一处填错了，请核对。")
    sheet.totals.all().delete()
    CostTotal.objects.bulk_create(
        CostTotal(
            sheet=sheet, item=row.item, estimated=row.estimated, allowed=row.allowed, spent=row.spent, over=row.over
        )
        for row in found.categories
    )  # fmt: skip
    sheet.estimated, sheet.allowed, sheet.spent, sheet.over = (
        found.estimated, found.allowed, found.spent, found.over,
    )  # fmt: skip
    sheet.save(update_fields=["estimated", "allowed", "spent", "over"])


def _told(row: Expense) -> str:
    """A row in words, for the ledger."""
    voucher = row.voucher or row.voucher_note or "无凭证"
    parts = (f"第 {row.number} 行", f"{row.spent_on:%Y-%m-%d}", CostItem(row.item).label, row.place)
    return " ".join(filter(None, parts)) + f" {money(Decimal(row.amount))} 元 {voucher}"
