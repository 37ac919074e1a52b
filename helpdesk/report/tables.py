"""The report's tables: by category, by crew, and what is still open; from rows that were read once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, QuerySet

from helpdesk.cases.choices import Kind
from helpdesk.cases.models import Category
from helpdesk.repairs.models import Repair
from helpdesk.report.figures import Rate, Read, average, limit_figures, p90, rate, work_figures
from helpdesk.report.finishing import Finish
from helpdesk.report.flows import Flow, Flows, total
from helpdesk.report.limits import Limit
from helpdesk.report.rows import Detail, calls_alive, details, orders_alive
from helpdesk.report.works import Work

UNSORTED, NOBODY, NO_TRADE = "未分类", "未派", "未定班组"
SUBTOTAL, ALL = "小计", "合计"
Key = tuple[str, str]
AGES = ((3, "3天以内"), (7, "4–7天"), (15, "8–15天"), (30, "16–30天"), (None, "30天以上"))
OLD = 30  # days


def names() -> dict[int | None, str]:
    """The categories by their id; one query."""
    return {None: UNSORTED} | {row.pk: str(row) for row in Category.objects.all()}


@dataclass
class CategoryRow:
    """One 小类 (or a total): its flow, its share of what was received, the received before and a year ago."""

    big: str
    small: str
    flow: Flow = field(default_factory=Flow)
    share: Rate = field(default_factory=Rate)
    before: int = 0
    year_ago: int = 0


def by_category(now: Flows, before: Flows, year_ago: Flows) -> tuple[list[CategoryRow], CategoryRow]:
    """The rows in the order of 大类, the most reported first, and the total."""
    words, whole = names(), total(now.values())
    past = [
        {group: flow.received for group, flow in flows.items() if flow.received}
        for flows in (before, year_ago)
    ]
    rows = []
    for group in now.keys() | past[0].keys():
        flow = now.get(group, Flow())
        share = Rate(flow.received, whole.received)
        numbers = [counts.get(group, 0) for counts in past]
        rows.append(CategoryRow(Kind(group[0]).label, words[group[1]], flow, share, *numbers))
    order = {kind.label: number for number, kind in enumerate(Kind)}
    rows.sort(key=lambda row: (order[row.big], -row.flow.received, -row.flow.due, row.small))
    sums = [sum(counts.values()) for counts in past]
    return rows, CategoryRow("合计", "", whole, Rate(whole.received, whole.received), *sums)


class Bar(NamedTuple):
    """One bar of the Pareto chart and the share of all that it and those before it make up."""

    label: str
    number: int
    running: float


def pareto(rows: list[CategoryRow], most: int = 12) -> list[Bar]:
    """The most reported 小类, the rest in one bar."""
    ranked = sorted(
        (row for row in rows if row.flow.received), key=lambda row: (-row.flow.received, row.big, row.small)
    )
    parts = [(f"{row.big}·{row.small}", row.flow.received) for row in ranked[:most]]
    rest = sum(row.flow.received for row in ranked[most:])
    parts += [("其余", rest)] if rest else []
    whole, running = sum(count for _, count in parts), 0
    bars: list[Bar] = []
    for label, count in parts:
        running += count
        bars.append(Bar(label, count, running / whole))
    return bars


@dataclass
class CrewRow:
    """One repairer, a trade (name "小计") or all: what was sent, how arrivals went, what the work was worth."""

    trade: str
    name: str
    sent: int
    in_time: int
    on_time: Rate
    kept: Rate
    average: float | None
    p90: float | None
    finished: Rate
    rework: Rate
    satisfied: Rate


def sent_out(start: datetime, end: datetime) -> QuerySet[Repair]:
    """派单: orders whose first notice went out in [start, end), without what was struck out."""
    rows = Repair.objects.filter(dispatched_at__gte=start, dispatched_at__lt=end)
    return rows.exclude(void_at__lt=end).order_by()


def sent(start: datetime, end: datetime) -> dict[Key, int]:
    """派单 by crew; one query."""
    counts: dict[Key, int] = defaultdict(int)
    columns = ("trade", "repairer__trade", "repairer__name")
    for trade, own, name, count in sent_out(start, end).values_list(*columns).annotate(n=Count("pk")):
        counts[own or trade, name or ""] += count
    return counts


@dataclass
class Crews:
    """What the crews' table is made of, read once."""

    start: datetime
    end: datetime
    sent: dict[Key, int]
    limits: list[Limit]
    finishes: list[Finish]
    works: list[Work]
    again: list[Key]

    def row(self, trade: str, name: str, keys: set[Key]) -> CrewRow:
        """The figures of the crews `keys` together."""
        due = [limit for limit in self.limits if limit.crew in keys]
        done = [work for work in self.works if work.crew in keys]
        again = sum(key in keys for key in self.again)
        minutes = [limit.minutes for limit in due if limit.minutes is not None]
        rates = limit_figures(due) | work_figures(done, again, self.start, self.end)
        return CrewRow(
            trade, name, sum(self.sent.get(key, 0) for key in keys), rates["on_time"].part, rates["on_time"],  # type: ignore[union-attr, arg-type]
            rates["kept"], average(minutes), p90(minutes), rate(one.kept for one in self.finishes if one.crew in keys), rates["rework"], rates["satisfied"],  # type: ignore[arg-type]
        )  # fmt: skip

    def rows(self) -> list[CrewRow]:
        """A row a repairer, a 小计 a trade, 合计 at the end; nothing when there was no work."""
        done = {work.crew for work in self.works if self.start <= work.finished < self.end}
        due = {one.crew for one in self.limits} | {one.crew for one in self.finishes}
        keys = self.sent.keys() | due | done | set(self.again)
        found: list[CrewRow] = []
        for trade in sorted({trade for trade, _ in keys}):
            mine = sorted(key for key in keys if key[0] == trade)
            found += [self.row(trade or NO_TRADE, name or NOBODY, {(trade, name)}) for _, name in mine]
            found += [self.row(trade or NO_TRADE, SUBTOTAL, set(mine))] if len(mine) > 1 else []
        return [*found, self.row(ALL, "", keys)] if keys else []


def crews(rows: Read) -> list[CrewRow]:
    """报修时效, from what was read already; one query."""
    return Crews(
        rows.start, rows.end, sent(rows.start, rows.end), rows.limits, rows.finishes, rows.works, rows.again
    ).rows()


def leftovers(end: datetime) -> list[Detail]:
    """未关闭事项 at `end`, oldest first; two queries."""
    rows = details(calls_alive(end, end), orders_alive(end, end), end)
    return [row for row in rows if row.left(end)]


def age(row: Detail, end: datetime) -> int:
    """Whole days from the report to the cut-off."""
    return (end - row.received).days


def by_age(rows: list[Detail], end: datetime) -> list[tuple[str, int]]:
    """How many are how old."""
    counts = [0] * len(AGES)
    for row in rows:
        days = age(row, end)
        counts[next(i for i, (most, _) in enumerate(AGES) if most is None or days <= most)] += 1
    return [(label, count) for (_, label), count in zip(AGES, counts, strict=True)]
