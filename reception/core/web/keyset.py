"""Keyset pages: fifty rows after a key, one row more to know whether there are more, never a COUNT."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q, QuerySet


@dataclass(frozen=True)
class Page:
    """rows: at most `size`; next: the key of the following page, "" at the end; size: rows asked for."""

    rows: list[Any]
    next: str
    size: int


def keyset(
    queryset: QuerySet[Any], before: str | None, *, size: int = 50, at_field: str = "created_at"
) -> Page:
    """One page of `queryset`, newest first by (`at_field`, id); `before` is the `next` of the page before.

    Works on instances and on values() rows (which must contain id and at_field). A broken key is the first page.
    """
    rows = queryset.order_by(f"-{at_field}", "-pk")
    key = moment_and_id(before)
    if key:
        at, pk = key
        rows = rows.filter(Q(**{f"{at_field}__lt": at}) | Q(**{at_field: at, "pk__lt": pk}))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    return Page(found, _key(found[-1], at_field) if more else "", size)


def _key(row: Any, at_field: str) -> str:
    at, pk = (row[at_field], row["id"]) if isinstance(row, dict) else (getattr(row, at_field), row.pk)
    return f"{at.isoformat()}~{pk}"


def moment_and_id(key: str | None) -> tuple[datetime, int] | None:
    """The two halves of a key in an address, the moment in UTC; None for a broken one, or one beyond the calendar."""
    try:
        at, pk = (key or "").split("~")
        moment = datetime.fromisoformat(at.replace(" ", "+"))
        return (moment.astimezone(UTC), int(pk)) if moment.tzinfo and abs(int(pk)) < 2**63 else None
    except (ValueError, OverflowError):
        return None


def ascending(queryset: QuerySet, after: str | None, *, field: str, size: int = 50) -> Page:
    """One page of `queryset`, smallest first by (date `field`, id); `after` is the `next` of the page before.

    A broken key is the first page.
    """
    rows = queryset.order_by(field, "pk")
    try:
        day_text, pk = (after or "").split("~")
        day, key = date.fromisoformat(day_text), int(pk)
        if abs(key) < 2**63:
            rows = rows.filter(Q(**{f"{field}__gt": day}) | Q(**{field: day, "pk__gt": key}))
    except ValueError:
        pass
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    return Page(found, f"{getattr(found[-1], field).isoformat()}~{found[-1].pk}" if more else "", size)
