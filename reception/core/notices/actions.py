"""Telling people."""

from collections.abc import Iterable
from datetime import datetime

from reception.core.notices.models import Notice
from reception.core.people.models import User


def tell(
    users: Iterable[User], *, title: str, url: str, at: datetime, level: str = "info", body: str = ""
) -> int:
    """Put one line into the inbox of each of `users` (each once, inactive ones left out); returns how many.

    Runs in the caller's transaction: a notice exists exactly when what it tells of exists.
    """
    people = {user.pk: user for user in users if user and user.is_active}
    Notice.objects.bulk_create(
        Notice(to=user, title=title[:160], body=body, url=url, level=level, created_at=at)
        for user in people.values()
    )
    return len(people)


def mark_read(user: User, *, at: datetime, pk: int | None = None) -> int:
    """Mark one notice of `user`, or all, as read; returns how many were unread."""
    rows = Notice.objects.filter(to=user, read_at__isnull=True)
    return rows.filter(pk=pk).update(read_at=at) if pk else rows.update(read_at=at)
