"""Sentences about emergencies."""

from django.db import models
from django.db.models import Q

from helpdesk.emergencies.choices import OPEN
from reception.core.people.models import User
from reception.core.people.roles import Can

KIND, ACK = "helpdesk.emergency", "emergency.ack"
MINUTES = 5  # D4.4.4, when the rule was taken away


class EmergencyQuerySet(models.QuerySet):
    """`Emergency.objects.visible_to(user).open()`."""

    def visible_to(self, user: User) -> "EmergencyQuerySet":
        """The desk's readers and whoever handles emergencies see all; others those that they were told of."""
        if user.may(Can.VIEW_DESK) or user.may(Can.HANDLE_EMERGENCY):
            return self
        return self.filter(Q(alerts__person=user))

    def open(self) -> "EmergencyQuerySet":
        """Neither closed nor void."""
        return self.filter(status__in=OPEN)
