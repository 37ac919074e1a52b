"""Twelve months in a line, by counting through indexes: no row of an earlier month is read."""

from dataclasses import dataclass
from datetime import datetime

from helpdesk.log.models import Call
from helpdesk.repairs.models import Repair
from helpdesk.report.rows import calls, orders
from helpdesk.report.spans import Span, whole
from reception.core.clock.periods import next_month

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """One month of the line; left is 期末未关闭."""

    label: str
    received: int
    closed: int
    left: int


def came_in(start: datetime, end: datetime) -> int:
    """受理 of [start, end): each call once, but one that joined an open order, and orders without a call; two queries."""
    came = (
        Call.objects.filter(joined__isnull=True, recorded_at__gte=start, recorded_at__lt=end)
        .order_by()
        .count()
    )
    alone = Repair.objects.filter(call__isnull=True, created_at__gte=start, created_at__lt=end)
    return came + alone.order_by().count()


def went_out(start: datetime, end: datetime) -> tuple[int, int]:
    """(关闭, 取消) of [start, end), without what was struck out before `end`; three queries."""
    within = {"gte": start, "lt": end}
    closed = {f"closed_at__{name}": value for name, value in within.items()}
    gone = {f"cancelled_at__{name}": value for name, value in within.items()}
    ended = calls().filter(**closed).exclude(void_at__lt=end).count()
    ended += orders().filter(**closed).exclude(void_at__lt=end).count()
    return ended, orders().filter(**gone).count()


def struck_out(start: datetime) -> list[tuple[datetime, datetime]]:
    """(when it ended or was struck out, when it was struck out) of every matter struck out since `start`; two queries."""
    since = {"void_at__gte": start}
    found = list(calls().filter(**since).values_list("void_at", "closed_at"))
    found += orders().filter(**since, cancelled_at__isnull=True).values_list("void_at", "closed_at")
    return [(closed or void, void) for void, closed in found]


def trend(span: Span, left: int) -> list[Month]:
    """The twelve months that end with the span's last, given what is `left` at its end.

    What was left earlier follows backwards from the identity of 期末未关闭.
    """
    last, months = next_month(span.first, span.months - 1), []
    struck = struck_out(whole(next_month(last, 1 - MONTHS)).start)
    for back in range(MONTHS):
        month = whole(next_month(last, -back))
        start, end = month.start, min(month.end, span.end)
        received, (closed, void) = came_in(start, end), went_out(start, end)
        void += sum(start <= over < end and at < end for over, at in struck)
        months.append(Month(f"{month.first:%Y-%m}", received, closed, left))
        left += closed + void - received
    return months[::-1]
