"""Promises kept per person in a month: made, in time, late, still to come; and who called back (E5.2.1b)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from helpdesk.enquiries.choices import Outcome, Status
from helpdesk.enquiries.models import CallBack


@dataclass
class Tally:
    """One person: made = kept + late + open + moved, by who promised; answered: what this person called back."""

    name: str
    made: int = 0
    kept: int = 0
    late: int = 0
    open: int = 0
    moved: int = 0
    answered: int = 0
    answered_in_time: int = 0

    @property
    def rate(self) -> str:
        """按时 ÷（按时 + 逾期）; — when nothing was due."""
        due = self.kept + self.late
        return f"{self.kept / due:.1%}" if due else "—"


def tallies(start: datetime, end: datetime, at: datetime) -> list[Tally]:
    """Everybody who promised or called back in [start, end), as it stands at `at`; two queries. Struck-out records count nowhere."""
    found: dict[int, Tally] = {}
    rows = CallBack.objects.exclude(enquiry__status=Status.VOID).order_by()
    for row in _made(rows.filter(made_at__gte=start, made_at__lt=end), at):
        pk, name = row.pop("made_by"), row.pop("made_by__name")
        found[pk] = Tally(name, **row)
    ended = rows.filter(outcome=Outcome.DONE, ended_at__gte=start, ended_at__lt=end)
    said = ended.values("ended_by", "ended_by__name").annotate(
        all=Count("pk"), in_time=Count("pk", filter=Q(ended_at__lte=F("due_at")))
    )
    for row in said:
        one = found.setdefault(row["ended_by"], Tally(row["ended_by__name"]))
        one.answered, one.answered_in_time = row["all"], row["in_time"]
    return sorted(found.values(), key=lambda one: (-one.made, -one.answered, one.name))


def _made(rows: QuerySet[CallBack], at: datetime) -> Any:
    """What became of the promises, by who made them."""
    in_time = Q(ended_at__lte=F("due_at"))
    late = Q(ended_at__gt=F("due_at")) | Q(outcome=Outcome.OPEN, due_at__lt=at)
    return rows.values("made_by", "made_by__name").annotate(
        made=Count("pk"),
        kept=Count("pk", filter=Q(outcome=Outcome.DONE) & in_time),
        late=Count("pk", filter=late),
        open=Count("pk", filter=Q(outcome=Outcome.OPEN, due_at__gte=at)),
        moved=Count("pk", filter=~Q(outcome__in=(Outcome.OPEN, Outcome.DONE)) & in_time),
    )
