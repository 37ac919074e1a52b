"""What of a 接待申请表 stands on its one A4 page and what continues on the 附页 (A9). Pure: nothing is ever cut off.

Measured in lines of a cell that goes across the page: the sheet of paper.css leaves SPARE of them beside the rows
that are always there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

WIDE = 50  # Chinese characters in a line of such a cell
SPARE = 17.0
GUEST = 1.3  # a row of the roster, in lines
FEWEST = 3  # roster rows that stay on the page
KEEP = 3  # lines of a long text that stay on the page
MORE = "……（全文见附页）"


@dataclass
class Sheet:
    """One form laid out. texts: name → what stands on the page; sections: label → lines; guests: on the page;
    annex: what the 附页 holds, titles with lines; annex_guests: the rest of the roster."""

    texts: dict[str, str]
    sections: list[tuple[str, list[str]]]
    guests: list[Any]
    annex: list[tuple[str, list[str]]] = field(default_factory=list)
    annex_guests: list[Any] = field(default_factory=list)

    @property
    def continues(self) -> bool:
        """Whether there is an 附页."""
        return bool(self.annex or self.annex_guests)


def lay_out(
    texts: Sequence[tuple[str, str, str]], sections: Sequence[tuple[str, list[str]]], guests: Sequence[Any]
) -> Sheet:
    """`texts`: (name, label, text); `sections`: (label, lines); `guests`: roster rows, all in the form's order."""
    sheet = Sheet({}, [], [])
    spare = SPARE
    for name, label, text in texts:
        sheet.texts[name] = _shorten(text, label, sheet)
        spare -= max(0, lines(sheet.texts[name]) - 1)
    most = next((n for n in (6, 5, 4, 3, 2) if _extra(sections, n) <= spare - FEWEST * GUEST), 1)
    for label, rows in sections:
        sheet.sections.append((label, _few(label, rows, most, sheet)))
    spare -= _extra(sheet.sections, 99)
    room = max(FEWEST, int(spare / GUEST))
    whole = len(guests) <= room
    sheet.guests = list(guests if whole else guests[: room - 1])
    sheet.annex_guests = [] if whole else list(guests)[room - 1 :]
    return sheet


def width(text: str) -> float:
    """In Chinese characters: a Latin one is a little more than half as wide."""
    return sum(1.0 if ord(char) > 0x2E7F or char in "“”‘’…·—" else 0.56 for char in text)


def lines(text: str) -> int:
    """How many lines a text takes."""
    return sum(max(1, ceil(width(part) / WIDE)) for part in text.splitlines()) or 1


def _shorten(text: str, label: str, sheet: Sheet) -> str:
    """The beginning of a text that is too long; the whole of it goes to the 附页."""
    if lines(text) <= KEEP:
        return text
    sheet.annex.append((label, text.splitlines()))
    kept, room = "", WIDE * KEEP - width(MORE) - 2
    for char in " ".join(text.split("\n")):
        if width(kept) + 1 > room:
            break
        kept += char
    return kept + MORE


def _extra(sections: Sequence[tuple[str, list[str]]], most: int) -> float:
    """Lines beyond the first of each section when none shows more than `most`."""
    return sum(min(most, sum(lines(row) for row in rows)) - 1 for _, rows in sections if rows)


def _few(label: str, rows: list[str], most: int, sheet: Sheet) -> list[str]:
    """The rows of a section that stay on the page; when not all do, all of them go to the 附页 too."""
    if sum(lines(row) for row in rows) <= most:
        return rows
    sheet.annex.append((label, rows))
    kept: list[str] = []
    for row in rows:
        if sum(lines(one) for one in (*kept, row)) > most - 1:
            break
        kept.append(row)
    rest = f"另有 {len(rows) - len(kept)} 项，见附页" if kept else f"共 {len(rows)} 项，见附页"
    return [*kept, rest]
