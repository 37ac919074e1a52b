"""Two versions side by side as a reader sees them: which words went, which came. Pure."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from visits.requests.snapshot import Difference

SHORT = 20
ALIKE = 0.5


@dataclass(frozen=True)
class Part:
    """A piece of a value; `mark`: it is in this version only."""

    text: str
    mark: bool


@dataclass(frozen=True)
class Pair:
    """One thing of both versions: its label, the old value and the new one in pieces; [] is empty."""

    label: str
    old: list[Part]
    new: list[Part]


def pairs(rows: list[Difference]) -> list[Pair]:
    """The changed rows, with what of each changed marked."""
    return [Pair(row.label, *parts(row.old, row.new)) for row in rows]


def parts(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """Both texts in pieces. A short text, or one that is another text altogether, is marked as a whole: three
    characters kept out of ten help nobody to read."""
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if max(len(old), len(new)) <= SHORT or matcher.ratio() < ALIKE:
        return _whole(old), _whole(new)
    codes = matcher.get_opcodes()
    before = [Part(old[a:b], tag != "equal") for tag, a, b, _, _ in codes if a != b]
    after = [Part(new[a:b], tag != "equal") for tag, _, _, a, b in codes if a != b]
    return before, after


def _whole(text: str) -> list[Part]:
    return [Part(text, True)] if text else []
