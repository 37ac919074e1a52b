"""A correction: the old value stays readable beside the new one, with who, when and why (D4.3.3)."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from helpdesk.corrections.queries import CorrectionQuerySet

TABLE = "helpdesk_correction"


class Correction(models.Model):
    """One value that was set right. Append-only: triggers forbid changing or deleting it, as with the ledger.

    old, new: the words as they were shown, frozen; old_value, new_value: what the column held, as JSON.
    number: 1 for the first correction of this field of this record, and so on; secret: a telephone, masked
    wherever the field itself is masked.
    """

    subject_kind = models.CharField("类别", max_length=48)
    subject_id = models.BigIntegerField("对象")
    subject_no = models.CharField("单号", max_length=20)
    field = models.CharField("字段", max_length=32)
    label = models.CharField("栏目", max_length=32)
    number = models.PositiveSmallIntegerField("第几次更正")
    secret = models.BooleanField("电话", default=False)
    old = models.TextField("原记", blank=True)
    new = models.TextField("更正为", blank=True)
    old_value = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    new_value = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    reason = models.CharField("更正原因", max_length=500)
    corrected_at = models.DateTimeField("更正时间")
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="更正人", on_delete=models.PROTECT, related_name="+"
    )
    signature = models.CharField("签名", max_length=64)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "更正记录"
        verbose_name_plural = "更正记录"
        db_table = TABLE
        default_permissions = ("view",)
        ordering = ["-corrected_at", "-id"]
        indexes = [
            models.Index(fields=["-corrected_at", "-id"], name="correction_newest"),
            models.Index(fields=["corrected_by", "-corrected_at", "-id"], name="correction_of_person"),
        ]
        constraints = [
            # Two who correct the same value at once: the second finds the place in the chain taken.
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "field", "number"], name="correction_chain"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(signature=""), name="correction_says_who_and_why"
            ),
            models.CheckConstraint(condition=~Q(old=F("new")), name="correction_changes_something"),
            models.CheckConstraint(condition=Q(number__gte=1), name="correction_counts_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_no} {self.label}"
