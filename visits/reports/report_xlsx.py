"""接待报表.xlsx: 总览, the four groupings, every reception, and what each figure says."""

from decimal import Decimal

from reception.core.clock.periods import local
from reception.core.sheets import (
    ALARM,
    DECIMAL,
    MONEY,
    NONE,
    PLAIN,
    RATE,
    TIME,
    TOTAL,
    WHOLE,
    WORD,
    Book,
    Column,
    Row,
    lines,
)
from visits.reports.choices import Way
from visits.reports.definitions import DEFINITIONS
from visits.reports.figures import Fact, Line
from visits.reports.report import Report
from visits.requests.choices import Status

TITLE = "接待报表"
FIGURES = (
    Column("次数", 8, WHOLE), Column("上期次数", 9, WHOLE), Column("人数", 8, WHOLE), Column("费用", 13, MONEY),
    Column("上期费用", 13, MONEY), Column("人均", 11, MONEY), Column("标准", 13, MONEY), Column("超标准", 12, MONEY),
    Column("预算", 13, MONEY), Column("执行率", 9, RATE), Column("评价份数", 9, WHOLE), Column("满意度", 8, DECIMAL),
    Column("到期任务", 9, WHOLE), Column("按时率", 9, RATE),
)  # fmt: skip
ROWS = (
    Column("单号", 15, WORD), Column("到达", 16, TIME), Column("来访单位", 26), Column("责任部门", 12), Column("经办人", 9),
    Column("级别", 9, WORD), Column("目的", 10, WORD), Column("状态", 9, WORD), Column("人数", 7, WHOLE),
    Column("费用", 12, MONEY), Column("标准", 12, MONEY), Column("超标准", 11, MONEY), Column("预算", 12, MONEY),
    Column("评价份数", 9, WHOLE), Column("满意度", 8, DECIMAL), Column("到期任务", 9, WHOLE), Column("按时", 7, WHOLE),
)  # fmt: skip
MONTHS = (
    Column("月份", 12, WORD), Column("次数", 8, WHOLE), Column("去年同月次数", 12, WHOLE), Column("人数", 8, WHOLE),
    Column("费用", 13, MONEY), Column("去年同月费用", 13, MONEY), Column("超标准", 12, MONEY), Column("满意度", 8, DECIMAL),
    Column("按时率", 9, RATE),
)  # fmt: skip


def book(report: Report) -> Book:
    """The workbook of a report, dated when it was asked for."""
    made = Book(f"{TITLE} {report.span.label}", at=report.at)
    note = f"{report.span.label}到达的接待 · 截至 {local(report.at):%Y-%m-%d %H:%M}{'（本期未完）' if report.running else ''} · 单位：元"
    _overview(made, report, note)
    for way in Way:
        _group(made, report, way, note)
    _details(made, report, note)
    _words(made)
    return made


def _number(amount: Decimal | None) -> float | str:
    return NONE if amount is None else float(amount)


def _or_none(value: float | None) -> float | str:
    return NONE if value is None else value


def figures(line: Line, past: Line | None) -> list[object]:
    """The figures of one line, in the order of FIGURES."""
    return [
        line.times, past.times if past else 0, line.heads, float(line.spent), float(past.spent if past else 0),
        _number(line.each), _number(line.allowed), float(line.over), _number(line.estimated), _or_none(line.used),
        line.answers, _or_none(line.score), line.judged, _or_none(line.on_time),
    ]  # fmt: skip


def _overview(made: Book, report: Report, note: str) -> None:
    """The whole against the period before, and twelve months with a chart."""
    sheet = made.sheet("总览", landscape=True)
    sheet.title(f"{TITLE} {report.span.label}", note)
    head = (Column("统计期", 14, WORD), *FIGURES)
    sheet.widths(head)
    older = None  # what came before the period before is not asked for
    rows: list[Row] = [
        [report.span.label, *figures(report.total, report.past)],
        [report.span.before.label, *figures(report.past, older)],
    ]
    rows[1] = [*rows[1][:2], NONE, *rows[1][3:5], NONE, *rows[1][6:]]
    sheet.table(head, rows)
    sheet.part("近十二个月" if not report.span.yearly else "十二个月")
    block = sheet.table(MONTHS, [
        [month.span.label, month.now.times, month.year_ago.times, month.now.heads, float(month.now.spent),
         float(month.year_ago.spent), float(month.now.over), _or_none(month.now.score), _or_none(month.now.on_time)]
        for month in report.months
    ])  # fmt: skip
    lines(sheet, block, "费用（元）", (5, 6), f"A{block.last + 2}", (24, 8))


def _group(made: Book, report: Report, way: Way, note: str) -> None:
    """One grouping with its total."""
    sheet = made.sheet(way.label, landscape=True)
    sheet.title(f"{TITLE} {way.label}", note)
    head = (Column(way.label.removeprefix("按"), 24), *FIGURES)
    sheet.widths(head)
    rows: list[Row] = [
        [line.label, *figures(line, report.before[way].get(line.key))] for line in report.groups[way]
    ]
    rows.append(["合计", *figures(report.total, report.past)])
    sheet.freeze(sheet.table(head, rows, lambda row: TOTAL if row is rows[-1] else PLAIN), 1)


def row_of(fact: Fact) -> Row:
    """One reception, in the order of ROWS."""
    return [
        fact.no, fact.came, fact.customer, fact.department, fact.by, fact.tier, fact.purpose, Status(fact.state).label,
        fact.heads, float(fact.spent), _number(fact.allowed), float(fact.over), _number(fact.estimated), fact.answers,
        _or_none(fact.score), fact.judged, fact.kept,
    ]  # fmt: skip


def _details(made: Book, report: Report, note: str) -> None:
    """Every reception of the span, the newest first; those above the standard stand out."""
    sheet = made.sheet("明细", landscape=True)
    sheet.title(f"{TITLE} 明细", note)
    sheet.widths(ROWS)
    block = sheet.table(
        ROWS, [row_of(fact) for fact in report.facts], lambda row: ALARM if row[11] else PLAIN
    )
    sheet.freeze(block, 1)
    sheet.filter(block)


def _words(made: Book) -> None:
    """What each figure says."""
    sheet = made.sheet("口径说明")
    sheet.title("口径说明", "页面、纸面和表格用同一个口径")
    head = (Column("项目", 14), Column("怎么算", 90))
    sheet.widths(head)
    sheet.table(head, [list(words) for words in DEFINITIONS.values()])
