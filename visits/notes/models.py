"""备忘: what was noted on the spot and afterwards. Append-only: a correction is a new note that names the old one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Note(models.Model):
    """One note on one reception. `corrects`: the earlier note that this one puts right."""

    reception = models.ForeignKey(
        "visits.Reception", models.PROTECT, related_name="notes", verbose_name="接待"
    )
    text = models.TextField("内容")
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="更正"
    )
    created_at = models.DateTimeField("时间")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "备忘"
        ordering = ["id"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")), name="note_corrects_another"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
