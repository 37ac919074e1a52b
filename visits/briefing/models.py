"""Who has read the briefing and its conduct rules (A6), and the calendar links of people."""

from django.db import models
from django.db.models import Q

from reception.core.pairs import who


class Acknowledgement(models.Model):
    """`user` read the briefing of this version of `reception` and its conduct rules at `at` (aware). Never changed,
    once each a version: a change that comes into force asks again."""

    reception = models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, related_name="acknowledgements"
    )
    user = who("知悉人", "acknowledgements", null=False)
    at = models.DateTimeField("知悉时间")
    version = models.PositiveSmallIntegerField("第几版", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "简报知悉"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reception", "user", "version"], name="acknowledged_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}"


class CalendarLinkQuerySet(models.QuerySet):
    """`CalendarLink.objects.live()`."""

    def live(self) -> "CalendarLinkQuerySet":
        """Links that nobody revoked, of people who may still sign in."""
        return self.filter(revoked_at__isnull=True, created_by__is_active=True)


class CalendarLink(models.Model):
    """The secret address of one person's calendar: who made it is whose it is. Only the token's SHA-256 is kept,
    so the table opens no calendar. At most one is live."""

    token_hash = models.CharField("密钥摘要", max_length=64, unique=True)
    created_at, created_by = models.DateTimeField("生成时间"), who("本人", "calendar_links", null=False)
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    revoked_by = who("停用人", "+")

    objects = CalendarLinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["created_by"], condition=Q(revoked_at__isnull=True), name="calendar_one_live_link"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="calendar_revoked_at_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.created_by}的日历订阅"
