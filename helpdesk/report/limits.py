"""Arrival limits that fall in a period, one row a promise: kept, or not (D4.4.1).

A promise is one round of the arrival clock. The first runs half an hour from the notice unless another
time was agreed; every later round exists because the time was agreed anew (改约). A round that was
replaced, or whose order ended, before its limit was never due; one that was missed stays missed.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ARRIVE, KIND
from reception.core.clock.models import Clock
from reception.core.ledger.models import Event

COLUMNS = ("subject_id", "round", "started_at", "due_at", "stopped_at", "owner__trade", "owner__name")
ASKED = {"order_trade": "trade", "arrived": "arrived_at", "agreed": "agreed"}


class Limit(NamedTuple):
    """A promise that was due: agreed or half an hour; minutes from notice to arrival, None while not arrived; whose it was."""

    crew: tuple[str, str]
    agreed: bool
    kept: bool
    minutes: float | None
    order: int
    due: datetime


def limits(start: datetime, end: datetime) -> Iterator[Limit]:
    """Every promise due in [start, end), as it stood at `end`; two queries, three where times were agreed anew."""
    order = Repair.objects.filter(pk=OuterRef("subject_id")).order_by()
    later = Clock.objects.filter(
        rule=ARRIVE, subject_kind=KIND, subject_id=OuterRef("subject_id"), round=2
    ).order_by()
    due = Clock.objects.filter(rule=ARRIVE, subject_kind=KIND, due_at__gte=start, due_at__lt=end).order_by()
    asked = {name: Subquery(order.values(column)) for name, column in ASKED.items()}
    full = due.annotate(again=Exists(later), **asked).values_list(*COLUMNS, *ASKED, "again")
    rows = list(full)
    first = _first_agreed(due) if any(number == 1 and again for _, number, *_, again in rows) else {}
    for pk, number, notice, limit, stopped, own, name, trade, arrived, agreed, again in rows:
        there = arrived if arrived is not None and arrived == stopped and arrived < end else None
        if there is None and stopped is not None and stopped <= limit:
            continue  # replaced, cancelled, struck out or closed while there was still time
        is_agreed = number > 1 or (first.get(pk, False) if again else agreed)
        minutes = (there - notice).total_seconds() / 60 if there and not is_agreed else None
        kept = there is not None and there <= limit
        yield Limit((own or trade, name or ""), is_agreed, kept, minutes, pk, limit)
    yield from unsent(start, end)


def _first_agreed(due: QuerySet[Clock]) -> dict[int, bool]:
    """Of orders with a limit in `due`: whether their first limit was an agreed one, as the ledger tells."""
    told = Event.objects.filter(
        subject_kind=KIND, verb="dispatch", subject_id__in=due.filter(round=1).values("subject_id")
    )
    # Newest first, so that the first notice stands where an order came back and was sent again (退单).
    rows = told.order_by("-seq").values_list("subject_id", "detail__agreed")
    return {order: bool(agreed) for order, agreed in rows}


def unsent(start: datetime, end: datetime) -> Iterator[Limit]:
    """The broken promise of each order whose agreed time passed in the period before anybody was sent; one query."""
    rows = Repair.objects.filter(agreed=True, arrive_due_at__gte=start, arrive_due_at__lt=end).order_by()
    never = rows.filter(Q(dispatched_at__isnull=True) | Q(dispatched_at__gt=F("arrive_due_at")))
    over = Q(cancelled_at__lte=F("arrive_due_at")) | Q(closed_at__lte=F("arrive_due_at"))
    over |= Q(void_at__lte=F("arrive_due_at"))
    found = never.exclude(over).values_list("trade", "pk", "arrive_due_at")
    yield from (Limit((trade, ""), True, False, None, pk, due) for trade, pk, due in found)
