"""Resources and bookings of them, made by the real actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from visits.models import Resource, ResourceBooking
from visits.resources import actions, booking


def make_resource(
    cast: SimpleNamespace, at: datetime, name: str, *, by: Any = None, tiers: Any = (), **over: Any
) -> Resource:
    """A room of ours, registered by the office; `over` replaces fields."""
    fields = {"kind": "room", "name": name, "source": "inside", "keeper": "孟瑶", "phone": "8100", **over}
    return actions.add_resource(by=by or cast.office, at=at, fields=fields, tiers=tiers)


def day(at: datetime, days: int, hour: float) -> datetime:
    """That clock time in Shanghai, so many days from `at`."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days, hours=hour)


def booked(resource: Resource, cast: SimpleNamespace, at: datetime, *, days: int = 1, hours: tuple[float, float] = (9, 11),
           by: Any = None, purpose: str = "项目洽谈", **over: Any) -> ResourceBooking:  # fmt: skip
    """A booking by cast.sales, tomorrow from 9 to 11."""
    start, end = day(at, days, hours[0]), day(at, days, hours[1])
    return booking.book(
        Resource.objects.get(pk=resource.pk),
        by=by or cast.sales,
        at=at,
        start=start,
        end=end,
        purpose=purpose,
        **over,
    )
