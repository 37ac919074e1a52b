"""A paper form as data: rows of labelled cells on a grid of three pairs, whatever it is drawn on (D6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reception.core.clock.periods import local

# Columns that a value takes by the number of cells in its row; a label takes one, a row has six in all.
SPANS = {1: (5,), 2: (3, 1), 3: (1, 1, 1)}


@dataclass(frozen=True)
class Struck:
    """A value that is struck out, and who did that when and why."""

    old: str
    why: str


@dataclass(frozen=True)
class Mended:
    """A value that was set right: what stood there before, oldest first, and what stands there now (D4.3.3)."""

    old: tuple[Struck, ...]
    now: str


Part = str | Mended


@dataclass(frozen=True)
class Cell:
    """One label and what stands beside it: words, one after the other. sign: who signed below, and when."""

    label: str
    parts: tuple[Part, ...]
    sign: str = ""
    span: int = 1

    @property
    def text(self) -> str:
        """All its words as they are read aloud."""
        said = "".join(part if isinstance(part, str) else part.now for part in self.parts)
        return f"{said}\n{self.sign}".strip("\n") if self.sign else said


@dataclass(frozen=True)
class Row:
    """One row of the form; tall: there is room for a signature below the words."""

    cells: tuple[Cell, ...]
    tall: bool = False


@dataclass(frozen=True)
class Form:
    """One form. company: who it is of; void: why it was struck out, "" while it stands; feet: what stands below the
    table; back: the record's page; size: A4, or A5 lying; file_name: its workbook, beside the record's page."""

    title: str
    no: str
    company: str
    rows: tuple[Row, ...]
    feet: tuple[str, ...]
    back: str
    void: str = ""
    size: str = "A4"
    file_name: str = "form.xlsx"

    @property
    def file(self) -> str:
        """The address of its workbook."""
        return f"{self.back}{self.file_name}"

    @property
    def css(self) -> str:
        """The class of its size."""
        return f"form-{self.size.lower()}"


def row(*cells: tuple[str, object] | Cell, tall: bool = False, spans: Sequence[int] = ()) -> Row:
    """A row of (label, value) pairs; a value is words, a corrected value, or several of them. spans: as SPANS, else
    by the number of cells."""
    made = [cell if isinstance(cell, Cell) else Cell(cell[0], parts(cell[1])) for cell in cells]
    widths = spans or SPANS[len(made)]
    return Row(
        tuple(Cell(one.label, one.parts, one.sign, span) for one, span in zip(made, widths, strict=True)),
        tall,
    )


def parts(value: object) -> tuple[Part, ...]:
    """`value` as the words of a cell; None is nothing."""
    if isinstance(value, str | Mended):
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(part for one in value for part in parts(one) if part)
    return () if value is None else (str(value),)


def moment(at: datetime | None) -> str:
    """2026年3月18日 14:02, Asia/Shanghai; nothing for None."""
    if at is None:
        return ""
    here = local(at)
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"


def stamp(at: datetime | None) -> str:
    """3月18日 14:02, Asia/Shanghai; nothing for None."""
    return moment(at).partition("年")[2]


def signed(*names: tuple[str, object, datetime | None]) -> str:
    """调查人：林晓雯 3月18日 14:02　处理人：…, of (word, person, when) whoever has signed; a word may be empty."""
    return "　".join(
        f"{f'{word}：' if word else ''}{person or ''} {stamp(at)}" for word, person, at in names if at
    )
