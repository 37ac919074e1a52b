"""The few looks a cell can have, as named styles: a kind of value × a tone.

Colours here are ink on paper; the screen's own are in the style sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

SONG, HEI = "宋体", "黑体"
INK, FAINT, BRAND, RED = "FF182033", "FF5F6980", "FF23459A", "FFB2301D"
HEAD_FILL, TOTAL_FILL, RED_FILL = "FFE8EDF8", "FFF3F4F7", "FFFAE9E5"

# Kinds of value, and how Excel shows them. Times are Asia/Shanghai wall clock.
TEXT, WORD, WHOLE, DECIMAL, RATE, POINTS = "文本", "词", "整数", "小数", "百分比", "百分点"
DATE, TIME, MOMENT = "日期", "时间", "时刻"
MONEY = "金额"  # 元
TEXTS, DATES = (TEXT, WORD), (DATE, TIME, MOMENT)
FORMATS = {
    TEXT: "@",
    WORD: "@",  # one short word, centred
    WHOLE: "#,##0",
    DECIMAL: "#,##0.0",
    MONEY: "#,##0.00",
    RATE: "0.0%",
    POINTS: '+0.0"个百分点";-0.0"个百分点";0.0"个百分点"',
    DATE: "yyyy-mm-dd",
    TIME: "yyyy-mm-dd hh:mm",
    MOMENT: "mm-dd hh:mm",
}
PLAIN, TOTAL, ALARM = "", "合计", "警示"


@dataclass(frozen=True)
class Column:
    """One column: its heading, its width in characters and the kind of value below."""

    label: str
    width: float = 10
    kind: str = TEXT


def style_name(kind: str, tone: str = PLAIN) -> str:
    """The name under which the workbook knows a look."""
    return f"{kind}·{tone}" if tone else kind


def _line(colour: str = "FFCBD0DC") -> Side:
    return Side(style="thin", color=colour)


def _cell_style(kind: str, tone: str) -> NamedStyle:
    side = _line()
    style = NamedStyle(name=style_name(kind, tone))
    style.font = Font(name=SONG, size=10, bold=bool(tone), color=RED if tone == ALARM else INK)
    style.border = Border(left=side, right=side, top=side, bottom=side)
    centred = kind in (*DATES, WORD)
    side_of = "center" if centred else "left" if kind == TEXT else "right"
    style.alignment = Alignment(vertical="center", horizontal=side_of, wrap_text=kind in TEXTS)
    style.number_format = FORMATS[kind]
    if tone:
        style.fill = PatternFill("solid", start_color=RED_FILL if tone == ALARM else TOTAL_FILL)
    return style


def _head_styles() -> Iterator[NamedStyle]:
    title = NamedStyle(name="大标题", font=Font(name=HEI, size=16, bold=True, color=INK))
    title.alignment = Alignment(horizontal="left", vertical="center")
    yield title
    note = NamedStyle(name="说明", font=Font(name=SONG, size=9, color=FAINT))
    note.alignment = Alignment(horizontal="left", vertical="center")
    yield note
    part = NamedStyle(name="小标题", font=Font(name=HEI, size=12, bold=True, color=BRAND))
    part.alignment = Alignment(horizontal="left", vertical="center")
    yield part
    head = NamedStyle(name="表头", font=Font(name=HEI, size=10, bold=True, color=INK))
    head.fill = PatternFill("solid", start_color=HEAD_FILL)
    head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    side = _line("FF818A9F")
    head.border = Border(left=side, right=side, top=side, bottom=side)
    yield head


def all_styles() -> Iterator[NamedStyle]:
    """Fresh style objects for one workbook (openpyxl binds each to the workbook it is added to)."""
    yield from _head_styles()
    for kind in FORMATS:
        for tone in (PLAIN, TOTAL, ALARM):
            yield _cell_style(kind, tone)
