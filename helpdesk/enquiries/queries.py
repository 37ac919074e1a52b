"""Sentences about enquiries."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef

from helpdesk.enquiries.choices import OPEN
from reception.core.clock.models import Clock
from reception.core.people.models import User
from reception.core.people.roles import Can

KIND = "helpdesk.enquiry"
REPLY, RING = "enquiry.reply", "enquiry.ring"
AGAIN = 30  # minutes of the desk's hours between two rings, when the row was taken away


class EnquiryQuerySet(models.QuerySet):
    """`Enquiry.objects.visible_to(user).open().late(at)`."""

    def visible_to(self, user: User) -> "EnquiryQuerySet":
        """The desk's readers see all; others what they were asked about as a specialist."""
        return self if user.may(Can.VIEW_DESK) else self.filter(specialist=user)

    def open(self) -> "EnquiryQuerySet":
        """Not over."""
        return self.filter(status__in=OPEN)

    def late(self, at: datetime) -> "EnquiryQuerySet":
        """Not answered in time, now or ever."""
        return self.filter(broken(at))


def broken(at: datetime) -> Exists:
    """Whether the limit of the enquiry was ever missed."""
    return Exists(Clock.objects.late(at).filter(subject_kind=KIND, subject_id=OuterRef("pk")))
