"""The report of a month or a year, read once: now, before, by groups, and its twelve months."""

from dataclasses import dataclass
from datetime import datetime

from reception.core.people.models import User
from visits.reports.choices import Way
from visits.reports.figures import Fact, Line, facts, grouped, whole, within
from visits.reports.spans import YEAR, Span


@dataclass(frozen=True)
class Month:
    """One month of the chart, with the same month a year earlier."""

    span: Span
    now: Line
    year_ago: Line


@dataclass(frozen=True)
class Report:
    """All figures. groups, before: way → lines; `running`: the span is not over at `at`."""

    span: Span
    at: datetime
    running: bool
    total: Line
    past: Line
    groups: dict[str, list[Line]]
    before: dict[str, dict[str, Line]]
    months: list[Month]

    @property
    def empty(self) -> bool:
        """Whether nothing at all stands in it."""
        return not self.total.facts

    @property
    def facts(self) -> list[Fact]:
        """The receptions of the span, the newest first."""
        return self.total.facts


def build(span: Span, user: User, at: datetime) -> Report:
    """The report of `span` as far as `user` may read it; three queries. Raises Refused("forbidden")."""
    trend = span.trend
    found = facts(trend.shifted(-YEAR).start, span.end, user, at)
    now, past = within(found, span), within(found, span.before)
    return Report(
        span, at, span.holds(at), whole(now), whole(past), {way: grouped(now, way) for way in Way.values},
        {way: {line.key: line for line in grouped(past, way)} for way in Way.values}, _months(found, trend),
    )  # fmt: skip


def _months(found: list[Fact], trend: Span) -> list[Month]:
    months = [Span(trend.first, 1).shifted(number) for number in range(YEAR)]
    return [
        Month(month, whole(within(found, month)), whole(within(found, month.shifted(-YEAR))))
        for month in months
    ]
