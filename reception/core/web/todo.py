"""One row of 待办 or of a search result, whatever wing it comes from."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Todo:
    """glyph: one character on the tile; tone: "" | q | t | v | e (see the components); state: short text on the right; why: 为什么超时, where the red time leads."""

    glyph: str
    tone: str
    title: str
    meta: str
    url: str
    due_at: datetime | None = None
    due_label: str = ""
    state: str = ""
    why: str = ""
