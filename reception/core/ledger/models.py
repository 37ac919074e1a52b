"""The ledger's tables: events in one keyed chain, its head, the number counters, and the base of all records."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class ChainHead(models.Model):
    """The last link. Its row is the one lock of the house: every action takes it first (ADR 0003)."""

    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = verbose_name_plural = "台账链头"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_chain_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.digest}"


class Counter(models.Model):
    """The last number given for a prefix in a year; written in the transaction that uses it, so no gaps."""

    prefix = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "编号"
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="one_counter_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.last}"


class Event(models.Model):
    """One thing that happened: append-only (triggers forbid change), linked to the one before it (D4.3.3).

    The words (who, why, what) are bound through a salted digest, so that a person can later be erased
    from them while the chain still verifies.
    """

    seq = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="经手人"
    )
    actor_name = models.CharField("签名", max_length=64)
    subject_kind = models.CharField("类别", max_length=48)
    subject_id = models.BigIntegerField("对象")
    subject_no = models.CharField("单号", max_length=32)
    verb = models.CharField("动作", max_length=32)
    label = models.CharField("动作名称", max_length=32)
    old = models.CharField("原状态", max_length=24, blank=True)
    new = models.CharField("新状态", max_length=24, blank=True)
    reason = models.TextField("原因或意见", blank=True)
    detail = models.JSONField("内容", default=dict, blank=True, encoder=DjangoJSONEncoder)
    salt = models.CharField(max_length=32)
    content = models.CharField(max_length=64)
    prev = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "台账"
        ordering = ["seq"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "seq"], name="event_of_subject"),
            models.Index(fields=["actor", "-seq"], name="event_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.subject_no} {self.label}"


class Subject(models.Model):
    """Base of every record that has a procedure: its number, its revision and who made it.

    A subclass adds `status` and a `title`; `revision` grows with every change, so a stale page is noticed.
    """

    no = models.CharField("单号", max_length=20, unique=True)
    revision = models.PositiveIntegerField("版本", default=0)
    created_at = models.DateTimeField("记录时间")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="记录人"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.no
