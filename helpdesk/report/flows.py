"""What came in and went out, by kind and category: counted by the database, two queries for any span.

Every matter is counted under what it was at the cut-off: an order, or the case that came of the call, once it was
written; the call before.
`left` is counted for itself, not derived, so that 期末未关闭 checks the other columns.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from helpdesk.cases.choices import Kind
from helpdesk.report.cases import following
from helpdesk.report.rows import calls_alive, orders_alive
from reception.core.clock.periods import SHANGHAI

Group = tuple[str, int | None]
Flows = dict[Group, "Flow"]
Counted = tuple[QuerySet[Any], dict[str, Q]]


@dataclass
class Flow:
    """期初遗留, 新增, 重开, 关闭, 作废, 期末未关闭 of a set of matters, and how many of the new were closed that day."""

    carried: int = 0
    fresh: int = 0
    again: int = 0
    closed: int = 0
    void: int = 0
    left: int = 0
    same_day: int = 0

    @property
    def received(self) -> int:
        """受理."""
        return self.fresh + self.again

    @property
    def due(self) -> int:
        """应办."""
        return self.carried + self.received - self.void

    @property
    def alive(self) -> int:
        """Everything that was open at some time of the span."""
        return self.carried + self.received

    @property
    def balanced(self) -> bool:
        """期末未关闭 = 期初遗留 + 新增 + 重开 − 关闭 − 作废."""
        return self.left == self.carried + self.fresh + self.again - self.closed - self.void


def total(flows: Iterable[Flow]) -> Flow:
    """All of them together."""
    seen = list(flows)
    return Flow(**{one.name: sum(getattr(flow, one.name) for flow in seen) for one in fields(Flow)})


def flows(start: datetime, end: datetime) -> Flows:
    """The flow of [start, end) by (kind, category)."""
    found: Flows = defaultdict(Flow)
    for rows, conditions in matters(start, end):
        for kind, category, *numbers in _counted(rows, conditions):
            found[kind, category] = total([found[kind, category], Flow(*numbers)])
    return found


def matters(start: datetime, end: datetime) -> tuple[Counted, Counted]:
    """The calls and the orders alive in [start, end), each with the condition of every column of Flow."""
    of_calls, of_orders = grouped(start, end)
    none, again = Q(pk__isnull=True), Q(created_at__lt=end, origin__isnull=False)
    day = TruncDate("received", tzinfo=SHANGHAI)
    return (
        (of_calls.alias(received_day=day), _columns(start, end, none, none)),
        (of_orders.alias(received_day=day), _columns(start, end, again, Q(cancelled_at__lt=end))),
    )


def grouped(start: datetime, end: datetime) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The calls and the orders alive in [start, end), each with group_kind, group_category and received."""
    of_calls = following(calls_alive(start, end), end).annotate(received=F("recorded_at"))
    written = Q(created_at__lt=end)
    of_orders = orders_alive(start, end).annotate(
        group_kind=Case(When(written, then=Value(Kind.REPAIR.value)), default=F("call__kind")),
        group_category=Case(When(written, then=F("category_id")), default=F("call__category_id")),
    )
    return of_calls, of_orders


def _columns(start: datetime, end: datetime, again: Q, void: Q) -> dict[str, Q]:
    """What each column of Flow counts, in its order; `again` and `void` tell which are 重开 and 作废."""
    void |= Q(void_at__lt=end)
    came, closed = Q(received__gte=start), Q(closed_at__lt=end) & ~Q(void_at__isnull=False, void_at__lt=end)
    day = Q(received_day=TruncDate("closed_at", tzinfo=SHANGHAI))
    return {
        "n_carried": ~came, "n_fresh": came & ~again, "n_again": came & again, "n_closed": closed, "n_void": void,
        "n_left": ~Q(closed_at__isnull=False, closed_at__lt=end) & ~void, "n_same_day": came & closed & day,
    }  # fmt: skip


def _counted(rows: QuerySet[Any], conditions: dict[str, Q]) -> QuerySet[Any]:
    """The columns by group."""
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    grouped = rows.values("group_kind", "group_category")
    return grouped.annotate(**counts).values_list("group_kind", "group_category", *counts)
