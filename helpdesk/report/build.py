"""The whole report of a span, calculated once and read by the page and by the workbook (D4.4.5)."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpdesk.report.alarms import Alarm, alarms
from helpdesk.report.areas import Areas, areas
from helpdesk.report.asked import Asked, asked
from helpdesk.report.complained import Complaints, complaints
from helpdesk.report.definitions import HIGH, METRICS, RATE, Metric
from helpdesk.report.figures import Figure, Figures, Mean, Rate, figures_of, read
from helpdesk.report.hours import Hour, hours
from helpdesk.report.models import Target
from helpdesk.report.opinions import Opinions, opinions
from helpdesk.report.rows import Detail, calls_alive, details, orders_alive
from helpdesk.report.spans import Span
from helpdesk.report.tables import CategoryRow, CrewRow, by_category, crews, leftovers, names
from helpdesk.report.trend import Month, trend
from reception.core.clock.periods import local


@dataclass(frozen=True)
class Line:
    """One line of 总览. change: a share for counts and minutes, percentage points for rates; None when there is no base."""

    metric: Metric
    now: Figure
    before: Figure
    year_ago: Figure
    target: float | None

    @property
    def change(self) -> float | None:
        """环比."""
        return changed(self.now, self.before)

    @property
    def yearly(self) -> float | None:
        """同比."""
        return changed(self.now, self.year_ago)

    @property
    def met(self) -> bool | None:
        """达标; None without a target or a base."""
        value = self.now.value if isinstance(self.now, Rate) else None
        if self.target is None or value is None:
            return None
        return value >= self.target if self.metric.better == HIGH else value <= self.target


def changed(now: Figure, before: Figure) -> float | None:
    """Of counts and of mean times the share by which they grew, of rates the difference in percentage points."""
    if isinstance(now, Mean) and isinstance(before, Mean):
        return now.value / before.value - 1 if now.value is not None and before.value else None
    if isinstance(now, Rate) and isinstance(before, Rate):
        known = now.value is not None and before.value is not None
        return (now.value - before.value) * 100 if known else None  # type: ignore[operator]
    assert isinstance(now, int) and isinstance(before, int)
    return now / before - 1 if before else None


@dataclass(frozen=True)
class Report:
    """Everything a first report says; 明细 is read when it is written."""

    span: Span
    figures: Figures
    lines: list[Line]
    months: list[Month]
    categories: list[CategoryRow]
    total: CategoryRow
    crews: list[CrewRow]
    leftovers: list[Detail]
    matters: int
    minutes: list[float]
    areas: Areas
    hours: list[Hour]
    asked: list[Asked]
    complaints: Complaints
    opinions: Opinions
    alarms: list[Alarm]

    @property
    def empty(self) -> bool:
        """Nothing was alive in the span, and no promise fell into it."""
        return not (self.matters or self.crews or self.alarms)

    def details(self) -> Iterator[Detail]:
        """明细: every matter alive in the span, oldest first."""
        start, end = self.span.start, self.span.end
        return details(calls_alive(start, end), orders_alive(start, end), end)


def build(span: Span) -> Report:
    """Calculate the report of `span`. The number of queries does not depend on the number of records."""
    earlier, a_year_ago = span.shifted(-span.months), span.shifted(-12)
    now, before, yearly = (read(one.start, one.end) for one in (span, earlier, a_year_ago))
    found = figures_of(now)
    rows, whole = by_category(now.flows, before.flows, yearly.flows)
    told, start, end = complaints(span.start, span.end), span.start, span.end
    return Report(
        span, found, lines(span, found, figures_of(before), figures_of(yearly)), trend(span, whole.flow.left), rows, whole,
        crews(now), leftovers(span.end), whole.flow.alive,
        [limit.minutes for limit in now.limits if limit.minutes is not None],
        areas(start, end), hours(start, end), asked(start, end), told,
        opinions(start, end, now.works, names(), told.opinions()), alarms(start, end),
    )  # fmt: skip


def lines(span: Span, now: Figures, before: Figures, yearly: Figures) -> list[Line]:
    """总览, in the order of the definitions."""
    targets = Target.objects.on(local(span.start).date())
    return [
        Line(m, now[m.code], before[m.code], yearly[m.code], targets.get(m.code) if m.unit == RATE else None)
        for m in METRICS
    ]
