"""Text that is safe in a cell: it is shown as written and can never run.

A person may type `=HYPERLINK(…)` into a complaint. Excel runs what is *stored as a formula*, so every
text is stored as a string; what begins like a formula also gets the quote prefix, so that it stays
text when somebody edits the cell and presses Enter.
"""

import re
from dataclasses import dataclass
from math import ceil

LONGEST = 32_767  # characters in one cell; Excel calls a longer one a damaged file
ROOM = 1.85  # characters that a Chinese one takes
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LINE, HIGHEST = 13.5, 400  # points; a spreadsheet refuses more than 409
_MORE = "…（过长，已截断）"


@dataclass(frozen=True)
class Struck:
    """A value that was set right: what stood there before, oldest first, and what stands there now, in words."""

    old: tuple[str, ...]
    now: object

    def __str__(self) -> str:
        return " ".join((*self.old, str(self.now)))


def clean(value: object) -> str:
    """The text of `value`, lines ended by LF, what XML cannot carry replaced by U+FFFD, cut to what a cell holds."""
    text = _UNFIT.sub("\ufffd", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST else text[: LONGEST - len(_MORE)] + _MORE


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might take `text` for a formula if it were typed in."""
    return text.lstrip(" ").startswith(_RISKY)


def lines_of(text: str, width: float) -> int:
    """How many lines `text` takes in a cell `width` characters wide; a Chinese character is nearly two."""
    room = max(width - 1, 2)
    if "\n" not in text:
        return max(1, ceil(_room(text) / room))
    return sum(max(1, ceil(_room(part) / room)) for part in text.split("\n"))


def _room(text: str) -> float:
    narrow = len(text.encode("latin-1", "ignore"))
    return narrow + (len(text) - narrow) * ROOM


def height(lines: int) -> float:
    """The height in points of a row of so many lines."""
    return min(LINE * lines + 2, HIGHEST)
