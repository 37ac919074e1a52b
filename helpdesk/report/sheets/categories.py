"""3 分类汇总."""

from helpdesk.report.build import Report, changed
from helpdesk.report.sheets.shared import begin, known, shown
from helpdesk.report.tables import CategoryRow
from helpdesk.report.tables import pareto as most_reported
from reception.core.sheets import PLAIN, RATE, TOTAL, WHOLE, WORD, Block, Book, Column, Row
from reception.core.sheets import pareto as draw

CATEGORY = (
    Column("大类", 8, WORD), Column("小类", 17), Column("期初遗留", 9, WHOLE), Column("新增", 8, WHOLE), Column("重开", 7, WHOLE),
    Column("作废", 7, WHOLE), Column("应办", 8, WHOLE), Column("已关闭", 8, WHOLE), Column("期末未关闭", 9, WHOLE),
    Column("占比", 8, RATE), Column("环比", 9, RATE), Column("同比", 9, RATE), Column("核对", 7, WORD),
)  # fmt: skip
PARETO = (Column("名次", 8, WORD), Column("小类"), Column("受理", 9, WHOLE), Column("累计占比", 9, RATE))


def by_category(book: Book, report: Report) -> None:
    """3 分类汇总: the flow of every 小类, checked row by row, and the Pareto chart."""
    sheet = begin(book, 3, report, CATEGORY)
    rows = [category_row(row) for row in report.categories] + [category_row(report.total)]
    block = sheet.table(CATEGORY, rows, lambda row: TOTAL if row[0] == "合计" else PLAIN)
    sheet.freeze(block, 2)
    sheet.filter(Block(block.head, block.last - 1, block.columns))
    bars = most_reported(report.categories)
    if not bars:
        return
    sheet.part("受理最多的小类")
    table = sheet.table(PARETO, [(f"{n}", *bar) for n, bar in enumerate(bars, 1)])
    draw(sheet, table, "受理最多的小类与累计占比", (2, 3, 4), f"F{table.head}", (14.5, 8.5))


def category_row(row: CategoryRow) -> Row:
    """One 小类 or the total."""
    flow = row.flow
    return (
        row.big, row.small, flow.carried, flow.fresh, flow.again, flow.void, flow.due, flow.closed, flow.left,
        shown(row.share), known(changed(flow.received, row.before)), known(changed(flow.received, row.year_ago)),
        "相符" if flow.balanced else "不符",
    )  # fmt: skip
