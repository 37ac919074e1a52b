"""Sentences about the days' summaries."""

from django.db import models

from reception.core.people.models import User
from reception.core.people.roles import Can


class DayQuerySet(models.QuerySet):
    """`Day.objects.visible_to(user)`."""

    def visible_to(self, user: User) -> "DayQuerySet":
        """The desk's readers see every day, nobody else any."""
        return self if user.may(Can.VIEW_DESK) else self.none()
