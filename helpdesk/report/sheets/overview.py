"""2 总览: every figure against the last period, the year before and its target."""

from helpdesk.report.build import Line, Report
from helpdesk.report.definitions import COUNT, MINUTES
from helpdesk.report.definitions import RATE as SHARE
from helpdesk.report.figures import Rate
from helpdesk.report.rates import divided
from helpdesk.report.sheets.shared import begin, known, shown
from reception.core.sheets import (
    ALARM,
    DECIMAL,
    NONE,
    PLAIN,
    POINTS,
    RATE,
    TEXT,
    WHOLE,
    WORD,
    Block,
    Book,
    Column,
    Row,
    lines,
)

LOOKS = {SHARE: (RATE, POINTS), COUNT: (WHOLE, RATE), MINUTES: (DECIMAL, RATE)}
MARKS = {True: "达标", False: "未达标", None: NONE}
OVERVIEW = (
    Column("指标", 16), Column("本期", 11, WHOLE), Column("上期", 11, WHOLE), Column("环比", 13, RATE),
    Column("去年同期", 11, WHOLE), Column("同比", 13, RATE), Column("目标", 9, RATE), Column("达标", 9, WORD), Column("分子/分母", 15, WORD),
)  # fmt: skip
MONTHS = (
    Column("月份", 16), Column("受理", 11, WHOLE), Column("关闭", 11, WHOLE), Column("期末未关闭", 13, WHOLE),
)  # fmt: skip


def overview(book: Book, report: Report) -> None:
    """2 总览: every figure against the last period, the year before and its target; twelve months in a line."""
    sheet = begin(book, 2, report, OVERVIEW)
    head = sheet.head(OVERVIEW)
    for line in report.lines:
        value, change = LOOKS[line.metric.unit]
        kinds = (TEXT, value, value, change, value, change, RATE, WORD, WORD)
        sheet.line(overview_row(line), kinds, ALARM if line.met is False else PLAIN, only=(2, 8))
    sheet.freeze(Block(head, sheet.row - 1, len(OVERVIEW)), 1)
    sheet.part("近十二个月")
    rows = [(m.label, m.received, m.closed, m.left) for m in report.months]
    block = sheet.table(MONTHS, rows)
    lines(sheet, block, "近十二个月受理、关闭与期末未关闭（件）", (2, 3, 4), f"A{sheet.row + 1}", (19, 7.5))


def overview_row(line: Line) -> Row:
    """One figure."""
    few = isinstance(line.now, Rate) and line.metric.code == "satisfied" and line.now.few
    base = divided(line.now)
    return (
        line.metric.label, shown(line.now), shown(line.before), known(line.change), shown(line.year_ago),
        known(line.yearly), known(line.target), MARKS[line.met],
        f"{base}（样本不足）" if few else base,
    )  # fmt: skip
