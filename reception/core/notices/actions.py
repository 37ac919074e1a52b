"""Telling people."""

from collections.abc import Iterable
from datetime import datetime

from reception.core.notices.models import Notice
from reception.core.people.models import User


def tell(
    users: Iterable[User],
    *,
    title: str,
    url: str,
    at: datetime,
    level: str = "info",
    body: str = "",
    answer: tuple[str, str] = ("", ""),
) -> int:
    """Put one line into the inbox of each of `users` (each once, inactive ones left out); returns how many.

    answer: (word, address) of a button that answers it from the inbox while it is unread.
    Runs in the caller's transaction: a notice exists exactly when what it tells of exists.
    """
    people = {user.pk: user for user in users if user and user.is_active}
    Notice.objects.bulk_create(
        Notice(
            to=user,
            title=title[:160],
            body=body,
            url=url,
            level=level,
            created_at=at,
            answer=answer[0],
            answer_url=answer[1],
        )
        for user in people.values()
    )
    return len(people)


def mark_read(user: User, *, at: datetime, pk: int | None = None, url: str = "") -> int:
    """Mark one notice of `user`, those that lead to `url`, or all, as read; returns how many were unread."""
    rows = Notice.objects.filter(to=user, read_at__isnull=True)
    if url:
        rows = rows.filter(url=url)
    return rows.filter(pk=pk).update(read_at=at) if pk else rows.update(read_at=at)
