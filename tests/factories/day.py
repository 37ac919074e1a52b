"""The day itself: itineraries with known rows, for tests that shift and show them."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from tests.factories.visits import make_reception
from visits.itinerary import actions
from visits.models import Itinerary, Reception

H = timedelta(hours=1)


def item(what: str, start: datetime, hours: float = 1, **over: Any) -> dict[str, Any]:
    """One row as `save` takes it."""
    return {"kind": "meeting", "what": what, "start": start, "end": start + hours * H, **over}


def make_day(cast: SimpleNamespace, at: datetime, status: str = "preparing", **over: Any) -> Reception:
    """A reception that began at nine on the day of `at` (ten o'clock) and lasts till nineteen: 欢迎 9:00–9:30 over,
    会议 9:30–11:00 under way, 参观 11:00–12:00, 午餐 12:00–13:00, 技术交流 14:00–16:00 of cast.tech, 动车 17:00 that stays."""
    nine = at.replace(hour=9)
    reception = make_reception(
        cast, status, at=nine - 10 * timedelta(days=1), arrive_at=nine, leave_at=at.replace(hour=19), **over
    )
    rows = [
        item("欢迎", nine, 0.5, kind="welcome"), item("会议", nine + 0.5 * H, 1.5), item("参观", nine + 2 * H, kind="tour"),
        item("午餐", nine + 3 * H, kind="meal"), item("技术交流", nine + 5 * H, 2, person=cast.tech, department=cast.tech.department),
        item("动车", nine + 8 * H, 0.5, kind="return", fixed=True),
    ]  # fmt: skip
    actions.save(plan_of(reception), rows, by=cast.sales, at=nine - 5 * timedelta(days=1))
    return Reception.objects.get(pk=reception.pk)


def plan_of(reception: Reception) -> Itinerary:
    """Its itinerary as a page loads it."""
    return Itinerary.objects.select_related("reception").get(reception=reception)


def times(reception: Reception) -> dict[str, str]:
    """事项 → 10:20–11:30, on a Shanghai clock."""
    from reception.core.clock.periods import local

    rows = plan_of(reception).items.all()
    return {row.what: f"{local(row.start):%H:%M}–{local(row.end):%H:%M}" for row in rows}
