"""A register as the pages of a book: rows of a table laid out on lying A4 sheets, nothing cut (D6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from reception.core.clock.periods import local
from reception.core.paper.measure import NARROW
from reception.core.sheets import Column
from reception.core.sheets.text import Struck

WIDE, TALL = 277.0, 162.0  # mm: a page's width, and what its rows may take
LETTER, LINE, PAD, EDGE = (
    3.25,
    4.3,
    2.4,
    3.2,
)  # mm: one 字, one line, above and below a row, left and right of a cell
EMPTY = "（空）"


@dataclass(frozen=True)
class Run:
    """Words of one look: "" as written, del struck out, ins what stands now."""

    text: str
    look: str = ""


Cell = tuple[Run, ...]


@dataclass(frozen=True)
class Line:
    """One row of a page. note: who corrected what, below it; void: the record was struck out."""

    cells: tuple[Cell, ...]
    note: str = ""
    void: bool = False
    lines: int = 1

    @property
    def height(self) -> float:
        """mm."""
        return self.lines * LINE + PAD


@dataclass(frozen=True)
class Page:
    """One page. number: from 1; blank: empty rows that fill the last one, as in a bound book."""

    number: int
    rows: tuple[Line, ...]
    blank: range


def runs(value: object) -> Cell:
    """`value` as words; what was corrected struck out before what stands now."""
    if isinstance(value, Struck):
        old = tuple(Run(one or EMPTY, "del") for one in value.old)
        return (*old, Run(said(value.now) or EMPTY, "ins"))
    return (Run(said(value)),)


def said(value: object) -> str:
    """A value on paper: 03-18 14:02 on a Shanghai clock for a time."""
    if isinstance(value, datetime):
        return f"{local(value):%m-%d %H:%M}"
    return "" if value is None else str(value)


def pages(columns: Sequence[Column], rows: Iterable[tuple[Sequence[object], str, bool]]) -> list[Page]:
    """`rows` of (values, note, void) on as many pages as they need; one empty page for none."""
    rooms = [(share - EDGE) / LETTER for share in shares(columns)]
    sheets: list[list[Line]] = [[]]
    left = TALL
    for values, note, void in rows:
        for line in _fitted([runs(value) for value in values], rooms, note, void):
            if line.height > left:
                sheets.append([])
                left = TALL
            sheets[-1].append(line)
            left -= line.height
    last = len(sheets)
    return [
        Page(n, tuple(found), _blank(found) if n == last else range(0)) for n, found in enumerate(sheets, 1)
    ]


def shares(columns: Sequence[Column]) -> list[float]:
    """The columns' widths in mm."""
    whole = sum(column.width for column in columns)
    return [column.width * WIDE / whole for column in columns]


def _blank(rows: list[Line]) -> range:
    """Rows of two lines that still fit below."""
    left = TALL - sum(row.height for row in rows)
    return range(int(left // (2 * LINE + PAD)))


def _fitted(cells: list[Cell], rooms: list[float], note: str, void: bool) -> list[Line]:
    """One row, or several where one page has no room for it; the note stands below the last."""
    most = int((TALL - PAD) // LINE) - 1
    told = _wrapped((Run(note),), WIDE / LETTER - 2) if note else []
    broken = [_wrapped(cell, room) for cell, room in zip(cells, rooms, strict=True)]
    high = max(len(found) for found in broken)
    if high + len(told) <= most:
        return [Line(tuple(cells), note, void, high + len(told))]
    parts = [
        Line(tuple(_joined(found[start : start + most]) for found in broken), "", void, min(most, high - start))
        for start in range(0, high, most)
    ]  # fmt: skip
    notes = ["".join(run.text for run in _joined(told[start : start + most])) for start in range(0, len(told), most)]  # fmt: skip
    empty: Cell = (Run(""),)
    return [*parts, *(Line((empty,) * len(cells), words, void, most) for words in notes)]


def _wrapped(cell: Cell, room: float) -> list[Cell]:
    """The words of a cell line by line, by the room of a line in 字."""
    found: list[list[Run]] = [[]]
    left = room
    for run in cell:
        start = 0
        for index, letter in enumerate(run.text):
            wide = 1.0 if ord(letter) > 0x2000 else NARROW
            if letter == "\n" or wide > left:
                found[-1].append(Run(run.text[start:index], run.look))
                found.append([])
                start, left = index + (letter == "\n"), room
            left -= wide if letter != "\n" else 0
        found[-1].append(Run(run.text[start:], run.look))
    return [tuple(line) for line in found]


def _joined(lines: list[Cell]) -> Cell:
    """Lines as one cell again."""
    return tuple(run for line in lines for run in line)
