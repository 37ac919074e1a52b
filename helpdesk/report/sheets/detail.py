"""13 明细."""

from helpdesk.cases.choices import Kind
from helpdesk.log.choices import Channel
from helpdesk.report.build import Report
from helpdesk.report.corrected import Found, corrections, notes, shown
from helpdesk.report.rows import Detail
from helpdesk.report.sheets.shared import begin
from helpdesk.report.states import seen, state
from helpdesk.report.tables import names
from reception.core.sheets import MOMENT, TIME, WHOLE, WORD, Book, Column, Row
from reception.core.templatetags.core import masked

DETAIL = (
    Column("单号", 14), Column("受理时间", 16, TIME), Column("渠道", 6, WORD), Column("大类", 6, WORD), Column("小类", 12),
    Column("来源", 8, WORD), Column("反映人", 9), Column("电话", 12.5), Column("地址", 14), Column("内容", 24), Column("关联单", 14),
    Column("状态", 11, WORD), Column("班组", 7.5, WORD), Column("经办人", 7.5, WORD), Column("派工", 11.5, MOMENT),
    Column("时限", 11.5, MOMENT), Column("到场", 11.5, MOMENT), Column("完工", 11.5, MOMENT),
    Column("底联返回", 11.5, MOMENT), Column("关闭", 11.5, MOMENT), Column("评分", 5, WHOLE), Column("更正", 16),
)  # fmt: skip


def details(book: Book, report: Report) -> None:
    """13 明细: every matter of the period, filterable, telephones masked, what was corrected struck out before it."""
    sheet = begin(book, 13, report, DETAIL, landscape=True)
    words, found = names(), corrections(report.span.start, report.span.end)
    rows = (detail_row(row, report, words, found) for row in report.details())
    block = sheet.stream(DETAIL, rows, report.matters)
    sheet.freeze(block, 1)
    sheet.filter(block)


def detail_row(row: Detail, report: Report, words: dict[int | None, str], found: Found) -> Row:
    """One matter as it stood at the cut-off."""
    start, end = report.span.start, report.span.end
    source = "期初遗留" if row.received < start else "重开" if row.again else "新增"
    times = (row.dispatched, row.arrived, row.finished, row.slip, row.closed)
    sent, arrived, finished, slip, closed = (seen(at, end) for at in times)
    texts: dict[str, object] = {
        "channel": Channel(row.channel).label if row.channel else "", "category": words[row.category], "person": row.person,
        "phone": masked(row.phone), "place": row.place, "content": row.content, "score": row.score if finished else None,
    }  # fmt: skip
    if (row.order, row.pk) in found:
        texts = {what: shown(row, what, now, found, end) for what, now in texts.items()}
    return (
        row.no, row.received, texts["channel"], Kind(row.kind).label, texts["category"], source, texts["person"],
        texts["phone"], texts["place"], texts["content"], row.link, state(row, end)[0], row.trade, row.repairer, sent, row.due,
        arrived, finished, slip, closed, texts["score"], notes(row, found, end),
    )  # fmt: skip
