"""Sheets 1 封面与结论, 11 典型案例 and 12 改进建议: what people say, beside what the figures say (records §2.4)."""

from functools import partial
from typing import Any

from helpdesk.cases.views_faces import company
from helpdesk.report.build import Report
from helpdesk.report.sheets.registry import Writer
from helpdesk.report.sheets.shared import begin
from reception.core.sheets import DATE, WORD, Book, Column

COVER = (Column("项目", 18), Column("内容", 86))
CASES = (
    Column("序号", 6, WORD),
    Column("单号", 16, WORD),
    Column("案例", 24),
    Column("经过", 40),
    Column("启示", 30),
)
MEASURES = (
    Column("问题", 26), Column("数据依据", 30), Column("措施", 34), Column("责任部门", 14), Column("时限", 12, DATE),
    Column("完成情况", 12, WORD), Column("效果", 28), Column("本期变化", 30),
)  # fmt: skip
PLAN, PAST = MEASURES[:5], (Column("上期承诺", 26), *MEASURES[1:])
NO_CASES, NO_MEASURES, NO_PAST = "本期没有列典型案例", "本期没有改进建议", "上期没有留下措施"


def writers(said: dict[str, Any]) -> dict[int, Writer]:
    """The three sheets by their number, from `content()`."""
    pages = {1: cover, 11: cases, 12: measures}
    return {number: partial(page, said=said) for number, page in pages.items()}


def cover(book: Book, report: Report, said: dict[str, Any]) -> None:
    """1 封面与结论: who hands what to whom, five conclusions, last period's measures and their effect."""
    sheet = begin(book, 1, report, COVER)
    signed = [(one["label"], f"{one['name']}　{one['at']}".strip() or "未签字") for one in said["signatures"]]
    facts = [("单位", company()), ("报送", "物管中心"), ("统计期", said["label"]), ("数字", said["cut_off"])]
    block = sheet.table(COVER, [*facts, *signed])
    sheet.freeze(block)
    sheet.part("结论")
    told = enumerate(said["conclusions"], 1)
    sheet.table(COVER, [(f"{number} {one['heading']}", one["text"]) for number, one in told])
    sheet.part("上期措施及效果")
    rows = [(one["problem"], effect(one)) for one in said["outcomes"]]
    sheet.table(COVER, rows or [("", NO_PAST)])


def effect(one: dict[str, Any]) -> str:
    """A promise of the last report and what became of it, in a line."""
    parts = (
        one["action"],
        f"{one['department']}　{one['progress'] or '未说明'}".strip(),
        one["effect"],
        moved(one),
    )
    return "；".join(part for part in parts if part)


def moved(one: dict[str, Any]) -> str:
    """到场及时率 87.5% → 91.0%（+3.5个百分点）; "" where no figure belongs to it."""
    return f"{one['figure']} {one['before']} → {one['now']}（{one['change']}）" if one["figure"] else ""


def cases(book: Book, report: Report, said: dict[str, Any]) -> None:
    """11 典型案例."""
    sheet = begin(book, 11, report, CASES, landscape=True)
    rows = [
        (f"{number}", one["no"], one["title"], one["story"], one["lesson"])
        for number, one in enumerate(said["cases"], 1)
    ]
    block = sheet.table(CASES, rows or [("", "", NO_CASES, "", "")])
    sheet.freeze(block)


def measures(book: Book, report: Report, said: dict[str, Any]) -> None:
    """12 改进建议: this period's, and what became of the last ones."""
    sheet = begin(book, 12, report, MEASURES, landscape=True)
    rows = [plan(one) for one in said["measures"]]
    block = sheet.table(PLAN, rows or [(NO_MEASURES, "", "", "", None)])
    sheet.freeze(block)
    sheet.part("上期承诺及效果")
    past = [(*plan(one), one["progress"], one["effect"], moved(one)) for one in said["outcomes"]]
    sheet.table(PAST, past or [(NO_PAST, "", "", "", None, "", "", "")])


def plan(one: dict[str, Any]) -> tuple[object, ...]:
    """A measure as a row."""
    return one["problem"], one["basis"], one["action"], one["department"], one["due"]


def sign(book: Book, said: dict[str, Any]) -> None:
    """The names of who made it and who reviewed it, in the foot of every page."""
    words = "　".join(f"{one['label']}：{one['name']}" for one in said["signatures"][:2])
    for page in book.book.worksheets:
        page.oddFooter.left.text = words.replace("&", "&&")
