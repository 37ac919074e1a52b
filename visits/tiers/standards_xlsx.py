"""接待标准表.xlsx: the table of a day, and every amount that ever stood."""

from datetime import date, datetime

from reception.core.sheets import DATE, MONEY, Book, Column
from visits.tiers.choices import UNITS, StandardItem
from visits.tiers.table import Line, history

TITLE = "接待标准表"
LED = "由领导根据业务需要确定"
HISTORY = (
    Column("级别", 12), Column("项目", 10), Column("标准（元）", 14, MONEY), Column("单位", 12), Column("生效日期", 14, DATE),
    Column("说明", 14),
)  # fmt: skip


def workbook(lines: list[Line], on: date, at: datetime) -> Book:
    """The workbook of `lines`, the standards of the day `on`; dated `at`."""
    book = Book(f"{TITLE} {on:%Y-%m-%d}", at=at)
    sheet = book.sheet(TITLE, landscape=True)
    items = [Column(f"{item.label}（{UNITS[item]}）", 16) for item in StandardItem]
    columns = (Column("级别", 12), Column("主陪", 26), *items, Column("活动、礼品", 24))
    sheet.title(TITLE, f"{on:%Y-%m-%d} 执行的标准 · 依据《客户接待管理制度》")
    sheet.widths(columns)
    sheet.table(
        columns,
        [[line.tier.name, line.tier.host_rule, *[cell.text for cell in line.cells], LED] for line in lines],
    )
    _history(book)
    return book


def _history(book: Book) -> None:
    """Every amount with its date."""
    sheet = book.sheet("标准变动")
    sheet.title("标准变动", "新的一行从生效日期起执行，旧的留着对照那时的接待")
    sheet.widths(HISTORY)
    rows = [
        [row.tier.name, StandardItem(row.item).label, None if row.amount is None else float(row.amount),
         row.unit or UNITS[StandardItem(row.item)], row.valid_from, "未设置" if row.amount is None else ""]
        for row in history()
    ]  # fmt: skip
    sheet.freeze(sheet.table(HISTORY, rows))
