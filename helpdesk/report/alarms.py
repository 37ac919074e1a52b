"""突发事件、重要问题 of a period: how soon they were reported, confirmed and under control (D4.4.4)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from helpdesk.emergencies.choices import Grade, Service, Status
from helpdesk.emergencies.models import Alert, Emergency, Outside
from helpdesk.report.cases import status_at, stood
from helpdesk.report.rates import Figures, Mean, mean


class Alarm(NamedTuple):
    """One emergency as it stood at the cut-off; what was not known yet is "" or None."""

    no: str
    recorded: datetime
    category: int | None
    grade: str
    received: datetime
    happened: datetime | None
    place: str
    content: str
    told: datetime | None
    confirmed: datetime | None
    controlled: datetime | None
    closed: datetime | None
    people: int
    answered: int
    outside: str
    commander: str
    casualties: str
    losses: str
    result: str
    prevention: str
    state: str

    @property
    def first_report(self) -> float | None:
        """首报时长 in minutes: the first report − received."""
        return minutes(self.received, self.told)

    @property
    def first_answer(self) -> float | None:
        """Minutes from the first report to the first confirmation."""
        return minutes(self.told, self.confirmed)

    @property
    def control(self) -> float | None:
        """Minutes from the reception until it was under control."""
        return minutes(self.received, self.controlled)


def minutes(start: datetime | None, end: datetime | None) -> float | None:
    """Minutes between two moments; None when either is unknown."""
    return (end - start).total_seconds() / 60 if start and end else None


def first_reports(start: datetime, end: datetime) -> QuerySet[Any]:
    """What was received in [start, end) and reported: `came` and `first` are the moments."""
    rows = Emergency.objects.filter(stood(end), created_at__gte=start).order_by()
    told = rows.annotate(came=Coalesce("call__recorded_at", "created_at"), first=Min("alerts__told_at"))
    return told.filter(first__isnull=False)


def alarm_figures(start: datetime, end: datetime) -> Figures:
    """首报时长 of what was received in [start, end); one query."""
    found: Any = first_reports(start, end).values_list("came", "first")
    return {"first_report": mean((first - came).total_seconds() for came, first in found)}


def alarms(start: datetime, end: datetime) -> list[Alarm]:
    """Every emergency that was received before `end` and not over before `start`, oldest first; two queries."""
    open_or_later = Q(closed_at__isnull=True) | Q(closed_at__gte=start)
    rows = Emergency.objects.filter(stood(end), open_or_later)
    calls_out = Outside.objects.filter(emergency__in=rows.order_by(), called_at__lt=end).order_by("id")
    outside: dict[int, list[str]] = {}
    for pk, service in calls_out.values_list("emergency_id", "service"):
        outside.setdefault(pk, []).append(Service(service).label)
    return [_alarm(row, outside, end) for row in _rows(rows, end)]


def _rows(rows: QuerySet[Emergency], end: datetime) -> Iterator[Any]:
    """The columns of each, with what the chain of reports says."""
    chain = Alert.objects.filter(emergency=OuterRef("pk")).order_by().values("emergency")
    answered = chain.filter(acknowledged_at__lt=end).annotate(n=Count("pk")).values("n")
    asked = rows.annotate(
        came=Coalesce("call__recorded_at", "created_at"),
        first=Subquery(chain.annotate(n=Min("told_at")).values("n")),
        people=Coalesce(Subquery(chain.annotate(n=Count("pk")).values("n")), 0),
        answers=Coalesce(Subquery(answered), 0),
        was=status_at("helpdesk.emergency", end),
    )
    yield from asked.order_by(F("came"), "no").values()


def _alarm(row: dict, outside: dict[int, list[str]], end: datetime) -> Alarm:
    """One row; what was written after the cut-off is not seen."""

    def by(name: str, *texts: str) -> tuple:
        """The moment, and the texts written with it; nothing when it lies behind the cut-off."""
        at = row[f"{name}_at"]
        there = at is not None and at < end
        return (at if there else None, *(row[text] if there else "" for text in texts))

    result, prevention = by("written", "result")[1], by("prevented", "prevention")[1]
    state = Status(row["was"] or Status.RECEIVED).label
    return Alarm(
        row["no"],
        row["created_at"], row["category_id"], Grade(row["grade"]).label if row["grade"] else "", row["came"], row["happened_at"],
        row["place"], row["content"], row["first"], by("reported")[0], by("controlled")[0], by("closed")[0], row["people"],
        row["answers"], "、".join(outside.get(row["id"], [])), row["commander"], row["casualties"], row["losses"],
        result, prevention, state,
    )  # fmt: skip


def average(values: Iterable[float | None]) -> Mean:
    """The mean of what is known, of minutes."""
    return mean(value * 60 for value in values if value is not None)
