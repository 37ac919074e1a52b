"""One line of what is open at the desk, whatever kind of record it stands for."""

from dataclasses import dataclass
from datetime import datetime

from reception.core.clock.models import Clock


@dataclass(frozen=True)
class Item:
    """One line: tile, title, who has it, and a running clock or the state in a word."""

    no: str
    tab: str
    kind: str
    glyph: str
    tone: str
    title: str
    meta: str
    who: str
    url: str
    at: datetime
    clock: Clock | None = None
    word: str = ""
    state: str = ""
    state_tone: str = ""
    urgent: bool = False
    late: bool = False

    def rank(self) -> tuple[int, datetime]:
        """Emergencies, then what is late, then by due time; without a clock last."""
        return (
            0 if self.urgent else 1 if self.late and self.clock else 2 if self.clock else 3,
            self.clock.due_at if self.clock else self.at,
        )
