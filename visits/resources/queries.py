"""Sentences about resources and their bookings (B4)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Avg, Count, Q

from reception.core.people.models import User
from reception.core.spelling import tidy
from visits.resources.choices import HOLDING, LIVE, BookingStatus

if TYPE_CHECKING:
    from visits.resources.models import Resource, ResourceBooking


class ResourceQuerySet(models.QuerySet["Resource"]):
    """`Resource.objects.matching("hys").open_on(day)`."""

    def matching(self, words: str) -> "ResourceQuerySet":
        """Those that hold every one of `words` in their name, its reading, their place or keeper."""
        rows = self
        for word in tidy(words).split():
            rows = rows.filter(Q(sought__contains=word.lower()) | Q(name__icontains=word))
        return rows

    def open_on(self, on: date) -> "ResourceQuerySet":
        """Those that take bookings on the Shanghai day `on`."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))

    def judged(self) -> "ResourceQuerySet":
        """`.stars` (mean of 1–5, None without any) and `.votes` from past receptions."""
        return self.annotate(stars=Avg("bookings__score"), votes=Count("bookings__score"))


class BookingQuerySet(models.QuerySet["ResourceBooking"]):
    """`ResourceBooking.objects.of(resource).holding().between(start, end)`."""

    def live(self) -> "BookingQuerySet":
        """Not let go."""
        return self.filter(status__in=LIVE)

    def holding(self) -> "BookingQuerySet":
        """Those that others see: tentative and firm."""
        return self.filter(status__in=HOLDING)

    def firm(self) -> "BookingQuerySet":
        """已订."""
        return self.filter(status=BookingStatus.FIRM)

    def touching(self, start: datetime, end: datetime) -> "BookingQuerySet":
        """Those whose time, with preparation and clearing up, touches [start, end)."""
        return self.filter(held_from__lt=end, held_until__gt=start)

    def visible_to(self, user: User) -> "BookingQuerySet":
        """One's own, those without a reception, and those of a reception or task that `user` may see."""
        reception: Any = self.model._meta.get_field("reception").related_model
        task: Any = self.model._meta.get_field("task").related_model
        seen = Q(created_by=user) | Q(reception__isnull=True)
        seen |= Q(reception__in=reception._default_manager.visible_to(user).values("pk"))
        seen |= Q(task__in=task._default_manager.visible_to(user).values("pk"))
        return self.filter(seen)

    def for_page(self) -> "BookingQuerySet":
        """With all that a line of one shows, in one query."""
        return self.select_related(
            "resource", "created_by__department", "reception__applicant", "task__department"
        )
