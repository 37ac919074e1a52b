"""10 突发重要."""

from helpdesk.report.alarms import Alarm, average
from helpdesk.report.build import Report
from helpdesk.report.sheets.grid import Grid, lay_all
from helpdesk.report.sheets.shared import begin, known, shown
from helpdesk.report.tables import names
from reception.core.sheets import DECIMAL, MOMENT, WHOLE, WORD, Book, Column, Row

SORT = (
    Column("类别", 14), Column("接报", 14, WHOLE), Column("已关闭", 14, WHOLE), Column("未关闭", 12, WHOLE),
    Column("平均首报分钟", 12, DECIMAL), Column("平均回执分钟", 12, DECIMAL), Column("平均控制分钟", 12, DECIMAL),
)  # fmt: skip
EACH = (
    Column("单号", 14), Column("类别", 9, WORD), Column("等级", 9, WORD), Column("接报", 11.5, MOMENT), Column("首报（分钟）", 9, DECIMAL),
    Column("首次回执（分钟）", 9, DECIMAL), Column("控制（分钟）", 9, DECIMAL), Column("回执/上报", 7, WORD), Column("地点", 13), Column("情况", 20),
    Column("外部报警", 9), Column("伤亡与损失", 12), Column("处理结果", 18), Column("防范措施", 18), Column("状态", 11, WORD),
)  # fmt: skip


def grids(report: Report, words: dict[int | None, str]) -> list[Grid]:
    """By kind, then each; words: the categories."""
    sorts, rows = by_kind(report, words), [each(row, words) for row in report.alarms]
    return [
        Grid("alarms", "本期接报", SORT, sorts, "这一期没有接报突发事件、重要问题。"),
        Grid("alarms_each", "逐件", EACH, rows, "这一期没有突发事件、重要问题。", "含期初遗留"),
    ]


def by_kind(report: Report, words: dict[int | None, str]) -> list[Row]:
    """What was received in the period by kind, with the total."""
    fresh = [row for row in report.alarms if row.recorded >= report.span.start]

    def line(name: str, rows: list[Alarm]) -> Row:
        closed = sum(row.closed is not None for row in rows)
        means = (
            average(getattr(row, what) for row in rows)
            for what in ("first_report", "first_answer", "control")
        )
        return name, len(rows), closed, len(rows) - closed, *(shown(one) for one in means)

    order = sorted({words[row.category] for row in fresh})
    found = [line(name, [row for row in fresh if words[row.category] == name]) for name in order]
    return [*found, line("合计", fresh)] if found else []


def each(row: Alarm, words: dict[int | None, str]) -> Row:
    """One emergency."""
    harm = "；".join(filter(None, (row.casualties, row.losses)))
    return (
        row.no, words[row.category], row.grade, row.received, known(row.first_report), known(row.first_answer), known(row.control),
        f"{row.answered}/{row.people}", row.place, row.content, row.outside, harm, row.result, row.prevention, row.state,
    )  # fmt: skip


def emergencies(book: Book, report: Report) -> None:
    """10 突发重要."""
    sheet = begin(book, 10, report, EACH, landscape=True)
    *_, block = lay_all(sheet, grids(report, names()))
    sheet.freeze_title(1, block.head)
    sheet.filter(block)
