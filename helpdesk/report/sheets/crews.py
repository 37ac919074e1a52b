"""5 报修时效."""

from helpdesk.report.build import Report
from helpdesk.report.sheets.shared import begin, known, shown
from helpdesk.report.tables import CrewRow
from reception.core.sheets import DECIMAL, PLAIN, RATE, TOTAL, WHOLE, Book, Column, Row

CREW = (
    Column("班组", 10), Column("维修员", 10), Column("派单", 8, WHOLE), Column("30分钟到场数", 10, WHOLE),
    Column("到场及时率", 10, RATE), Column("约定单数", 9, WHOLE), Column("践约率", 9, RATE), Column("平均到场分钟", 10, DECIMAL),
    Column("P90到场分钟", 10, DECIMAL), Column("完工及时率", 10, RATE), Column("返修率", 9, RATE), Column("满意率", 9, RATE), Column("评分数", 8, WHOLE),
)  # fmt: skip


def by_crew(book: Book, report: Report) -> None:
    """5 报修时效: arrivals and work by trade and repairer."""
    sheet = begin(book, 5, report, CREW, landscape=True)
    block = sheet.table(CREW, [crew_row(row) for row in report.crews], crew_tone)
    sheet.freeze(block, 2)
    sheet.filter(block)


def crew_tone(row: Row) -> str:
    """Sub-totals and the total stand out."""
    return TOTAL if row[0] == "合计" or row[1] == "小计" else PLAIN


def crew_row(row: CrewRow) -> Row:
    """One repairer, trade or all."""
    return (
        row.trade, row.name, row.sent, row.in_time, shown(row.on_time), row.kept.base, shown(row.kept),
        known(row.average), known(row.p90), shown(row.finished), shown(row.rework), shown(row.satisfied), row.satisfied.base,
    )  # fmt: skip
