"""Twelve months in a line, by counting through indexes: no row of an earlier month is read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from helpdesk.log.models import Call
from helpdesk.repairs.models import Repair
from helpdesk.report.rows import calls, orders
from helpdesk.report.spans import Span, whole
from reception.core.clock.periods import next_month
from reception.core.web.counting import counted

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """One month of the line; left is 期末未关闭."""

    label: str
    received: int
    closed: int
    left: int


def came_in(start: datetime, end: datetime) -> list[QuerySet[Any]]:
    """受理 of [start, end): each call once, but one that joined an open order, and orders without a call."""
    return [
        Call.objects.filter(joined__isnull=True, recorded_at__gte=start, recorded_at__lt=end),
        Repair.objects.filter(call__isnull=True, created_at__gte=start, created_at__lt=end),
    ]


def closed_in(start: datetime, end: datetime) -> list[QuerySet[Any]]:
    """关闭 of [start, end), without what was struck out before `end`."""
    closed = {"closed_at__gte": start, "closed_at__lt": end}
    return [rows.filter(**closed).exclude(void_at__lt=end) for rows in (calls(), orders())]


def gone_in(start: datetime, end: datetime) -> list[QuerySet[Any]]:
    """取消 of [start, end)."""
    return [orders().filter(cancelled_at__gte=start, cancelled_at__lt=end)]


def struck_out(start: datetime) -> list[tuple[datetime, datetime]]:
    """(when it ended or was struck out, when it was struck out) of every matter struck out since `start`; two queries."""
    since = {"void_at__gte": start}
    found = list(calls().filter(**since).values_list("void_at", "closed_at"))
    found += orders().filter(**since, cancelled_at__isnull=True).values_list("void_at", "closed_at")
    return [(closed or void, void) for void, closed in found]


def trend(span: Span, left: int) -> list[Month]:
    """The twelve months that end with the span's last, given what is `left` at its end; three queries.

    What was left earlier follows backwards from the identity of 期末未关闭.
    """
    last, months = next_month(span.first, span.months - 1), []
    struck = struck_out(whole(next_month(last, 1 - MONTHS)).start)
    back = [whole(next_month(last, -number)) for number in range(MONTHS)]
    spans = [(month.start, min(month.end, span.end)) for month in back]
    numbers = counted(*(part(*one) for one in spans for part in (came_in, closed_in, gone_in)))
    for number, (month, (start, end)) in enumerate(zip(back, spans, strict=True)):
        received, closed, void = numbers[3 * number : 3 * number + 3]
        void += sum(start <= over < end and at < end for over, at in struck)
        months.append(Month(f"{month.first:%Y-%m}", received, closed, left))
        left += closed + void - received
    return months[::-1]
