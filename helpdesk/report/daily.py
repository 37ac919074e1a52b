"""A period day by day, by the same conditions that count the whole: the days add up to the figures (D4.4.5)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from helpdesk.log.choices import Channel
from helpdesk.log.models import PROMPT_RINGS, Call
from helpdesk.report.flows import matters
from helpdesk.report.limits import Limit
from helpdesk.report.rates import Rate
from reception.core.clock.periods import SHANGHAI, local


@dataclass
class Day:
    """One Shanghai day: 受理 by 大类, how many of them were closed that day, calls answered in time, arrivals in time."""

    on: date
    received: dict[str, int] = field(default_factory=dict)
    same_day: int = 0
    prompt: Rate = field(default_factory=Rate)
    on_time: Rate = field(default_factory=Rate)

    @property
    def all(self) -> int:
        """受理."""
        return sum(self.received.values())


def daily(start: datetime, end: datetime, due: Iterable[Limit]) -> list[Day]:
    """Every day of [start, end), `due` being its limits of arrival; three queries."""
    first, last = local(start).date(), local(end - timedelta(microseconds=1)).date()
    days = [Day(first + timedelta(days=number)) for number in range((last - first).days + 1)]
    found = {day.on: day for day in days}
    for rows, conditions in matters(start, end):
        came = rows.filter(conditions["n_fresh"] | conditions["n_again"]).annotate(on=F("received_day"))
        same = Count("pk", filter=conditions["n_same_day"])
        grouped = came.values("on", "group_kind").annotate(n=Count("pk"), same=same)
        for on, kind, number, closed in grouped.values_list("on", "group_kind", "n", "same"):
            day = found[on]
            day.received[kind] = day.received.get(kind, 0) + number
            day.same_day += closed
    for on, rung, prompt in _rings(start, end):
        found[on].prompt = Rate(prompt, rung)
    for limit in due:
        if not limit.agreed:
            day = found[local(limit.due).date()]
            day.on_time = Rate(day.on_time.part + limit.kept, day.on_time.base + 1)
    return days


def _rings(start: datetime, end: datetime) -> Iterable[tuple[date, int, int]]:
    """(day, calls with a ring count, those answered within three); one query."""
    rows = Call.objects.filter(
        recorded_at__gte=start, recorded_at__lt=end, channel=Channel.PHONE, rings__isnull=False
    )
    on = TruncDate("recorded_at", tzinfo=SHANGHAI)
    grouped = rows.exclude(void_at__lt=end).order_by().annotate(on=on).values("on")
    counts = {"n": Count("pk"), "prompt": Count("pk", filter=Q(rings__lte=PROMPT_RINGS))}
    return grouped.annotate(**counts).values_list("on", "n", "prompt")
