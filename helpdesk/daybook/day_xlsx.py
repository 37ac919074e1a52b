"""工作日汇总.xlsx: the day as it is printed; what was corrected after the signature stands struck out (D4.1, D4.3.3, D6)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from helpdesk.corrections.chains import chain_of, corrections_of, said, words
from helpdesk.daybook.models import Day
from helpdesk.daybook.shifts import Turn
from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.sheets import DATE, TIME, WHOLE, WORD, Book, Column, Sheet, Struck

LINES = (
    Column("项目", 12), Column("受理（到期）", 14, WHOLE), Column("当日关闭（及时）", 16, WHOLE), Column("结转（超时）", 14, WHOLE),
)  # fmt: skip
WORDS = (Column("栏目", 12), Column("内容", 60), Column("更正", 44))
LEFT = (
    Column("单号", 15), Column("类别", 7, WORD), Column("内容", 30), Column("地址", 18), Column("经手人", 10), Column("受理时间", 16, TIME), Column("派工时间", 16, TIME),
    Column("底联未返", 9, WORD), Column("超时", 6, WORD), Column("未完成原因", 14), Column("措施", 28), Column("预计完成", 12, DATE),
    Column("更正", 40),
)  # fmt: skip
PARTS = (
    Column("项目", 12, WORD), Column("单号", 15), Column("内容", 36), Column("地址", 20), Column("经手", 14), Column("情况", 24),
)  # fmt: skip
SAID = ("reason", "words", "expected_on")


def struck(day: Day | None, name: str, value: object, shown: object, user: User) -> object:
    """`value` for a cell; with what it was before, struck out, where it was corrected."""
    old = tuple(one.old for one in chain_of(day, name, user)) if day else ()
    return Struck(old, shown) if old else value


def notes(day: Day | None, names: tuple[str, ...]) -> str:
    """Who corrected what and why, of these columns."""
    rows = [row for row in corrections_of(day) if row.field in names] if day else []
    parts = [(row.label, *words(row, True), said(row)) for row in rows]
    return "；".join(
        f"{label}：{old or '（空）'}→{new or '（空）'}（{who}）" for label, old, new, who in parts
    )


def left_rows(day: Day | None, known: dict[str, Any], user: User) -> Iterator[tuple[object, ...]]:
    """结转事项, the missing slips first."""
    for one in known["left"]:
        row = known["known"].get(one.no)
        values = [row.get_reason_display(), row.words, row.expected_on] if row else ["", "", None]
        names = tuple(f"{name}_{one.no}" for name in SAID)
        cells = [
            struck(day if known["locked"] else None, name, value, str(value or ""), user)
            for name, value in zip(names, values, strict=True)
        ]
        marks = ("是" if one.slip else "", "是" if one.late else "")
        yield (
            one.no, one.kind, one.what, one.place, one.holder, one.since, one.sent, *marks, *cells,
            notes(day, names),
        )  # fmt: skip


def signed(name: str, at: datetime | None) -> str:
    """A name and the time."""
    return f"{name} {local(at):%Y-%m-%d %H:%M}" if at else ""


def handed(turn: Turn) -> str:
    """Who handed the shift over to whom; the last one's signatures stand with the day's."""
    given = ("交", turn.handed_name, turn.handed_at), ("接", turn.taken_name, turn.taken_at)
    return "　".join(f"{word} {signed(name, at)}" for word, name, at in given if at)


def word_rows(day: Day | None, user: User) -> Iterator[tuple[object, ...]]:
    """What was written and who signed."""
    if day is None:
        return
    for name, label in (("summary", "突发与重要情况"), ("tomorrow", "明日待办")):
        value = getattr(day, name)
        yield label, struck(day, name, value, value, user), notes(day, (name,))
    yield "交班", signed(day.handed_name, day.handed_at), ""
    yield "接班", signed(day.taken_name, day.taken_at), ""
    yield "经理意见", day.opinion, ""
    yield "经理审阅", signed(day.reviewed_name, day.reviewed_at), ""


def book(day: Day | None, on: date, known: dict[str, Any], user: User, at: datetime) -> Book:
    """The workbook of the day `on`; known: what its page says (views.content)."""
    found = Book(f"工作日汇总 {on}", at=at)
    head = f"{on:%Y年%m月%d日}　{day.get_status_display() if day else '记录中'}"
    sheet = begin(found, "汇总", f"{head}　{user} 导出", WORDS)
    rows = [(row["label"], row["received"], row["same_day"], row["carried"]) for row in known["lines"]]
    sheet.table(LINES, rows)
    sheet.row += 1
    turns = [(turn.name, f"{turn.hours}　值班 {turn.duty}　{handed(turn)}", "") for turn in known["turns"]]
    words_of = [*turns, *word_rows(day, user)]
    sheet.stream(WORDS, words_of, len(words_of))
    left = list(left_rows(day, known, user))
    sheet = begin(found, "结转事项", f"{head}　底联未返的在前", LEFT)
    block = sheet.stream(LEFT, left, len(left))
    sheet.freeze(block, 1)
    sheet.filter(block)
    told = [
        (label, *(row[key] for key in ("no", "what", "place", "who", "state")))
        for label, rows in known["parts"]
        for row in rows
    ]
    sheet = begin(found, "各项情况", head, PARTS)
    sheet.freeze(sheet.stream(PARTS, told, len(told)))
    return found


def begin(found: Book, name: str, note: str, columns: tuple[Column, ...]) -> Sheet:
    """A sheet with its heading."""
    sheet = found.sheet(name, landscape=True)
    sheet.widths(columns)
    sheet.title(f"客服部工作日汇总　{name}", note)
    return sheet
