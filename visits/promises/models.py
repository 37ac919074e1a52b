"""对客户的承诺: what was promised, by whom, until which day, and what became of it (B1)."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from reception.core.clock.periods import local
from reception.core.ledger.models import Subject
from reception.core.pairs import who
from reception.core.people.models import User
from visits.customers.models import Customer
from visits.promises.choices import PromiseStatus


class PromiseQuerySet(models.QuerySet):
    """`Promise.objects.open().owed_by(user)`."""

    def open(self) -> "PromiseQuerySet":
        """Neither kept nor taken back."""
        return self.filter(status=PromiseStatus.OPEN)

    def overdue(self, on: date) -> "PromiseQuerySet":
        """Open ones whose last day is before the Shanghai day `on`."""
        return self.open().filter(due_on__lt=on)

    def owed_by(self, user: User) -> "PromiseQuerySet":
        """Open ones that wait for this person."""
        return self.open().filter(owner=user)

    def visible_to(self, user: User) -> "PromiseQuerySet":
        """Those a person owes or made, and those of customers whose page they may read."""
        mine = Q(owner=user) | Q(promiser=user)
        return self.filter(mine | Q(customer__in=Customer.objects.visible_to(user).values("pk")))

    def for_list(self) -> "PromiseQuerySet":
        """With all that a row shows, the first due first."""
        return self.select_related("customer", "owner").order_by("due_on", "id")


class Promise(Subject):
    """One promise to a customer. `promiser` gave the word, `owner` sees to it; due at the end of `due_on`."""

    customer = models.ForeignKey(
        Customer, verbose_name="客户", on_delete=models.PROTECT, related_name="promises"
    )
    reception = models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, null=True, blank=True, related_name="promises"
    )  # fmt: skip
    what = models.CharField("承诺内容", max_length=120)
    promiser, owner = who("承诺人", "+", null=False), who("责任人", "promises", null=False)
    due_on = models.DateField("兑现期限")
    status = models.CharField(
        "状态", max_length=10, choices=PromiseStatus.choices, default=PromiseStatus.OPEN
    )
    closed_at = models.DateTimeField("了结时间", null=True, blank=True)
    closed_by = who("了结人", "+")
    outcome = models.CharField("结果", max_length=200, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "对客户的承诺"
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], condition=Q(status="open"), name="promise_open_of_owner"
            ),
            models.Index(fields=["customer", "due_on"], name="promise_of_customer"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="promise_says_something"),
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True, closed_by__isnull=True)
                | Q(status__in=("kept", "withdrawn"), closed_at__isnull=False, closed_by__isnull=False),
                name="promise_closed_at_by_when_over",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(outcome=""), name="promise_withdrawn_with_reason"
            ),
        ]

    @property
    def title(self) -> str:
        """What a list shows of it."""
        return self.what

    def is_late(self, at: datetime) -> bool:
        """Open after its last day, or kept after it."""
        end = self.closed_at or at
        return self.status != PromiseStatus.WITHDRAWN and local(end).date() > self.due_on

    def get_absolute_url(self) -> str:
        """Its own page, where it is kept or taken back."""
        return f"/visits/promises/{self.no}/"
