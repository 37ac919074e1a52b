"""Sentences about visitors."""

from django.db import models
from django.db.models import Q

from helpdesk.visitors.choices import Status
from reception.core.people.models import User
from reception.core.people.roles import Can


class VisitorQuerySet(models.QuerySet):
    """`Visitor.objects.visible_to(user).inside()`."""

    def visible_to(self, user: User) -> "VisitorQuerySet":
        """The desk's readers see all; others those who came to them, or to the department they head."""
        if user.may(Can.VIEW_DESK):
            return self
        return self.filter(Q(host=user) | Q(department__head=user))

    def inside(self) -> "VisitorQuerySet":
        """Who is in the building now (C5)."""
        return self.filter(status=Status.INSIDE)
