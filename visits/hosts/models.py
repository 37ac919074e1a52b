"""外出: when a person cannot host or accompany (A4)."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from reception.core.clock.periods import local
from reception.core.pairs import who
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.hosts.choices import AbsenceKind


class AbsenceQuerySet(models.QuerySet):
    """`Absence.objects.standing().between(start, end)`."""

    def standing(self) -> "AbsenceQuerySet":
        """Those that nobody took back."""
        return self.filter(withdrawn_at__isnull=True)

    def between(self, start: datetime, end: datetime) -> "AbsenceQuerySet":
        """Those that touch [start, end)."""
        return self.filter(start__lt=end, end__gt=start)

    def visible_to(self, user: User) -> "AbsenceQuerySet":
        """One's own and those one entered; for office, reception manager and administrator everybody's; for a head
        those of the department's people."""
        if user.may(Can.CONFIGURE) or (user.may(Can.VIEW_RECEPTIONS) and user.may(Can.RUN_RECEPTION)):
            return self
        return self.filter(Q(user=user) | Q(created_by=user) | Q(user__department__head=user))


class Absence(models.Model):
    """`user` is away in [start, end) (aware). Never changed: a wrong one is withdrawn and entered again."""

    user = who("谁外出", "absences", null=False)
    kind = models.CharField("事由", max_length=8, choices=AbsenceKind.choices)
    start, end = models.DateTimeField("从"), models.DateTimeField("到")
    note = models.CharField("说明", max_length=100, blank=True)
    created_at, created_by = models.DateTimeField("登记时间"), who("登记人", "+", null=False)
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawn_by = who("撤销人", "+")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "外出"
        ordering = ["start", "id"]
        indexes = [
            models.Index(fields=["user", "end"], condition=Q(withdrawn_at__isnull=True), name="absence_of_user")
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="absence_ends_after_start"),
            models.CheckConstraint(condition=Q(kind__in=AbsenceKind.values), name="absence_kind_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="absence_withdrawn_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}{self.get_kind_display()} {local(self.start):%m月%d日 %H:%M}"
