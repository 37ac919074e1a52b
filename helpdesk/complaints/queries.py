"""Sentences about complaints."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from helpdesk.complaints.choices import OPEN
from reception.core.clock.models import Clock
from reception.core.people.models import User
from reception.core.people.roles import Can

KIND = "helpdesk.complaint"
CONFIRM, HANDLE, FEEDBACK = "complaint.confirm", "complaint.handle", "complaint.feedback"
# Minutes of the desk's hours, when the rows were taken away.
MINUTES = {CONFIRM: 480, HANDLE: 1440, FEEDBACK: 480}


class ComplaintQuerySet(models.QuerySet):
    """`Complaint.objects.visible_to(user).open().late(at)`."""

    def visible_to(self, user: User) -> "ComplaintQuerySet":
        """The desk's readers and the signers see all; others what was sent to their own department."""
        if user.may(Can.VIEW_DESK) or user.may(Can.CONFIRM_COMPLAINT):
            return self
        if user.department_id is None:
            return self.none()
        return self.filter(Q(department_id=user.department_id, sent_at__isnull=False) | Q(worker=user))

    def open(self) -> "ComplaintQuerySet":
        """Neither closed nor void."""
        return self.filter(status__in=OPEN)

    def late(self, at: datetime) -> "ComplaintQuerySet":
        """A promise was broken, now or ever."""
        return self.filter(broken(at))


def broken(at: datetime) -> Exists:
    """Whether a limit of the complaint was ever missed."""
    return Exists(Clock.objects.late(at).filter(subject_kind=KIND, subject_id=OuterRef("pk")))
