"""6 投诉."""

from collections import Counter

from helpdesk.complaints.choices import Nature, Opinion
from helpdesk.report.build import Report
from helpdesk.report.complained import Complained
from helpdesk.report.rates import Rate
from helpdesk.report.sheets.grid import Grid, lay_all
from helpdesk.report.sheets.shared import begin, shown
from reception.core.sheets import DECIMAL, MOMENT, RATE, WHOLE, WORD, Book, Column, Row

COUNTS = ("期初遗留", "新增", "已关闭", "作废", "期末未关闭", "其中 有效", "无效", "无法解决", "未核实")
FLOW = (*(Column(label, 10, WHOLE) for label in COUNTS), Column("平均办结小时", 11, DECIMAL))
SORT = (
    Column("类别", 14), Column("新增", 10, WHOLE), Column("有效", 10, WHOLE), Column("已关闭", 10, WHOLE), Column("未关闭", 10, WHOLE),
)  # fmt: skip
CHARGE = (
    Column("责任部门", 16), Column("转办", 10, WHOLE), Column("到期", 10, WHOLE), Column("按时处理", 10, WHOLE), Column("按时处理率", 10, RATE),
)  # fmt: skip
EACH = (
    Column("单号", 14), Column("受理", 11.5, MOMENT), Column("类别", 9, WORD), Column("房号或单位", 13), Column("内容", 22), Column("性质", 8, WORD),
    Column("责任部门", 10), Column("时限", 11.5, MOMENT), Column("处理完毕", 11.5, MOMENT), Column("措施", 22), Column("顾客意见", 9, WORD),
    Column("第几次", 6, WHOLE), Column("状态", 10, WORD), Column("关闭", 11.5, MOMENT),
)  # fmt: skip


def grids(report: Report) -> list[Grid]:
    """The flow of complaints and what they are; by category; by department; what customers say; each of them."""
    found = report.complaints
    said = found.opinions()
    words = tuple(opinion.label for opinion in Opinion)
    given = sum(said[word] for word in words if word != Opinion.UNREACHABLE.label)
    opinion = [*(said[word] for word in words), shown(Rate(said[words[0]] + said[words[1]], given))]
    heads = (*(Column(word, 10, WHOLE) for word in words), Column("满意与基本满意", 12, RATE))
    rows = [each(row) for row in found.rows if not row.void]
    return [
        Grid("complaints", "投诉的来与去", FLOW, [flow(report)] if found.rows else [], "这一期没有投诉。"),
        Grid("complaints_sorts", "按类别", SORT, sorts(report), "这一期没有新受理的投诉。"),
        Grid("complaints_handled", "按责任部门", CHARGE, charges(report), "这一期没有转责任部门的投诉。"),
        Grid("complaints_said", "反馈时顾客的意见", heads, [tuple(opinion)] if said.total() else [], "这一期没有反馈顾客的投诉。"),
        Grid("complaints_each", "逐件", EACH, rows, "这一期没有投诉。"),
    ]  # fmt: skip


def flow(report: Report) -> Row:
    """期初遗留 + 新增 − 关闭 − 作废 = 期末未关闭, and the nature of the new."""
    found, start = report.complaints, report.span.start
    rows = found.rows
    natures = Counter(row.nature for row in rows if row.new(start))
    carried = sum(not row.new(start) for row in rows)
    void = sum(row.void is not None and row.closed is None for row in rows)
    closed = sum(row.closed is not None for row in rows)
    hours = None if found.took.value is None else found.took.value / 60
    return (
        carried, len(rows) - carried, closed, void, sum(row.open for row in rows),
        *(natures[one.label] for one in Nature), natures[""], "—" if hours is None else hours,
    )  # fmt: skip


def sorts(report: Report) -> list[Row]:
    """By category, the most first, with the total."""
    fresh = report.complaints.received

    def line(name: str, rows: list[Complained]) -> Row:
        closed = sum(row.closed is not None for row in rows)
        valid = sum(row.nature == Nature.VALID.label for row in rows)
        return name, len(rows), valid, closed, len(rows) - closed

    order = [name for name, _ in Counter(sorted(row.category for row in fresh)).most_common()]
    found = [line(name, [row for row in fresh if row.category == name]) for name in order]
    return [*found, line("合计", fresh)] if found else []


def charges(report: Report) -> list[Row]:
    """By the department that answers for it, with the total."""
    found = report.complaints.handled
    rows = [(row.department, row.sent, row.due.base, row.due.part, shown(row.due)) for row in found]
    whole = Rate(sum(row.due.part for row in found), sum(row.due.base for row in found))
    total = ("合计", sum(row.sent for row in found), whole.base, whole.part, shown(whole))
    return [*rows, total] if rows else []


def each(row: Complained) -> Row:
    """One complaint."""
    return (
        row.no, row.received, row.category, row.place, row.content, row.nature, row.department, row.due, row.done,
        row.measures, row.opinion, row.round, row.state, row.closed,
    )  # fmt: skip


def complaints(book: Book, report: Report) -> None:
    """6 投诉: the figures, then each; the words are long, so it lies across the page."""
    sheet = begin(book, 6, report, EACH, landscape=True)
    *_, block = lay_all(sheet, grids(report))
    sheet.freeze_title(1, block.head)
    sheet.filter(block)
