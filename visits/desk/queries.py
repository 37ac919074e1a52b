"""What the desk asks of the database: each sentence is one query, the same for few and many."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from reception.core.people.models import User
from visits.models import Absence, Answer, Item, Reception, Task
from visits.requests.choices import Status
from visits.tasks.choices import TaskStatus

MOST = 200  # receptions of one screen
LIST = 8  # cards of a list; the rest is behind its link
SAID = timedelta(days=30)
WEEK = timedelta(days=7)
FREE = Q(status=TaskStatus.TODO, assignee__isnull=True)  # nobody took it, nobody was named


def visits(user: User, today: tuple[datetime, datetime], week: tuple[datetime, datetime]) -> list[Reception]:
    """Approved receptions whose guests are here today (or were not seen off yet) or come in `week`, by arrival."""
    here = Q(arrive_at__lt=today[1], leave_at__gte=today[0]) | Q(status=Status.RECEIVING)
    coming = Q(arrive_at__lt=week[1], leave_at__gte=week[0])
    away = Absence.objects.standing().filter(
        user=OuterRef("host"), start__lt=OuterRef("leave_at"), end__gt=OuterRef("arrive_at")
    )
    rows = Reception.objects.visible_to(user).approved().filter(here | coming).for_list()
    rows = rows.select_related("host__position").annotate(host_absent=Exists(away))
    return list(rows.order_by("arrive_at", "id")[:MOST])


def items(receptions: list[int], today: tuple[datetime, datetime]) -> list[Item]:
    """What the itineraries of these receptions say of today, in its order."""
    rows = Item.objects.filter(itinerary__reception__in=receptions, start__lt=today[1], end__gt=today[0])
    return list(rows.select_related("itinerary", "person", "department").order_by("start", "end", "id"))


def load(user: User, at: datetime) -> list[dict[str, Any]]:
    """A line a department with open tasks: how many, due within seven days, late, unclaimed, blocked."""
    late = Q(due_at__lt=at)
    rows: Any = Task.objects.visible_to(user).open().order_by().values("department_id", "department__name")
    rows = rows.annotate(
        open=Count("pk"), soon=Count("pk", filter=Q(due_at__gte=at, due_at__lt=at + WEEK)), late=Count("pk", filter=late),
        free=Count("pk", filter=FREE), blocked=Count("pk", filter=Q(status=TaskStatus.BLOCKED)),
    )  # fmt: skip
    return list(rows.order_by("-late", "-open", "department_id"))


def pressing(user: User, at: datetime) -> QuerySet[Task]:
    """The tasks most overdue, and the unclaimed ones due next: LIST of each, `overdue` tells which."""
    overdue = Case(When(due_at__lt=at, then=Value(1)), default=Value(0))
    rows = Task.objects.visible_to(user).open().filter(Q(due_at__lt=at) | FREE)
    rows = rows.annotate(overdue=overdue)
    place = Window(RowNumber(), partition_by=F("overdue"), order_by=[F("due_at").asc(), F("pk").asc()])
    rows = rows.annotate(place=place).filter(place__lte=LIST)
    return rows.select_related("department", "assignee", "reception").order_by("due_at", "pk")


def said(user: User, at: datetime) -> list[dict[str, Any]]:
    """What guests answered in the last thirty days, the newest first."""
    seen = Reception.objects.visible_to(user).order_by().values("pk")
    rows: Any = Answer.objects.filter(answered_at__gte=at - SAID, reception__in=seen).order_by(
        "-answered_at", "-id"
    )
    return list(
        rows.values("overall", "words", "name", "answered_at", "reception__no", "reception__customer_name")
    )
