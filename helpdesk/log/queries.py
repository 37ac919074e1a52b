"""Sentences about calls."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef

from helpdesk.log.choices import Status
from reception.core.clock.models import Clock
from reception.core.people.models import User
from reception.core.people.roles import Can

SUBJECT, DAY = "helpdesk.call", "helpdesk.call"


class CallQuerySet(models.QuerySet):
    """`Call.objects.visible_to(user).open().late(at)`."""

    def visible_to(self, user: User) -> "CallQuerySet":
        """The desk's readers see every call, nobody else any."""
        return self if user.may(Can.VIEW_DESK) else self.none()

    def open(self) -> "CallQuerySet":
        """Neither answered nor turned into an order."""
        return self.filter(status=Status.OPEN)

    def between(self, start: datetime, end: datetime) -> "CallQuerySet":
        """Calls that came in [start, end)."""
        return self.filter(recorded_at__gte=start, recorded_at__lt=end)

    def late(self, at: datetime) -> "CallQuerySet":
        """Not answered by the promised time or the end of the day, now or ever (D4.1)."""
        rows = Clock.objects.late(at).filter(subject_kind=SUBJECT, rule=DAY, subject_id=OuterRef("pk"))
        return self.filter(Exists(rows))

    def desk(self, at: datetime) -> "CallQuerySet":
        """What is open, most pressing first: by the promised time, then by age; one query."""
        return (
            self.open()
            .select_related("unit", "category__parent")
            .order_by(F("reply_due_at").asc(nulls_last=True), "id")
        )
