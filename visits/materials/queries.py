"""Sentences about materials and their movements (A5.2)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.spelling import tidy

if TYPE_CHECKING:
    from visits.materials.models import Material, StockMove


class MaterialQuerySet(models.QuerySet["Material"]):
    """`Material.objects.in_use().matching("yc")`."""

    def in_use(self) -> "MaterialQuerySet":
        """Not stopped."""
        return self.filter(stopped_at__isnull=True)

    def matching(self, words: str) -> "MaterialQuerySet":
        """Those that hold every one of `words` in name, its reading, edition, place, number or certificate."""
        rows = self
        for word in tidy(words).split():
            rows = rows.filter(
                Q(sought__contains=word.lower()) | Q(name__icontains=word) | Q(cert_no__icontains=word) | Q(no__icontains=word)
            )  # fmt: skip
        return rows

    def low(self) -> "MaterialQuerySet":
        """In use, and less there than should be."""
        return self.in_use().filter(stock__lt=F("minimum"))

    def running_out(self, on: date, days: int) -> "MaterialQuerySet":
        """In use, with a certificate whose last day is before `on` or at most `days` after it."""
        return self.in_use().filter(valid_until__lte=on + timedelta(days=days))

    def expired(self, on: date) -> "MaterialQuerySet":
        """In use, though the certificate no longer holds on the Shanghai day `on`."""
        return self.in_use().filter(valid_until__lt=on)

    def kept_by(self, user: User) -> "MaterialQuerySet":
        """Those that wait for this person: all for who keeps the resources, a department's for its head."""
        if user.may(Can.KEEP_RESOURCE):
            return self
        return self.filter(department__head=user) if user.may(Can.DO_TASK) else self.none()

    def pressing_for(self, user: User, on: date) -> "MaterialQuerySet":
        """What this person has to see to: too few, or a certificate that ends within thirty days."""
        low = Q(stock__lt=F("minimum")) | Q(valid_until__lte=on + timedelta(days=30))
        return self.kept_by(user).in_use().filter(low)


class StockMoveQuerySet(models.QuerySet["StockMove"]):
    """`StockMove.objects.handed_out().seen_by(user)`."""

    def handed_out(self) -> "StockMoveQuerySet":
        """发放, with `.returned` 件 that came back of each."""
        return self.filter(kind="give").with_returned()

    def with_returned(self) -> "StockMoveQuerySet":
        """`.returned`: 件 that came back of each."""
        return self.annotate(returned=Coalesce(Sum("backs__change"), 0))

    def seen_by(self, user: User) -> "StockMoveQuerySet":
        """Without a reception, or of one that `user` may see."""
        reception: Any = self.model._meta.get_field("reception").related_model
        seen = reception._default_manager.visible_to(user).values("pk")
        return self.filter(Q(reception__isnull=True) | Q(reception__in=seen))

    def for_list(self) -> "StockMoveQuerySet":
        """With all that a line shows."""
        return self.select_related("material", "moved_by", "reception", "department", "origin")
