"""Reads a roster pasted from a sheet or a chat (records §1.1 来宾). Pure, and it never raises.

It understands tabs, commas, 、, ; and blanks, numbering, header rows in any order, a leader's mark.
What it cannot read becomes a sentence that names the line; the rest is kept.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from visits.guests.words import (
    COLUMN,
    DIETS,
    GENDERS,
    LEAD_MARKS,
    LEADS,
    PLACES,
    SURNAMES,
    TITLES,
)

MOST = 300
WIDTHS = {"name": 40, "organisation": 80, "title": 40, "phone": 30, "diet": 60, "care": 60}
LABELS = {
    "name": "姓名",
    "organisation": "单位",
    "title": "职务",
    "phone": "手机",
    "diet": "饮食禁忌",
    "care": "特殊照顾",
}
_NUMBER = re.compile(r"^\s*[（(]?\d{1,3}\s*(?:[)）.．、:：]|(?=\s))\s*")
_PHONE = re.compile(r"^\+?[\d\-\s（）()]{7,24}$")
_NAME = re.compile(r"^[一-鿿·]{2,4}$")


@dataclass(frozen=True)
class GuestRow:
    """One guest as read; the fields are those of the model Guest."""

    name: str = ""
    gender: str = ""
    organisation: str = ""
    title: str = ""
    phone: str = ""
    is_leader: bool = False
    diet: str = ""
    care: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Keyword arguments for a Guest."""
        return asdict(self)


@dataclass(frozen=True)
class Problem:
    """What could not be read: the line's number as pasted (from 1) and a Chinese sentence."""

    line: int
    message: str


@dataclass
class Roster:
    """The guests found, in order, and what was not understood."""

    rows: list[GuestRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse(text: str) -> Roster:
    """Read the pasted `text`. Never raises; at most MOST guests are taken."""
    roster, columns = Roster(), None
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text or ""), 1):
        cells = _cells(line)
        if not any(cells):
            continue
        header = _header(cells)
        if header:
            columns = header
            continue
        for row in _several(cells) or [_row(cells, columns)]:
            _add(roster, number, row)
    return roster


def _cells(line: str) -> list[str]:
    """The line's cells, tidied; numbering in front is gone. A tab means a sheet: blanks inside stay."""
    line = line.replace("\ufeff", "").replace("\x00", "").replace("\u3000", " ").strip("\n\v\f ")
    if "\t" in line:
        return _tidy(line.split("\t"))
    line = _NUMBER.sub("", line)
    for mark in (r"[,，]", r"[;；|]", r"、", r"\s+"):
        if re.search(mark, line):
            return _tidy(re.split(mark, line))
    return _tidy([line])


def _tidy(cells: Iterable[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in cells]


def _header(cells: list[str]) -> list[str] | None:
    """Column names when the line is a header (it has a word for 姓名), unknown ones as "skip"."""
    found = [COLUMN.get(cell.lower().strip("*＊:： "), "") for cell in cells]
    if "name" not in found or len([cell for cell in cells if cell]) > 2 * len(
        [name for name in found if name]
    ):
        return None
    return [name or "skip" for name in found]


def _several(cells: list[str]) -> list[GuestRow]:
    """张三、李四、王五: a line of nothing but names is that many guests."""
    full = [cell for cell in cells if cell]
    names = len(full) > 1 and all(_is_name(cell) for cell in full)
    return [GuestRow(name=cell) for cell in full] if names else []


def _is_name(cell: str) -> bool:
    """Whether it can only be a person's name."""
    if cell in GENDERS or cell in COLUMN or cell.endswith((*TITLES, *PLACES)):
        return False
    return bool(_NAME.match(cell)) and cell[0] in SURNAMES


def _row(cells: list[str], columns: list[str] | None) -> GuestRow:
    """One guest: by the header's columns, else by what each cell looks like."""
    values = _by_header(cells, columns) if columns else _by_looks(cells)
    name = values.get("name", "")
    for mark in LEAD_MARKS:
        if mark in name:
            name, values["is_leader"] = name.replace(mark, ""), True
    gender = GENDERS.get(values.get("gender", ""), "")
    return GuestRow(**{**values, "name": name.strip(), "gender": gender})


def _by_header(cells: list[str], columns: list[str]) -> dict[str, Any]:
    """Values by the columns above them; two columns of one meaning are joined."""
    values: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column == "is_leader":
            values[column] = values.get(column, False) or cell.lower() in LEADS
        elif column != "skip" and cell:
            values[column] = f"{values[column]} {cell}" if column in values else cell
    return values


def _by_looks(cells: list[str]) -> dict[str, Any]:
    """Values by what each cell looks like; the first that fits nothing else is the name."""
    values: dict[str, Any] = {}
    for position, cell in enumerate(cells):
        column = _looks_like(cell, values, position) if cell else "skip"
        if column == "is_leader":
            values[column] = True
        elif column != "skip":
            values[column] = f"{values[column]} {cell}" if column in values else cell
    return values


def _looks_like(cell: str, values: dict[str, Any], position: int) -> str:
    """The column that one cell belongs to, given those before it."""
    if cell.isdigit() and len(cell) <= 3 and position == 0:
        return "skip"
    if _PHONE.match(cell):
        return "phone"
    if cell in GENDERS:
        return "gender"
    if cell.lower() in LEADS and "name" in values:
        return "is_leader"
    if any(word in cell for word in DIETS) and "name" in values:
        return "diet"
    if "name" not in values and not cell.endswith(PLACES[:13]):
        return "name"
    if "organisation" not in values and cell.endswith(PLACES) and not cell.endswith(TITLES):
        return "organisation"
    return "care" if "title" in values else "title"


def _add(roster: Roster, number: int, row: GuestRow) -> None:
    """Take the row over, or say why a part or all of it was left out."""
    if not row.name:
        roster.problems.append(Problem(number, f"第 {number} 行没有认出姓名，请补上姓名。"))
        return
    if len(roster.rows) >= MOST:
        roster.problems.append(Problem(number, f"第 {number} 行没有录入：名单最多 {MOST} 人。"))
        return
    row = _cut(roster, number, row)
    row = _phone(roster, number, row)
    if row.is_leader and any(other.is_leader for other in roster.rows):
        leader = next(other.name for other in roster.rows if other.is_leader)
        roster.problems.append(Problem(number, f"第 {number} 行：带队人已是{leader}，只能有一位。"))
        row = replace(row, is_leader=False)
    if any(other.name == row.name and other.phone == row.phone for other in roster.rows):
        roster.problems.append(Problem(number, f"第 {number} 行：{row.name}在名单里重复了，请核对。"))
    roster.rows.append(row)


def _cut(roster: Roster, number: int, row: GuestRow) -> GuestRow:
    """Values too long for their field are cut, and it is said."""
    for column, width in WIDTHS.items():
        if len(getattr(row, column)) > width:
            roster.problems.append(
                Problem(number, f"第 {number} 行：{LABELS[column]}超过 {width} 字，已截短。")
            )
            row = replace(row, **{column: getattr(row, column)[:width]})
    return row


def _phone(roster: Roster, number: int, row: GuestRow) -> GuestRow:
    """A phone that is none is left out, and it is said."""
    if row.phone and not _PHONE.match(row.phone):
        roster.problems.append(Problem(number, f"第 {number} 行：手机“{row.phone}”认不出，请核对后补填。"))
        return replace(row, phone="")
    return row
