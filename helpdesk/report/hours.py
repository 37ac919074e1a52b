"""When people call and how fast they are answered: by the hour of the day and the day of the week (C6)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, Q
from django.db.models.functions import TruncHour

from helpdesk.cases.choices import Kind
from helpdesk.log.choices import Channel
from helpdesk.log.models import PROMPT_RINGS, Call
from helpdesk.report.rates import Rate
from reception.core.clock.periods import local

WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True)
class Hour:
    """One hour (0–23) of one weekday (1 Monday – 7 Sunday), or several together: 来电, 三声接听率, 来访, 其他渠道, 查询."""

    weekday: int
    hour: int
    phone: int
    prompt: Rate
    visit: int
    other: int
    enquiries: int


def hours(start: datetime, end: datetime) -> list[Hour]:
    """What was recorded in [start, end) by weekday and hour of a Shanghai clock, without what was struck out; one query."""
    phone = Q(channel=Channel.PHONE)
    rung = phone & Q(rings__isnull=False)
    counts = {
        "phones": phone, "rung": rung, "prompt": rung & Q(rings__lte=PROMPT_RINGS), "visits": Q(channel=Channel.VISIT),
        "others": ~Q(channel__in=(Channel.PHONE, Channel.VISIT)), "asked": Q(kind=Kind.ENQUIRY),
    }  # fmt: skip
    rows = (
        Call.objects.filter(recorded_at__gte=start, recorded_at__lt=end)
        .exclude(void_at__lt=end)
        .order_by()
        .annotate(moment=TruncHour("recorded_at", tzinfo=UTC))
        .values("moment")
        .annotate(**{name: Count("pk", filter=condition) for name, condition in counts.items()})
    )
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * len(counts))
    # Whole hours are whole hours in Shanghai too; told there, where it costs one step an hour and not one a call.
    for moment, *numbers in rows.values_list("moment", *counts):
        at = local(moment)
        sums[at.isoweekday(), at.hour] = [
            a + b for a, b in zip(sums[at.isoweekday(), at.hour], numbers, strict=True)
        ]
    return [Hour(*when, a, Rate(c, b), d, e, f) for when, (a, b, c, d, e, f) in sorted(sums.items())]


def together(rows: Iterable[Hour], hour: int = -1) -> Hour:
    """All of them as one, weekday 0; `hour` names it."""
    seen = list(rows)
    prompt = Rate(sum(row.prompt.part for row in seen), sum(row.prompt.base for row in seen))
    numbers = (sum(getattr(row, name) for row in seen) for name in ("visit", "other", "enquiries"))
    return Hour(0, hour, sum(row.phone for row in seen), prompt, *numbers)


def by_hour(rows: list[Hour]) -> list[Hour]:
    """A row an hour from the first that has a record to the last."""
    used = [row.hour for row in rows]
    span = range(min(used), max(used) + 1) if used else range(0)
    return [together((row for row in rows if row.hour == hour), hour) for hour in span]
