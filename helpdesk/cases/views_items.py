"""One line of what is open at the desk, whatever kind of record it stands for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from helpdesk.cases.titles import beginning
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
    ringing: bool = False

    def rank(self) -> tuple[int, datetime]:
        """Emergencies, then a promised call back whose time has come (E5.2.1b), then what is late, then by due time;
        without a clock last."""
        pressing = (self.urgent, self.ringing, bool(self.late and self.clock), bool(self.clock), True)
        return pressing.index(True), self.clock.due_at if self.clock else self.at


# What one line needs, whatever table it stands in; text columns are cast so that a UNION of several tables holds.
COLUMNS = ("source", "pk", "no", "sort", "said", "place", "person", "holder", "state", "came")


@dataclass(frozen=True)
class Row:
    """A row of COLUMNS. sort: what kind of it; said: its words; person: who reported it; holder: who has it."""

    source: str
    pk: int
    no: str
    sort: str
    said: str
    place: str
    person: str
    holder: str
    state: str
    came: datetime

    @property
    def title(self) -> str:
        """The beginning of what was said."""
        return beginning(self.said)


@dataclass(frozen=True)
class Source:
    """A kind of open record on the desk. rows: what is open, its columns named by `columns`; line: a row as an Item."""

    rows: Callable[[], QuerySet[Any]]
    line: Callable[[Row, Clock | None, datetime], Item]


# Subject kind (helpdesk.complaint) → its source; a noun adds itself in its views_items, imported by helpdesk/apps.py.
SOURCES: dict[str, Source] = {}


def columns(rows: QuerySet[Any], source: str, **named: str) -> QuerySet[Any]:
    """`rows` as COLUMNS: `named` says which field stands for each (no and came are no and created_at); "" for none."""
    fields = {"number": "no", "came": "created_at", **named}
    text = {f"i_{name}": _text(field) for name, field in fields.items() if name != "came"}
    picked = rows.order_by().annotate(
        i_source=Value(source, CharField()), i_pk=F("pk"), i_came=F(fields["came"]), **text
    )
    return picked.values_list(
        "i_source", "i_pk", "i_number", "i_sort", "i_said", "i_place", "i_person", "i_holder", "i_state", "i_came"
    )  # fmt: skip


def _text(field: str) -> Any:
    return Coalesce(Cast(F(field), TextField()), Value("", TextField())) if field else Value("", TextField())


def open_lines(clocks: dict[tuple[str, int], Clock], at: datetime) -> list[Item]:
    """All that is open in all sources, with their running clocks (by kind and id); one query."""
    first, *rest = (source.rows() for source in SOURCES.values())
    found = [Row(*values) for values in first.union(*rest, all=True)]
    found.sort(key=lambda row: (row.source, row.pk))
    return [SOURCES[row.source].line(row, clocks.get((row.source, row.pk)), at) for row in found]
