"""Addresses as people say them: 3-502, 3栋1202, 3号楼502, 2栋1单元301, A座1806. Pure."""

import re
import unicodedata
from dataclasses import dataclass

NUMERALS = {char: str(n) for n, char in enumerate("一二三四五六七八九", 1)}
BUILDING = r"(?P<building>\d{1,3}|[A-Z]\d?|[一二三四五六七八九]|十[一二三四五六七八九]?)"
ROOM = r"(?P<room>[A-Z]?\d{2,5}[A-Z]?)(?:室|号房|房|号)?"
SPOKEN = re.compile(
    rf"{BUILDING}\s*(?:栋|幢|座|号楼|楼|#楼|#)\s*(?:(?P<unit>\d{{1,2}}|[一二三四五六])\s*单元)?\s*-?\s*{ROOM}"
)
DASHED = re.compile(rf"{BUILDING}\s*-\s*(?:(?P<unit>\d{{1,2}})\s*-\s*)?{ROOM}")


@dataclass(frozen=True)
class Place:
    """building: "3" or "A"; unit_no: "1" or ""; room: "502"."""

    building: str
    unit_no: str
    room: str


def figure(word: str) -> str:
    """三 → 3, 十二 → 12; anything else as it is."""
    if word.startswith("十"):
        return "1" + NUMERALS.get(word[1:], "0")
    return NUMERALS.get(word, word)


def tidy(text: str) -> str:
    """Half-width, upper case, one kind of dash."""
    plain = unicodedata.normalize("NFKC", text).upper().strip()
    return re.sub(r"[—–－~−]", "-", plain)


def split_place(text: str) -> tuple[Place | None, str]:
    """(the place that `text` begins with, the rest of it); (None, text) when it begins with none. Never raises."""
    plain = tidy(text)
    for pattern in (SPOKEN, DASHED):
        found = pattern.match(plain)
        # 138-0013… is a telephone number, not building 138.
        if found and not plain[found.end() : found.end() + 1].isdigit():
            place = Place(
                figure(found["building"]).lstrip("0") or "0", figure(found["unit"] or ""), found["room"]
            )
            return place, plain[found.end() :].strip(" ,，。·-")
    return None, text.strip()


def parse_place(text: str) -> Place | None:
    """The place that the whole of `text` names, None when it says more or something else."""
    place, rest = split_place(text)
    return place if place and not rest else None
