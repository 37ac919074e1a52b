"""Arrival limits that fall in a period, one row a promise: kept, or not (D4.4.1).

A promise is one round of the arrival clock. The first runs half an hour from the notice unless another
time was agreed; every later round exists because the time was agreed anew (改约). A round that was
replaced, or whose order ended, before its limit was never due; one that was missed stays missed.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ARRIVE, KIND
from reception.core.clock.models import Clock
from reception.core.ledger.models import Event


class Limit(NamedTuple):
    """A promise that was due: agreed or half an hour; minutes from notice to arrival, None while not arrived."""

    crew: tuple[str, str]
    agreed: bool
    kept: bool
    minutes: float | None


def limits(start: datetime, end: datetime) -> Iterator[Limit]:
    """Every promise due in [start, end), as it stood at `end`; three queries, five where times were agreed."""
    due = Clock.objects.filter(rule=ARRIVE, subject_kind=KIND, due_at__gte=start, due_at__lt=end).order_by()
    columns = ("pk", "arrived_at", "agreed")
    rows = Repair.objects.filter(pk__in=due.values("subject_id")).order_by().values_list(*columns)
    found = {pk: (arrived, agreed) for pk, arrived, agreed in rows.iterator(2000)}
    first = _first_agreed(due) if any(agreed for _, agreed in found.values()) else {}
    clocks = due.values_list("subject_id", "round", "started_at", "due_at", "stopped_at", "owner__trade", "owner__name")
    for order, number, notice, limit, stopped, trade, name in clocks.iterator(2000):
        arrived, agreed = found[order]
        there = arrived if arrived is not None and arrived == stopped and arrived < end else None
        if there is None and stopped is not None and stopped <= limit:
            continue  # replaced, cancelled or closed while there was still time
        is_agreed = number > 1 or first.get(order, agreed)
        minutes = (there - notice).total_seconds() / 60 if there and not is_agreed else None
        yield Limit((trade or "", name or ""), is_agreed, there is not None and there <= limit, minutes)
    yield from (Limit((trade, ""), True, False, None) for trade in unsent(start, end))


def _first_agreed(due: QuerySet[Clock]) -> dict[int, bool]:
    """Of the orders whose time was agreed anew: whether their first limit was an agreed one too."""
    later = Clock.objects.filter(rule=ARRIVE, subject_kind=KIND, round=2, subject_id__in=due.values("subject_id"))
    again = dict.fromkeys(later.order_by().values_list("subject_id", flat=True), False)
    if not again:
        return {}
    told = Event.objects.filter(subject_kind=KIND, verb="dispatch", subject_id__in=later.values("subject_id"))
    return again | {order: bool(agreed) for order, agreed in told.order_by().values_list("subject_id", "detail__agreed")}


def unsent(start: datetime, end: datetime) -> Iterator[str]:
    """The trade of each order whose agreed time passed in the period before anybody was sent: late as well."""
    rows = Repair.objects.filter(agreed=True, arrive_due_at__gte=start, arrive_due_at__lt=end).order_by()
    never = rows.filter(Q(dispatched_at__isnull=True) | Q(dispatched_at__gt=F("arrive_due_at")))
    over = Q(cancelled_at__lte=F("arrive_due_at")) | Q(closed_at__lte=F("arrive_due_at"))
    yield from never.exclude(over).values_list("trade", flat=True)
