"""《顾客投诉处理记录表》 of a period: what was complained of, who answered for it, what the customer said (D4.4.2)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from helpdesk.complaints.choices import OPEN, Nature, Opinion, Status
from helpdesk.complaints.models import Complaint
from helpdesk.complaints.queries import HANDLE, KIND
from helpdesk.report.cases import NEVER, status_at
from helpdesk.report.rates import Mean, Rate, mean, rate
from helpdesk.report.tables import names
from reception.core.clock.models import Clock
from reception.core.ledger.models import Event

NOWHERE = "未转部门"


class Complained(NamedTuple):
    """One complaint as it stood at the cut-off; what was not known yet is "" or None. round: how often handled."""

    no: str
    received: datetime
    category: str
    place: str
    content: str
    nature: str
    department: str
    due: datetime | None
    done: datetime | None
    measures: str
    opinion: str
    round: int
    state: str
    fed_back: datetime | None
    closed: datetime | None
    void: datetime | None

    def new(self, start: datetime) -> bool:
        """Received in the period."""
        return self.received >= start

    @property
    def open(self) -> bool:
        """Neither closed nor struck out at the cut-off."""
        return self.closed is None and self.void is None


@dataclass
class Handled:
    """One responsible department: 转办, and of the limits that fell due how many were kept."""

    department: str
    sent: int = 0
    due: Rate = field(default_factory=Rate)


@dataclass(frozen=True)
class Complaints:
    """Everything the sheet 投诉 says. unsatisfied: feedbacks of the period that sent it one level up."""

    start: datetime
    rows: list[Complained]
    handled: list[Handled]
    unsatisfied: int

    @property
    def received(self) -> list[Complained]:
        """Received in the period and not struck out."""
        return [row for row in self.rows if row.new(self.start) and not row.void]

    @property
    def took(self) -> Mean:
        """平均办结用时 of those closed in the period."""
        return mean(
            (row.closed - row.received).total_seconds() for row in self.rows if row.closed and not row.void
        )

    def opinions(self) -> Counter[str]:
        """What was fed back in the period: 满意, 基本满意, 联系不上, and 不满意 as often as it was said."""
        said = Counter(
            row.opinion for row in self.rows if row.fed_back and row.fed_back >= self.start and row.opinion
        )
        said[Opinion.UNSATISFIED.label] = self.unsatisfied
        return said


def complaints(start: datetime, end: datetime) -> Complaints:
    """The complaints open at some time of [start, end), as they stood at `end`; four queries."""
    alive = Q(status__in=OPEN) | Q(closed_at__gte=start, closed_at__lt=NEVER)
    alive |= Q(status=Status.VOID, closed_at__isnull=True, void_at__gte=start)
    rows = Complaint.objects.filter(alive, created_at__lt=end)
    told = Event.objects.filter(
        subject_kind=KIND, verb="feedback", new=Status.AGAIN, at__gte=start, at__lt=end
    )
    again = told.filter(subject_id__in=rows.filter(round__gt=1).order_by().values("pk")).order_by().count()
    words, began = names(), Event.objects.filter(subject_kind=KIND, subject_id=OuterRef("pk"), at__lt=end)
    rounds = (
        began.filter(verb="feedback", new=Status.AGAIN)
        .order_by()
        .values("subject_id")
        .annotate(n=Count("pk"))
    )
    asked = rows.annotate(was=status_at(KIND, end), again=Coalesce(Subquery(rounds.values("n")), 0))
    ordered = asked.order_by("created_at", "no")
    found = [_row(one, words, end) for one in ordered.values(*COLUMNS, "was", "again", "department__name")]
    return Complaints(start, found, list(handled(start, end)), again)


COLUMNS = (
    "no", "created_at", "category_id", "place", "content", "nature", "handle_due_at", "done_at", "measures", "opinion",
    "verified_at", "confirmed_at", "fed_back_at", "closed_at", "void_at",
)  # fmt: skip


def _row(one: dict, words: dict[int | None, str], end: datetime) -> Complained:
    """One complaint; what was written after the cut-off is not seen."""

    def at(name: str) -> datetime | None:
        moment: datetime | None = one[f"{name}_at"]
        return moment if moment is not None and moment < end else None

    sure, done, fed_back = at("confirmed"), at("done"), at("fed_back")
    nature = Nature(one["nature"]).label if at("verified") and one["nature"] else ""
    return Complained(
        one["no"], one["created_at"], words[one["category_id"]], one["place"], one["content"], nature,
        (one["department__name"] or "") if sure else "", one["handle_due_at"] if sure else None, done,
        one["measures"] if done else "", Opinion(one["opinion"]).label if fed_back and one["opinion"] else "",
        one["again"] + 1, Status(one["was"] or Status.RECEIVED).label, fed_back, at("closed"), at("void"),
    )  # fmt: skip


def handled(start: datetime, end: datetime) -> Iterable[Handled]:
    """By the department that answers for it: handed over in [start, end), and the limits due in it; one query."""
    order = Complaint.objects.filter(pk=OuterRef("subject_id")).order_by()
    clocks = Clock.objects.filter(rule=HANDLE, subject_kind=KIND).order_by()
    clocks = clocks.filter(
        Q(due_at__gte=start, due_at__lt=end) | Q(started_at__gte=start, started_at__lt=end)
    )
    asked = clocks.annotate(
        department=Subquery(order.values("department__name")), void=Subquery(order.values("void_at"))
    ).filter(Q(void__isnull=True) | Q(void__gte=end))
    sent, due = Counter[str](), dict[str, list[bool]]()
    for name, begun, limit, stopped in asked.values_list("department", "started_at", "due_at", "stopped_at"):
        sent[name or NOWHERE] += start <= begun < end
        if start <= limit < end:
            due.setdefault(name or NOWHERE, []).append(stopped is not None and stopped <= limit)
    for name in sorted(sent.keys() | due.keys()):
        yield Handled(name, sent[name], rate(due.get(name, [])))
