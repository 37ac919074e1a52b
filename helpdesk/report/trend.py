"""Twelve months in a line, by counting through indexes: no row of an earlier month is read."""

from dataclasses import dataclass
from datetime import datetime

from helpdesk.log.models import Call
from helpdesk.repairs.models import Repair
from helpdesk.report.rows import calls
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
    """受理 of [start, end); two queries."""
    came = Call.objects.filter(recorded_at__gte=start, recorded_at__lt=end).order_by().count()
    return (
        came
        + Repair.objects.filter(call__isnull=True, created_at__gte=start, created_at__lt=end)
        .order_by()
        .count()
    )


def went_out(start: datetime, end: datetime) -> tuple[int, int]:
    """(关闭, 作废) of [start, end); three queries."""
    within = {"gte": start, "lt": end}
    closed = {f"closed_at__{name}": value for name, value in within.items()}
    void = {f"cancelled_at__{name}": value for name, value in within.items()}
    ended = calls().filter(**closed).count() + Repair.objects.filter(**closed).order_by().count()
    return ended, Repair.objects.filter(**void).order_by().count()


def trend(span: Span, left: int) -> list[Month]:
    """The twelve months that end with the span's last, given what is `left` at its end.

    What was left earlier follows backwards from the identity of 期末未关闭.
    """
    last, months = next_month(span.first, span.months - 1), []
    for back in range(MONTHS):
        month = whole(next_month(last, -back))
        start, end = month.start, min(month.end, span.end)
        received, (closed, void) = came_in(start, end), went_out(start, end)
        months.append(Month(f"{month.first:%Y-%m}", received, closed, left))
        left += closed + void - received
    return months[::-1]
