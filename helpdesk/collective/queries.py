"""Sentences about collective reports."""

from django.db import models

from helpdesk.collective.choices import OPEN
from reception.core.people.models import User
from reception.core.people.roles import Can

KIND, CALL_BACK = "helpdesk.collective", "collective.call_back"
MINUTES = 480  # of the desk's hours, when the rule was taken away


class CollectiveQuerySet(models.QuerySet):
    """`Collective.objects.visible_to(user).open()`."""

    def visible_to(self, user: User) -> "CollectiveQuerySet":
        """The desk's readers see all, nobody else any."""
        return self if user.may(Can.VIEW_DESK) else self.none()

    def open(self) -> "CollectiveQuerySet":
        """Proposed, or not everybody called back."""
        return self.filter(status__in=OPEN)
