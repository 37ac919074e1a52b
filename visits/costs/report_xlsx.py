"""接待费用表.xlsx: the report's groupings as sheets, the receptions and every live row of their lists."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from reception.core.sheets import ALARM, DATE, MONEY, PLAIN, TOTAL, WHOLE, Book, Column, Row
from visits.costs.choices import CostItem, Meal
from visits.costs.models_sheet import Expense
from visits.costs.report import WAYS, Asked, Line, grouped, requests, total

TITLE = "接待费用表"
SUMS = (
    Column("估算（预算）", 13, MONEY), Column("有标准部分", 13, MONEY), Column("已发生", 13, MONEY), Column("超标准", 12, MONEY),
    Column("比预算省", 13, MONEY),
)  # fmt: skip
DETAIL = (
    Column("单号", 14), Column("到达", 12, DATE), Column("来访单位", 24), Column("部门", 12), Column("经办人", 9),
    Column("级别", 9), Column("人数", 7, WHOLE), *SUMS, Column("超出原因", 28), Column("确认领导", 9),
    Column("满意度", 9, MONEY),
)  # fmt: skip
ROWS = (
    Column("单号", 14), Column("行", 6, WHOLE), Column("日期", 12, DATE), Column("类别", 8), Column("餐次", 8), Column("地点、内容", 22),
    Column("我方人数", 8, WHOLE), Column("对方人数", 8, WHOLE), Column("费用", 12, MONEY), Column("凭证号", 16), Column("无凭证说明", 18),
)  # fmt: skip


def workbook(asked: Asked, at: datetime) -> Book:
    """The workbook of what was asked for; `at` dates it."""
    book = Book(f"{TITLE} {asked.period}", at=at)
    note = f"{asked.scope} · 按到达日期统计，单位：元"
    for way in ("month", "department", "customer", "tier", "item"):
        _summary(book, asked, way, note)
    _requests(book, asked, note)
    _rows(book, asked, note)
    return book


def filename(asked: Asked) -> str:
    """接待费用表-2026-01-2026-10.xlsx."""
    return f"{TITLE}-{asked.since:%Y-%m}-{asked.until:%Y-%m}.xlsx"


def _number(amount: Decimal | None) -> float | None:
    """A Decimal as a cell holds it; None stays empty."""
    return None if amount is None else float(amount)


def _sums(line: Line) -> list[float | None]:
    return [_number(x) for x in (line.estimated, line.allowed, line.spent, line.over, line.saved)]


def _summary(book: Book, asked: Asked, way: str, note: str) -> None:
    """One grouping with its total."""
    sheet = book.sheet(WAYS[way], landscape=True)
    columns = (
        Column(WAYS[way].removeprefix("按"), 22),
        Column("次数", 8, WHOLE),
        Column("来宾", 8, WHOLE),
        *SUMS,
        Column("满意度", 9, MONEY),
    )
    lines = [*grouped(asked, way), total(asked)]
    sheet.title(f"{TITLE} {WAYS[way]}", f"{asked.period} · {note}")
    sheet.widths(columns)
    rows = [[line.label, line.times, line.heads, *_sums(line), line.score] for line in lines]
    sheet.freeze(sheet.table(columns, rows, lambda row: TOTAL if row[0] == "合计" else PLAIN))


def _requests(book: Book, asked: Asked, note: str) -> None:
    """One row a reception; those above the standard stand out."""
    sheet = book.sheet(WAYS["request"], landscape=True)
    sheet.title(f"{TITLE} {WAYS['request']}", f"{asked.period} · {note}")
    sheet.widths(DETAIL)
    found = requests(asked).order_by("reception__arrive_at", "id")
    block = sheet.table(DETAIL, (_request(row) for row in found), lambda row: ALARM if row[10] else PLAIN)
    sheet.freeze(block, 1)
    sheet.filter(block)


def _request(row: dict[str, Any]) -> Row:
    estimated, spent = row["estimated"], row["spent"]
    return [
        row["reception__no"], row["reception__arrive_at"], row["reception__customer_name"], row["reception__department__name"],
        row["reception__applicant__name"], row["reception__tier__name"], row["reception__headcount"], _number(estimated),
        _number(row["allowed"]), _number(spent), _number(row["over"]),
        None if estimated is None else float(estimated - spent), row["over_reason"], row["approver__name"] or "", row["score"],
    ]  # fmt: skip


def _rows(book: Book, asked: Asked, note: str) -> None:
    """Every live row of the lists."""
    sheet = book.sheet("清单明细", landscape=True)
    sheet.title("接待清单明细", f"{asked.period} · {note} · 不含作废的行")
    sheet.widths(ROWS)
    rows: Iterable[Expense] = (
        Expense.objects.live().filter(sheet__in=asked.sheets()).select_related("sheet__reception")
    )
    rows = rows.order_by("sheet__reception__no", "number")  # type: ignore[attr-defined]
    block = sheet.table(ROWS, (_expense(row) for row in rows))
    sheet.freeze(block, 2)
    sheet.filter(block)


def _expense(row: Expense) -> Row:
    return [
        row.sheet.reception.no, row.number, row.spent_on, CostItem(row.item).label, Meal(row.meal).label if row.meal else "",
        row.place, row.ours or None, row.theirs or None, float(row.amount), row.voucher, row.voucher_note,
    ]  # fmt: skip
