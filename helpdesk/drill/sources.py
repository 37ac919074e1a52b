"""Records in an order that can be paged by key, newest first: straight from tables, or from what was read already."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, TextField, Value

from helpdesk.report.rows import CHUNK
from reception.core.web.counting import counted
from reception.core.web.keyset import Page, moment_and_id

MOMENT = "moment"
CALL, ORDER, BACK, ALARM = "call", "order", "back", "alarm"
Key = tuple[datetime, str, int]


class Entry(NamedTuple):
    """One record behind a figure: when it counts, which it is, and on what grounds."""

    at: datetime
    table: str
    pk: int
    note: str = ""

    @property
    def key(self) -> Key:
        """What it is sorted and paged by."""
        return self.at, self.table, self.pk


@dataclass(frozen=True)
class Table:
    """rows with their time as `moment`; columns: what `say` makes the grounds of, as many in tables that are listed together."""

    name: str
    rows: QuerySet[Any]
    columns: tuple[str, ...] = ()
    say: Callable[..., str] = lambda *_: ""

    def entries(self) -> Iterator[Entry]:
        """All of them, newest first; one query."""
        found = self.part(None).order_by(f"-{MOMENT}", "-pk")
        for at, pk, name, *rest in found.iterator(CHUNK):
            yield Entry(at, name, pk, self.say(*rest))

    def part(self, key: Key | None) -> QuerySet[Any]:
        """(moment, pk, table, columns) of what comes after `key`, in no order."""
        rows = self.rows.order_by().annotate(i_table=Value(self.name, TextField()))
        if key:
            at, table, pk = key
            older = Q(moment__lt=at)
            if self.name < table:
                older |= Q(moment=at)
            elif self.name == table:
                older |= Q(moment=at, pk__lt=pk)
            rows = rows.filter(older)
        return rows.values_list(MOMENT, "pk", "i_table", *self.columns)


@dataclass(frozen=True)
class Tables:
    """Records of several tables together."""

    tables: tuple[Table, ...]

    def count(self) -> int:
        """How many; one query. The cost follows the period, not the archive."""
        rows = [table.rows.order_by() for table in self.tables]
        return rows[0].count() if len(rows) == 1 else counted(rows)[0]

    def entries(self) -> Iterator[Entry]:
        """All of them."""
        return merge(*(table.entries() for table in self.tables), key=lambda e: e.key, reverse=True)

    def after(self, key: Key | None, most: int) -> list[Entry]:
        """At most `most` after `key`; one query."""
        say = {table.name: table.say for table in self.tables}
        first, *rest = (table.part(key) for table in self.tables)
        found = first.union(*rest, all=True).order_by(f"-{MOMENT}", "-i_table", "-pk")[:most]
        return [Entry(at, name, pk, say[name](*more)) for at, pk, name, *more in found]


@dataclass(frozen=True)
class Listed:
    """Records that the definition gave one by one."""

    found: tuple[Entry, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Listed":
        """Sorted, newest first."""
        return cls(tuple(sorted(entries, key=lambda e: e.key, reverse=True)))

    def count(self) -> int:
        """How many."""
        return len(self.found)

    def entries(self) -> Iterator[Entry]:
        """All of them."""
        return iter(self.found)

    def after(self, key: Key | None, most: int) -> list[Entry]:
        """At most `most` after `key`."""
        return [entry for entry in self.found if key is None or entry.key < key][:most]


Source = Tables | Listed


def page(source: Source, before: str | None, *, size: int = 50) -> Page:
    """One page of entries; `before` is the `next` of the page before. A broken key is the first page."""
    table, _, rest = (before or "").partition("~")
    key = moment_and_id(rest) if table in (CALL, ORDER, BACK, ALARM) else None
    found = source.after((key[0], table, key[1]) if key else None, size + 1)
    more, found = len(found) > size, found[:size]
    last = found[-1] if more else None
    return Page(found, f"{last.table}~{last.at.isoformat()}~{last.pk}" if last else "", size)
