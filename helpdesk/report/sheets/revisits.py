"""8 回访满意度."""

from collections import Counter

from helpdesk.report.build import Report
from helpdesk.report.opinions import BAD, BEST, FAIR, GOOD, LOST, Scores
from helpdesk.report.rates import Rate
from helpdesk.report.sheets.grid import Grid, lay_all
from helpdesk.report.sheets.shared import begin, known, shown
from reception.core.sheets import DECIMAL, RATE, TIME, WHOLE, Book, Column, Row

SCORES = (
    *(Column(label, 9, WHOLE) for label in ("应回访", "已回访")), Column("回访率", 9, RATE), Column("完工", 8, WHOLE),
    *(Column(f"{score}分", 7, WHOLE) for score in range(BEST, 0, -1)), Column("评分数", 8, WHOLE), Column("满意率", 9, RATE),
    Column("平均分", 8, DECIMAL), Column("说明", 10),
)  # fmt: skip
TRADE, SORT = Column("班组", 17), Column("类别", 17)
TOLD = (
    Column("反馈什么", 17), *(Column(word, 9, WHOLE) for word in (GOOD, FAIR, BAD, LOST)), Column("满意率", 9, RATE),
)  # fmt: skip
SPANS = (1, 2, 2, 3, 1, 1, 2, 2)  # of the sheet's columns, so that its words find room
LOW = (
    Column("单号", 17), Column("完工时间", 16, TIME), Column("地址", 12), Column("内容", 16), Column("维修员", 9), Column("评分", 7, WHOLE),
    Column("客户意见", 20), Column("回访记录", 20),
)  # fmt: skip


def grids(report: Report) -> list[Grid]:
    """Scores by trade and by category; what was told of the rest; each low score."""
    found = report.opinions
    total = [score_row(found.total)]
    trades, sorts = ([score_row(row) for row in rows] for rows in (found.trades, found.categories))
    told = [told_row(name, words) for name, words in found.told if words.total()]
    empty = "这一期没有完工或应回访的维修单。"
    return [
        Grid("scores", "维修回访与评分（按班组）", (TRADE, *SCORES), trades + total if trades else [], empty),
        Grid("scores_sorts", "维修评分（按类别）", (SORT, *SCORES), sorts + total if sorts else [], empty),
        Grid("told", "客户怎么说", TOLD, told, "这一期没有评分，也没有反馈过的事项。"),
        Grid(
            "low",
            "评 1–2 分的维修单",
            LOW,
            [tuple(row) for row in found.low],
            "这一期没有评 1–2 分的维修单。",
            spans=SPANS,
        ),
    ]


def score_row(row: Scores) -> Row:
    """One trade, category or all; few scores are marked."""
    scores = (row.scores[score] for score in range(BEST, 0, -1))
    return (
        row.name, row.revisits.base, row.revisits.part, shown(row.revisits), row.done, *scores, row.given, shown(row.satisfied),
        known(row.average), "样本不足" if row.satisfied.few else "",
    )  # fmt: skip


def told_row(name: str, words: Counter[str]) -> Row:
    """满意率: 满意 of those who said anything."""
    given = words[GOOD] + words[FAIR] + words[BAD]
    return name, words[GOOD], words[FAIR], words[BAD], words[LOST], shown(Rate(words[GOOD], given))


def revisits(book: Book, report: Report) -> None:
    """8 回访满意度."""
    found = grids(report)
    sheet = begin(book, 8, report, found[0].columns, landscape=True)
    lay_all(sheet, found)
    sheet.freeze_title(1)
