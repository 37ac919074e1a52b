"""完工 limits that fall in a period, one row an order: the time its category has for the work, kept or not (records §2.1).

The clock runs in the desk's own hours from the first arrival and is held by every pause; what was on hold at the
cut-off was not due yet.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, Subquery

from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import FINISH, KIND
from reception.core.clock.models import Clock, Hold

COLUMNS = (
    "owner__trade",
    "owner__name",
    "order_trade",
    "due_at",
    "stopped_at",
    "breached_at",
    "finished",
    "subject_id",
)


class Finish(NamedTuple):
    """One limit that was due, whether the work was done by then, and whose it was."""

    crew: tuple[str, str]
    kept: bool
    order: int
    due: datetime


def finishes(start: datetime, end: datetime) -> Iterator[Finish]:
    """Every 完工 limit due in [start, end), as it stood at `end`; one query."""
    order = Repair.objects.filter(pk=OuterRef("subject_id")).order_by()
    still = Q(resumed_at__isnull=True) | Q(resumed_at__gte=end)
    held = Hold.objects.filter(
        still, clock=OuterRef("pk"), paused_at__lt=end, paused_at__lte=OuterRef("due_at")
    )
    due = Clock.objects.filter(rule=FINISH, subject_kind=KIND, due_at__gte=start, due_at__lt=end).order_by()
    asked = {
        "order_trade": Subquery(order.values("trade")),
        "finished": Subquery(order.values("finished_at")),
    }
    rows = due.exclude(Exists(held.order_by())).annotate(**asked).values_list(*COLUMNS)
    for own, name, trade, limit, stopped, breached, finished, pk in rows:
        done = finished is not None and finished == stopped
        if not done and stopped is not None and breached is None:
            continue  # cancelled, struck out or closed while there was still time
        yield Finish((own or trade, name or ""), done and finished <= limit, pk, limit)
