"""Tasks in the order they are due, page by page, never a COUNT."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from reception.core.web.keyset import moment_and_id

SIZE = 50
SCOPES = {"ours": "本部门", "mine": "我的", "all": "我能看的"}


@dataclass(frozen=True)
class Page:
    """rows: at most SIZE; next: the key of the following page, "" at the end."""

    rows: list[Any]
    next: str


def soonest(tasks: QuerySet[Any], after: str | None) -> Page:
    """One page of `tasks`, the soonest due first by (due_at, id); a broken key is the first page."""
    rows = tasks.order_by("due_at", "pk")
    key = moment_and_id(after)
    if key:
        at, pk = key
        rows = rows.filter(Q(due_at__gt=at) | Q(due_at=at, pk__gt=pk))
    found = list(rows[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    return Page(found, f"{found[-1].due_at.isoformat()}~{found[-1].pk}" if more else "")


def tabs(scope: str) -> list[dict[str, Any]]:
    """The scopes as a segment."""
    return [{"label": label, "url": f"?scope={key}", "on": key == scope} for key, label in SCOPES.items()]
