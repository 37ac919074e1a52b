"""Sentences about matters."""

from datetime import datetime

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from helpdesk.matters.choices import CHARGED, OPEN, Kind, Status
from reception.core.clock.models import Clock
from reception.core.people.models import User
from reception.core.people.roles import Can

KIND = "helpdesk.matter"
ASSIGN, HANDLE, FEEDBACK = "matter.assign", "matter.handle", "matter.feedback"
# Minutes of the desk's hours, when the rows were taken away.
MINUTES = {ASSIGN: 240, FEEDBACK: 480}


def charged_with(user: User) -> Q:
    """What was given to `user`, or to their department and nobody in it."""
    mine = Q(worker=user)
    if user.department_id:
        mine |= Q(worker__isnull=True, department_id=user.department_id)
    return mine


def praising(user: User) -> Q:
    """Praise of `user`, or of the department they belong to or head."""
    return (
        Q(praised=user)
        | Q(praised_department__head=user)
        | (Q(praised_department_id=user.department_id) if user.department_id else Q(pk__in=()))
    )


class MatterQuerySet(models.QuerySet):
    """`Matter.objects.visible_to(user).open().late(at)`."""

    def visible_to(self, user: User) -> "MatterQuerySet":
        """The desk's readers see all; others what they or their department were given, and the praise of them."""
        if user.may(Can.VIEW_DESK):
            return self
        given = Q(assigned_at__isnull=False) & (
            charged_with(user) | (Q(department_id=user.department_id) if user.department_id else Q(pk__in=()))
        )
        return self.filter(given | (Q(kind=Kind.PRAISE) & praising(user) & ~Q(status=Status.VOID)))

    def open(self) -> "MatterQuerySet":
        """Neither closed nor void."""
        return self.filter(status__in=OPEN)

    def waiting_in(self, user: User) -> "MatterQuerySet":
        """Given to `user` or their department, and not finished."""
        return self.filter(charged_with(user), status__in=CHARGED)

    def late(self, at: datetime) -> "MatterQuerySet":
        """A limit was missed, now or ever."""
        return self.filter(broken(at))

    def praise(self) -> "MatterQuerySet":
        """Praise that was not voided."""
        return self.filter(kind=Kind.PRAISE).exclude(status=Status.VOID)

    def praise_counts(self, start: datetime, end: datetime) -> "models.QuerySet":
        """Who was praised how often in [start, end), most first: rows of values (who, where, count)."""
        return (
            self.praise()
            .filter(created_at__gte=start, created_at__lt=end)
            .order_by()
            .values(who=F("praised__name"), where=F("praised_department__name"))
            .annotate(count=Count("pk"))
            .order_by("-count", "where", "who")
        )


def broken(at: datetime) -> Exists:
    """Whether a limit of the matter was ever missed."""
    return Exists(Clock.objects.late(at).filter(subject_kind=KIND, subject_id=OuterRef("pk")))
