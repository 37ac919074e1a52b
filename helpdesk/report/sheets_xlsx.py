"""The sheets of the monthly report, one function each."""

from collections.abc import Iterable

from helpdesk.cases.choices import Kind
from helpdesk.log.choices import Channel
from helpdesk.report.build import Line, Report, changed
from helpdesk.report.definitions import RATE as SHARE
from helpdesk.report.definitions import explained
from helpdesk.report.figures import Figure, Rate
from helpdesk.report.rows import Detail
from helpdesk.report.states import seen, state, why
from helpdesk.report.tables import OLD, CategoryRow, CrewRow, age, by_age, names, pareto
from reception.core.sheets import (
    ALARM,
    DECIMAL,
    MOMENT,
    NONE,
    PLAIN,
    POINTS,
    RATE,
    TEXT,
    TIME,
    TOTAL,
    WHOLE,
    WORD,
    Block,
    Book,
    Column,
    Row,
    Sheet,
    lines,
)
from reception.core.sheets import (
    pareto as pareto_chart,
)
from reception.core.templatetags.core import masked

MARKS = {True: "达标", False: "未达标", None: NONE}


def begin(
    book: Book, name: str, report: Report, columns: Iterable[Column], *, landscape: bool = False
) -> Sheet:
    """A sheet with its heading and widths; the name without its number is the title."""
    sheet = book.sheet(name, landscape=landscape)
    sheet.widths(list(columns))
    sheet.title(f"客户反映情况报告　{name.partition(' ')[2]}", f"{report.span.label}　{report.span.cut_off}")
    return sheet


def shown(figure: Figure) -> object:
    """A figure as a number, — without a base."""
    value = figure.value if isinstance(figure, Rate) else figure
    return NONE if value is None else value


def known(value: float | None) -> object:
    """A number, — when there is none."""
    return NONE if value is None else value


OVERVIEW = (
    Column("指标", 16), Column("本期", 11, WHOLE), Column("上期", 11, WHOLE), Column("环比", 13, RATE),
    Column("去年同期", 11, WHOLE), Column("同比", 13, RATE), Column("目标", 9, RATE), Column("达标", 9, WORD), Column("分子/分母", 15, WORD),
)  # fmt: skip
MONTHS = (
    Column("月份", 16), Column("受理", 11, WHOLE), Column("关闭", 11, WHOLE), Column("期末未关闭", 13, WHOLE),
)  # fmt: skip


def overview(book: Book, report: Report) -> None:
    """2 总览: every figure against the last period, the year before and its target; twelve months in a line."""
    sheet = begin(book, "2 总览", report, OVERVIEW)
    head = sheet.head(OVERVIEW)
    for line in report.lines:
        rate = line.metric.unit == SHARE
        value, change = (RATE, POINTS) if rate else (WHOLE, RATE)
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
    base = f"{line.now.part}/{line.now.base}" if isinstance(line.now, Rate) else ""
    return (
        line.metric.label, shown(line.now), shown(line.before), known(line.change), shown(line.year_ago),
        known(line.yearly), known(line.target), MARKS[line.met],
        f"{base}（样本不足）" if few else base,
    )  # fmt: skip


CATEGORY = (
    Column("大类", 8, WORD), Column("小类", 17), Column("期初遗留", 9, WHOLE), Column("新增", 8, WHOLE), Column("重开", 7, WHOLE),
    Column("作废", 7, WHOLE), Column("应办", 8, WHOLE), Column("已关闭", 8, WHOLE), Column("期末未关闭", 9, WHOLE),
    Column("占比", 8, RATE), Column("环比", 9, RATE), Column("同比", 9, RATE), Column("核对", 7, WORD),
)  # fmt: skip
PARETO = (Column("名次", 8, WORD), Column("小类"), Column("受理", 9, WHOLE), Column("累计占比", 9, RATE))


def by_category(book: Book, report: Report) -> None:
    """3 分类汇总: the flow of every 小类, checked row by row, and the Pareto chart."""
    sheet = begin(book, "3 分类汇总", report, CATEGORY)
    rows = [category_row(row) for row in report.categories] + [category_row(report.total)]
    block = sheet.table(CATEGORY, rows, lambda row: TOTAL if row[0] == "合计" else PLAIN)
    sheet.freeze(block, 2)
    sheet.filter(Block(block.head, block.last - 1, block.columns))
    bars = pareto(report.categories)
    if not bars:
        return
    sheet.part("受理最多的小类")
    table = sheet.table(PARETO, [(f"{n}", *bar) for n, bar in enumerate(bars, 1)])
    pareto_chart(sheet, table, "受理最多的小类与累计占比", (2, 3, 4), f"F{table.head}", (14.5, 8.5))


def category_row(row: CategoryRow) -> Row:
    """One 小类 or the total."""
    flow = row.flow
    return (
        row.big, row.small, flow.carried, flow.fresh, flow.again, flow.void, flow.due, flow.closed, flow.left,
        shown(row.share), known(changed(flow.received, row.before)), known(changed(flow.received, row.year_ago)),
        "相符" if flow.balanced else "不符",
    )  # fmt: skip


CREW = (
    Column("班组", 10), Column("维修员", 10), Column("派单", 8, WHOLE), Column("30分钟到场数", 10, WHOLE),
    Column("到场及时率", 10, RATE), Column("约定单数", 9, WHOLE), Column("践约率", 9, RATE), Column("平均到场分钟", 10, DECIMAL),
    Column("P90到场分钟", 10, DECIMAL), Column("返修率", 9, RATE), Column("满意率", 9, RATE), Column("评分数", 8, WHOLE),
)  # fmt: skip


def by_crew(book: Book, report: Report) -> None:
    """5 报修时效: arrivals and work by trade and repairer. 完工及时率 comes with limits for finishing."""
    sheet = begin(book, "5 报修时效", report, CREW, landscape=True)
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
        known(row.average), known(row.p90), shown(row.rework), shown(row.satisfied), row.satisfied.base,
    )  # fmt: skip


LEFT = (
    Column("单号", 15), Column("大类", 7, WORD), Column("小类", 13), Column("地址", 18), Column("内容", 34),
    Column("受理时间", 16, TIME), Column("历时（天）", 8, WHOLE), Column("状态", 11, WORD), Column("未关闭原因", 20),
    Column("下一步", 16), Column("经办人", 9, WORD),
)  # fmt: skip
AGES = (Column("历时", 15), Column("件数", 7, WHOLE))


def leftovers(book: Book, report: Report) -> None:
    """9 未关闭事项: oldest first, over 30 days in red, with reason and next step; then how many are how old."""
    sheet = begin(book, "9 未关闭事项", report, LEFT, landscape=True)
    words, end = names(), report.span.end
    rows = [
        (row.no, Kind(row.kind).label, words[row.category], row.place, row.content, row.received, age(row, end),
         state(row, end)[0], why(row, end), state(row, end)[1], row.repairer)
        for row in report.leftovers
    ]  # fmt: skip
    block = sheet.table(LEFT, rows, lambda row: ALARM if row[6] > OLD else PLAIN)  # type: ignore[operator]
    sheet.freeze(block, 1)
    sheet.filter(block)
    sheet.part("按历时")
    total = ("合计", len(rows))
    sheet.table(AGES, [*by_age(report.leftovers, end), total], lambda row: TOTAL if row == total else PLAIN)


DETAIL = (
    Column("单号", 14), Column("受理时间", 16, TIME), Column("渠道", 6, WORD), Column("大类", 6, WORD), Column("小类", 12),
    Column("来源", 9, WORD), Column("反映人", 10), Column("电话", 12.5), Column("地址", 15), Column("内容", 26),
    Column("状态", 10.5, WORD), Column("班组", 7.5, WORD), Column("经办人", 7.5, WORD), Column("派工", 11.5, MOMENT),
    Column("时限", 11.5, MOMENT), Column("到场", 11.5, MOMENT), Column("完工", 11.5, MOMENT),
    Column("底联返回", 11.5, MOMENT), Column("关闭", 11.5, MOMENT), Column("评分", 5, WHOLE),
)  # fmt: skip


def details(book: Book, report: Report) -> None:
    """13 明细: every matter of the period, filterable, telephones masked."""
    sheet = begin(book, "13 明细", report, DETAIL, landscape=True)
    words = names()
    rows = (detail_row(row, report, words) for row in report.details())
    block = sheet.stream(DETAIL, rows, report.matters)
    sheet.freeze(block, 1)
    sheet.filter(block)


def detail_row(row: Detail, report: Report, words: dict[int | None, str]) -> Row:
    """One matter as it stood at the cut-off."""
    start, end = report.span.start, report.span.end
    source = "期初遗留" if row.received < start else "重开" if row.again else "新增"
    times = (row.dispatched, row.arrived, row.finished, row.slip, row.closed)
    sent, arrived, finished, slip, closed = (seen(at, end) for at in times)
    return (
        row.no, row.received, Channel(row.channel).label if row.channel else "", Kind(row.kind).label,
        words[row.category], source, row.person, masked(row.phone), row.place, row.content, state(row, end)[0],
        row.trade, row.repairer, sent, row.due, arrived, finished, slip, closed, row.score if finished else None,
    )  # fmt: skip


WORDS = (Column("名称", 18), Column("口径", 92))


def words(book: Book, report: Report) -> None:
    """14 口径说明: what every figure means, in the words the page shows."""
    sheet = begin(book, "14 口径说明", report, WORDS)
    block = sheet.table(WORDS, [(word, text) for _, word, text in explained()])
    sheet.freeze(block)
