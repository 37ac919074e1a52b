"""抄送: who was sent a reception to read, and who opened it (records §1.2)."""

from django.conf import settings
from django.db import models

from reception.core.people.models import User


class CopyQuerySet(models.QuerySet["Copy"]):
    """`Copy.objects.to_read(user)`."""

    def to_read(self, user: User) -> "CopyQuerySet":
        """Sent to `user` and not opened yet."""
        return self.filter(to=user, opened_at__isnull=True)

    def chosen(self) -> "CopyQuerySet":
        """Sent to somebody by name, not because their department has a task."""
        return self.filter(department__isnull=True)


class Copy(models.Model):
    """One reception sent to one person. It lets them see that reception and nothing else.

    department: set when it came by itself, because that department has tasks in it (A3.2).
    """

    reception = models.ForeignKey(
        "visits.Reception", models.PROTECT, related_name="copies", verbose_name="接待"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="copies", verbose_name="抄送给"
    )
    department = models.ForeignKey(
        "core.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="因部门任务"
    )
    sent_at = models.DateTimeField("抄送时间")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="抄送人"
    )
    opened_at = models.DateTimeField("已阅时间", null=True, blank=True)

    objects = CopyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "抄送"
        ordering = ["sent_at", "id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["to", "-sent_at", "-id"], name="copy_of_person"),
            models.Index(fields=["to"], condition=models.Q(opened_at__isnull=True), name="copy_unread"),
        ]
        constraints = [models.UniqueConstraint(fields=["reception", "to"], name="one_copy_a_person")]

    def __str__(self) -> str:
        return f"{self.reception} 抄送 {self.to}"
