"""The desk's line of figures, by the report's own definitions, cut off at this very moment (C6, D4.1, D4.4.1)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from helpdesk.enquiries.queries import KIND as ENQUIRY
from helpdesk.log.queries import SUBJECT as CALL
from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ACCEPT
from helpdesk.repairs.queries import KIND as ORDER
from helpdesk.report.figures import Rate, limit_figures, ring_figures
from helpdesk.report.limits import limits
from helpdesk.report.rows import calls
from reception.core.clock.models import Clock
from reception.core.clock.periods import day_bounds, local


@dataclass(frozen=True)
class DeskFigures:
    """phone 今日来电 · prompt 三声接听率 · on_time 到场及时率, of the Shanghai day so far; left 未结, late 超时, replies 待回电, now."""

    phone: int
    prompt: Rate
    on_time: Rate
    left: int
    late: int
    replies: int


def desk_figures(at: datetime) -> DeskFigures:
    """The figures at `at`; six queries (seven where times were agreed anew), whatever the number of records.

    late: what has an open clock past its due time, 接单 apart, for that is the house's own; replies: open calls
    that were promised a call back.
    """
    start, _ = day_bounds(local(at).date())
    rung, due = ring_figures(start, at), limit_figures(limits(start, at))
    waiting = (
        calls()
        .filter(closed_at__isnull=True, void_at__isnull=True, recorded_at__lt=at)
        .aggregate(
            all=Count("pk"),
            replies=Count("pk", filter=Q(reply_due_at__isnull=False, replied_at__isnull=True)),
        )
    )
    orders = Repair.objects.filter(
        closed_at__isnull=True, cancelled_at__isnull=True, void_at__isnull=True, created_at__lt=at
    ).order_by()
    promised = Clock.objects.filter(subject_kind__in=(CALL, ORDER, ENQUIRY)).exclude(rule=ACCEPT)
    late = promised.open().late(at)
    return DeskFigures(
        rung["phone"], rung["prompt"], due["on_time"],  # type: ignore[arg-type]
        waiting["all"] + orders.count(),
        late.values("subject_kind", "subject_id").distinct().count(),
        waiting["replies"],
    )  # fmt: skip
