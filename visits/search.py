"""Receptions and customers that answer a few typed words: number, organisation, contact, pinyin (two characters are enough)."""

from reception.core.people.models import User
from reception.core.web.todo import Todo
from visits.models import Customer, Reception
from visits.requests.views_words import span


def search(user: User, q: str, limit: int = 10) -> list[Todo]:
    """Customers first, then receptions, newest first; only what `user` may see; nothing typed finds nothing."""
    words = " ".join((q or "").split())[:60]
    if not words or "\x00" in words:
        return []
    rows = Reception.objects.visible_to(user).naming(words).for_list().order_by("-created_at", "-id")
    found = [
        Todo("接", "", row.title, f"{row.no}·{span(row.arrive_at, row.leave_at)}", row.get_absolute_url(),
             row.arrive_at, "到达", row.get_status_display())
        for row in rows[:limit]
    ]  # fmt: skip
    return (_customers(user, words, limit) + found)[:limit]


def _customers(user: User, words: str, limit: int) -> list[Todo]:
    """Customers by name, pinyin or contact; at most three, so that receptions keep their place."""
    rows = Customer.objects.visible_to(user).matching(words).order_by("sound", "id")
    return [
        Todo("客", "v", row.name, row.get_kind_display(), row.get_absolute_url(), state="客户")
        for row in rows[: min(3, limit)]
    ]
