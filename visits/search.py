"""Receptions and customers that answer a few typed words: number, organisation, contact, pinyin (two characters are enough)."""

from reception.core.people.models import User
from reception.core.web.todo import Todo
from visits.materials.policies import READERS as SHELF
from visits.models import Customer, Material, Reception, Resource
from visits.requests.views_words import span
from visits.resources.policies import READERS


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
    return (
        _customers(user, words, limit)
        + _resources(user, words, limit)
        + _materials(user, words, limit)
        + found
    )[:limit]


def _customers(user: User, words: str, limit: int) -> list[Todo]:
    """Customers by name, pinyin or contact; at most three, so that receptions keep their place."""
    rows = Customer.objects.visible_to(user).matching(words).order_by("sound", "id")
    return [
        Todo("客", "v", row.name, row.get_kind_display(), row.get_absolute_url(), state="客户")
        for row in rows[: min(3, limit)]
    ]


def _resources(user: User, words: str, limit: int) -> list[Todo]:
    """Rooms, cars, hotels … by name, pinyin, place or keeper, for those who book them; at most three (B4)."""
    if not any(user.may(can) for can in READERS):
        return []
    rows = Resource.objects.matching(words).order_by("sound", "id")
    return [
        Todo(
            "源",
            "v",
            row.name,
            f"{row.get_kind_display()}·{row.place or row.keeper}",
            row.get_absolute_url(),
            state="资源",
        )
        for row in rows[: min(3, limit)]
    ]


def _materials(user: User, words: str, limit: int) -> list[Todo]:
    """Brochures and certificates in use by name, pinyin, edition or certificate; at most three (A5.2)."""
    if not any(user.may(can) for can in SHELF):
        return []
    rows = Material.objects.in_use().matching(words).order_by("sound", "id")
    return [
        Todo(
            row.face[0],
            row.face[1],
            str(row),
            f"{row.get_kind_display()}·{row.place}·剩 {row.stock} 件",
            row.get_absolute_url(),
            state="资料",
        )
        for row in rows[: min(3, limit)]
    ]
