"""9 未关闭事项."""

from helpdesk.cases.choices import Kind
from helpdesk.report.build import Report
from helpdesk.report.sheets.shared import begin
from helpdesk.report.states import state, why
from helpdesk.report.tables import OLD, age, by_age, names
from reception.core.sheets import ALARM, PLAIN, TIME, TOTAL, WHOLE, WORD, Book, Column

LEFT = (
    Column("单号", 15), Column("大类", 7, WORD), Column("小类", 13), Column("地址", 18), Column("内容", 30),
    Column("受理时间", 16, TIME), Column("历时（天）", 8, WHOLE), Column("状态", 17, WORD), Column("未关闭原因", 20),
    Column("下一步", 16), Column("经办人", 9, WORD),
)  # fmt: skip
AGES = (Column("历时", 15), Column("件数", 7, WHOLE))


def leftovers(book: Book, report: Report) -> None:
    """9 未关闭事项: oldest first, over 30 days in red, with reason and next step; then how many are how old."""
    sheet = begin(book, 9, report, LEFT, landscape=True)
    words, end = names(), report.span.end
    rows = [
        (row.no, Kind(row.kind).label, words[row.category], row.place, row.content, row.received, age(row, end),
         state(row, end)[0], why(row, end), state(row, end)[1], (row.case.who if row.case else "") or row.repairer)
        for row in report.leftovers
    ]  # fmt: skip
    block = sheet.table(LEFT, rows, lambda row: ALARM if row[6] > OLD else PLAIN)  # type: ignore[operator]
    sheet.freeze(block, 1)
    sheet.filter(block)
    sheet.part("按历时")
    total = ("合计", len(rows))
    sheet.table(AGES, [*by_age(report.leftovers, end), total], lambda row: TOTAL if row == total else PLAIN)
