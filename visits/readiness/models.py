"""Whether a reception begins: decided before the guests arrive (records §1.3, issue 3)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from visits.readiness.choices import Verdict


class GoDecision(models.Model):
    """Whether the reception begins, decided before the guests arrive; once for each date of arrival.

    gaps: the sentences of what was missing at that moment, frozen.
    """

    reception = models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, related_name="go_decisions"
    )
    arrive_at = models.DateTimeField("为哪次到达")
    verdict = models.CharField("决定", max_length=6, choices=Verdict.choices)
    reason = models.CharField("原因", max_length=200, blank=True)
    gaps = models.JSONField("缺项", default=list, blank=True)
    decided_at = models.DateTimeField("决定时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="决定人", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "开始前决定"
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["reception", "arrive_at"], name="go_once_an_arrival"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="go_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.READY) | ~Q(reason=""), name="go_with_gaps_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.get_verdict_display()
