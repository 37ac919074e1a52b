"""Receptions that answer a few typed words: number, organisation, contact (two characters are enough)."""

from reception.core.people.models import User
from reception.core.web.todo import Todo
from visits.models import Reception
from visits.requests.views_words import span


def search(user: User, q: str, limit: int = 10) -> list[Todo]:
    """Newest first, only what `user` may see; nothing typed finds nothing."""
    words = " ".join((q or "").split())[:60]
    if not words or "\x00" in words:
        return []
    rows = Reception.objects.visible_to(user).naming(words).for_list().order_by("-created_at", "-id")
    return [
        Todo("接", "", row.title, f"{row.no}·{span(row.arrive_at, row.leave_at)}", row.get_absolute_url(),
             row.arrive_at, "到达", row.get_status_display())
        for row in rows[:limit]
    ]  # fmt: skip
