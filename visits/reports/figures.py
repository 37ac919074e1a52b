"""The one place that says what the figures of receptions are; pages, paper, workbook and board only show them.

A fact is one reception. Facts of a stretch of time come in three queries, however many they are; every figure is
a sum over facts, and what a link leads to are the facts behind the figure. Money is Decimal 元.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Q, Sum, When

from reception.core.people.models import User
from visits.models import Answer, Reception, Task
from visits.reports.choices import Shown, Way
from visits.reports.policies import department_of
from visits.reports.spans import Span
from visits.requests.choices import Purpose, Status
from visits.tasks.choices import TaskStatus

# What was cancelled and cost something all the same stands in the money, and nowhere else.
COUNTED = Q(started_at__isnull=False) | Q(status=Status.CANCELLED, sheet__spent__gt=0)
UNSETTLED = (Status.RECEIVING, Status.SETTLING, Status.AUDITING)
NOTHING = Decimal(0)
_COLUMNS = {
    "pk": F("id"), "number": F("no"), "customer_pk": F("customer"), "customer_label": F("customer__name"),
    "department_pk": F("department"), "department_label": F("department__name"), "tier_pk": F("tier"),
    "tier_label": F("tier__name"), "tier_order": F("tier__order"), "why": F("purpose"), "came": F("arrive_at"),
    "state": F("status"), "people": F("headcount"), "estimated": F("sheet__estimated"), "allowed": F("sheet__allowed"),
    "spent": F("sheet__spent"), "over": F("sheet__over"), "by": F("applicant__name"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One reception. keys: way → (key, label) of its group. estimated, allowed None: none known; judged, kept: tasks
    that count for the rate, and those in time; answers, scores: how many guests said something, and the sum."""

    pk: int
    no: str
    came: datetime
    customer: str
    department: str
    tier: str
    purpose: str
    by: str
    keys: dict[str, tuple[str, str]]
    order: int
    held: bool
    state: str
    heads: int
    estimated: Decimal | None
    allowed: Decimal | None
    spent: Decimal
    over: Decimal
    judged: int
    kept: int
    answers: int
    scores: int

    @property
    def score(self) -> float | None:
        """What its guests gave on average, None while nobody said."""
        return self.scores / self.answers if self.answers else None


@dataclass(frozen=True)
class Line:
    """One line of the report: the sums over `facts`. key is that of its group, "" for the whole."""

    key: str
    label: str
    facts: list[Fact] = field(repr=False)

    def _held(self) -> Iterable[Fact]:
        return (fact for fact in self.facts if fact.held)

    @property
    def times(self) -> int:
        """次数."""
        return sum(1 for _ in self._held())

    @property
    def cancelled(self) -> int:
        """How many were cancelled and cost something."""
        return sum(not fact.held for fact in self.facts)

    @property
    def unsettled(self) -> int:
        """How many whose money may still change."""
        return sum(fact.state in UNSETTLED for fact in self.facts)

    @property
    def heads(self) -> int:
        """来宾人数."""
        return sum(fact.heads for fact in self._held())

    @property
    def spent(self) -> Decimal:
        """费用, 元."""
        return sum((fact.spent for fact in self.facts), NOTHING)

    @property
    def over(self) -> Decimal:
        """超标准, 元; what one saves does not pay for another."""
        return sum((fact.over for fact in self.facts), NOTHING)

    @property
    def estimated(self) -> Decimal | None:
        """预算, 元; None where none is known."""
        return _known(fact.estimated for fact in self.facts)

    @property
    def allowed(self) -> Decimal | None:
        """标准, 元; None where none applies."""
        return _known(fact.allowed for fact in self.facts)

    @property
    def each(self) -> Decimal | None:
        """元 a guest, None without guests."""
        return (self.spent / self.heads).quantize(Decimal("0.01")) if self.heads else None

    @property
    def used(self) -> float | None:
        """What was spent against the budget, of those that have one; None without."""
        budget = self.estimated
        spent = sum((fact.spent for fact in self.facts if fact.estimated is not None), NOTHING)
        return float(spent / budget) if budget else None

    @property
    def answers(self) -> int:
        """How many guests said something."""
        return sum(fact.answers for fact in self._held())

    @property
    def score(self) -> float | None:
        """满意度, 1 to 5; None while nobody said."""
        return sum(fact.scores for fact in self._held()) / self.answers if self.answers else None

    @property
    def judged(self) -> int:
        """Tasks that count for the rate."""
        return sum(fact.judged for fact in self._held())

    @property
    def on_time(self) -> float | None:
        """任务按时率; None without tasks that count."""
        return sum(fact.kept for fact in self._held()) / self.judged if self.judged else None

    @property
    def late(self) -> int:
        """Tasks that were not in time."""
        return sum(fact.judged - fact.kept for fact in self._held())


# Which facts stand behind a figure.
BEHIND: dict[str, Callable[[Fact], bool]] = {
    Shown.TIMES: lambda fact: fact.held,
    Shown.SPENT: lambda fact: fact.spent > 0,
    Shown.OVER: lambda fact: fact.over > 0,
    Shown.BUDGET: lambda fact: fact.estimated is not None,
    Shown.SCORED: lambda fact: fact.held and fact.answers > 0,
    Shown.TASKS: lambda fact: fact.held and fact.judged > 0,
    Shown.LATE: lambda fact: fact.held and fact.judged > fact.kept,
    Shown.CANCELLED: lambda fact: not fact.held,
    Shown.UNSETTLED: lambda fact: fact.state in UNSETTLED,
}


def facts(start: datetime, end: datetime, user: User, at: datetime) -> list[Fact]:
    """The receptions that arrived in [start, end), as far as `user` may read them, the newest first; tasks are judged
    at `at`. Three queries. Raises Refused("forbidden")."""
    rows: Any = Reception.objects.filter(COUNTED, arrive_at__gte=start, arrive_at__lt=end).discreet_for(user)
    own = department_of(user)
    if own is not None:
        rows = rows.filter(department=own)
    found = list(rows.order_by("-arrive_at", "-id").values(**_COLUMNS))
    inside = rows.order_by().values("pk")
    tasks = {row["reception"]: (row["judged"], row["kept"]) for row in _tasks(inside, at)}
    said = Answer.objects.filter(reception__in=inside).order_by().values("reception")
    answers = {row["reception"]: (row["number"], row["total"])
               for row in said.annotate(number=Count("id"), total=Sum("overall"))}  # fmt: skip
    return [_fact(row, tasks.get(row["pk"], (0, 0)), answers.get(row["pk"], (0, 0))) for row in found]


def _tasks(inside: Any, at: datetime) -> Any:
    """Tasks that count, and those in time, by reception. One that was late when it was made is nobody's fault."""
    due = Q(status=TaskStatus.DONE) | Q(due_at__lt=at)
    rows = Task.objects.filter(due, reception__in=inside, compressed=False).exclude(status=TaskStatus.DROPPED)
    in_time = Case(When(done_at__lte=F("due_at"), then=1))
    return rows.order_by().values("reception").annotate(judged=Count("id"), kept=Count(in_time))


def _fact(row: dict[str, Any], tasks: tuple[int, int], answers: tuple[int, int]) -> Fact:
    purpose = Purpose(row["why"]).label if row["why"] else "未填"
    labels = {name: row[f"{name}_label"] or "未填" for name in ("customer", "department", "tier")}
    keys = {name: (str(row[f"{name}_pk"] or ""), label) for name, label in labels.items()}
    return Fact(
        row["pk"], row["number"], row["came"], labels["customer"], labels["department"], labels["tier"], purpose,
        row["by"] or "", keys | {"purpose": (row["why"], purpose)}, row["tier_order"] or 0,
        row["state"] != Status.CANCELLED, row["state"], row["people"] or 0, row["estimated"], row["allowed"],
        row["spent"] or NOTHING, row["over"] or NOTHING, *tasks, *answers,
    )  # fmt: skip


def within(found: Iterable[Fact], span: Span) -> list[Fact]:
    """Those that arrived in `span`."""
    start, end = span.start, span.end
    return [fact for fact in found if start <= fact.came < end]


def whole(found: list[Fact]) -> Line:
    """All of them as one line."""
    return Line("", "合计", found)


def grouped(found: Iterable[Fact], way: str) -> list[Line]:
    """A line a group: tiers and purposes in their own order, departments and customers by what they cost."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in found:
        groups.setdefault(fact.keys[way], []).append(fact)
    lines = [Line(key, label, rows) for (key, label), rows in groups.items()]
    if way == Way.TIER:
        return sorted(lines, key=lambda line: line.facts[0].order)
    if way == Way.PURPOSE:
        return sorted(lines, key=lambda line: ["", *Purpose.values].index(line.key) or 99)
    return sorted(lines, key=lambda line: (-line.spent, -line.times, line.label))


@dataclass(frozen=True)
class Spent:
    """Reception money of a span as the board shows it: the whole, the whole of the period before, and by groups."""

    total: Line
    before: Line
    tiers: list[Line]
    departments: list[Line]


def spent(span: Span, user: User, at: datetime) -> Spent:
    """What receptions of `span` cost, as far as `user` may read it; three queries. Raises Refused("forbidden")."""
    found = facts(span.before.start, span.end, user, at)
    now = within(found, span)
    return Spent(
        whole(now), whole(within(found, span.before)), grouped(now, Way.TIER), grouped(now, Way.DEPARTMENT)
    )


def _known(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, NOTHING) if known else None
