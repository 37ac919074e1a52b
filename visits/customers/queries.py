"""Sentences about customers: who may see which, and which answer to a few typed words."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.spelling import tidy

if TYPE_CHECKING:
    from visits.customers.models import Customer


class CustomerQuerySet(models.QuerySet["Customer"]):
    """`Customer.objects.visible_to(user).matching("yhzg")`."""

    def matching(self, words: str) -> "CustomerQuerySet":
        """Customers that hold every one of `words` in their name, its reading, its initials or a contact's
        name; nothing typed finds nobody."""
        wanted = tidy(words).split()
        if not wanted:
            return self.none()
        rows = self
        for word in wanted:
            rows = rows.filter(Q(sought__contains=word.lower()) | Q(name__icontains=word))
        return rows

    def visible_to(self, user: User) -> "CustomerQuerySet":
        """Whose page `user` may read: all with VIEW_RECEPTIONS; else those of receptions that their department
        is responsible for, that they applied for or host, or to whom they owe a promise. A draft opens nothing."""
        if user.may(Can.VIEW_RECEPTIONS):
            return self.discreet_for(user)
        owed = Q(promises__owner=user) | Q(promises__promiser=user)
        mine = self.model._default_manager.filter(self._near(user) | owed)
        return self.filter(pk__in=mine.values("pk"))

    def kept_by(self, user: User) -> "CustomerQuerySet":
        """Whose page `user` may write on (B1): the departments of the customer's receptions, the reception
        manager and the office."""
        if not user.may(Can.RUN_RECEPTION):
            return self.none()
        if user.may(Can.VIEW_RECEPTIONS):
            return self
        mine = self.model._default_manager.filter(self._near(user))
        return self.filter(pk__in=mine.values("pk"))

    def _near(self, user: User) -> Q:
        """The customer came, or is to come, to this person or to their department."""
        near = Q(receptions__applicant=user) | Q(receptions__host=user)
        if user.department_id and user.may(Can.DO_TASK):
            mine = Q(receptions__department__head=user) | Q(receptions__secret=False)
            near |= Q(receptions__department_id=user.department_id) & mine
        return Q(receptions__submitted_at__isnull=False) & near

    def discreet_for(self, user: User) -> "CustomerQuerySet":
        """Without those who only ever came in secret, when that is kept from `user`."""
        if user.may(Can.VIEW_SECRET):
            return self
        related: Any = self.model._meta.get_field("receptions").related_model
        receptions = related._default_manager
        kept = receptions.kept_from(user)
        others = receptions.filter(customer=OuterRef("pk")).exclude(pk__in=kept.values("pk"))
        return self.exclude(Exists(kept.filter(customer=OuterRef("pk"))) & ~Exists(others))


class GiftQuerySet(models.QuerySet):
    """Sentences about gifts."""

    def given(self) -> "GiftQuerySet":
        """Gifts that count: not those entered by mistake."""
        return self.filter(voided_at__isnull=True)


class PreferenceQuerySet(models.QuerySet):
    """Sentences about preferences."""

    def in_force(self) -> "PreferenceQuerySet":
        """What still holds."""
        return self.filter(ended_at__isnull=True)
