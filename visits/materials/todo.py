"""Materials that wait for a person: too few, or a certificate that runs out (A5.2)."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from reception.core.clock.periods import day_bounds, local
from reception.core.people.models import User
from reception.core.web.todo import Todo
from visits.materials.models import Material

MOST = 50


def waiting(user: User, at: datetime) -> QuerySet:
    """What `todo` lists, to be counted."""
    return Material.objects.pressing_for(user, local(at).date())


def todo(user: User, at: datetime) -> list[Todo]:
    """One line a material, the first to run out on top."""
    rows = waiting(user, at).select_related("department").order_by("valid_until", "pk")[:MOST]
    return [_line(row, at) for row in rows]


def _line(row: Material, at: datetime) -> Todo:
    today = local(at).date()
    urgent = row.valid_until is not None and row.valid_until <= today + timedelta(days=30)
    state = "证书已到期" if row.expired(today) else "证书快到期" if urgent else "要补库存"
    meta = f"{row.department}·剩 {row.stock} 件" + (f"，最低 {row.minimum} 件" if row.low else "")
    due = day_bounds(row.valid_until)[1] - timedelta(seconds=1) if urgent and row.valid_until else None
    return Todo(*row.face, str(row), meta, row.get_absolute_url(), due, "到期" if due else "", state)
