"""One newest-first list out of several tables, page by page, each table asked once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from reception.core.web.keyset import Page, moment_and_id
from reception.core.web.todo import Todo


@dataclass(frozen=True)
class Source:
    """rows of one table; at_field: their time; draw: a row as a line."""

    rows: QuerySet[Any]
    at_field: str
    draw: Callable[[Any], Todo]


def merged(sources: Sequence[Source], before: str | None, *, size: int = 50) -> Page:
    """Lines of all `sources`, newest first; Page.rows are (moment, Todo). `before` is the `next` of the page before;
    at the same instant the first source goes first. A broken key is the first page."""
    number, _, rest = (before or "").partition("~")
    key = moment_and_id(rest) if number.isdecimal() and len(number) < 3 else None
    found: list[tuple[datetime, int, int, Todo]] = []
    for place, source in enumerate(sources):
        rows = source.rows.order_by(f"-{source.at_field}", "-pk")
        if key:
            rows = rows.filter(_older(source.at_field, place, int(number), *key))
        for row in rows[: size + 1]:
            found.append((getattr(row, source.at_field), -place, row.pk, source.draw(row)))
    found.sort(key=lambda line: line[:3], reverse=True)
    more, found = len(found) > size, found[:size]
    at, place, pk, _ = found[-1] if found else (None, 0, 0, None)
    following = f"{-place}~{at.isoformat()}~{pk}" if more and at else ""
    return Page([(line[0], line[3]) for line in found], following, size)


def _older(field: str, place: int, last: int, at: datetime, pk: int) -> Q:
    """What comes after the row `pk` of source `last` at `at`."""
    older = Q(**{f"{field}__lt": at})
    if place > last:
        return older | Q(**{field: at})
    return older | Q(**{field: at, "pk__lt": pk}) if place == last else older
