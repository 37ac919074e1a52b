"""集体反映: several households, one building, one category, within a day; and the list of whom to call back."""

from django.db import models
from django.db.models import F, Q

from helpdesk.cases.choices import Kind
from helpdesk.cases.fields import known, paired, when, who
from helpdesk.collective.choices import OPEN, Result, Status
from helpdesk.collective.queries import CollectiveQuerySet
from reception.core.ledger.models import Subject


class CollectiveRule(models.Model):
    """From how many households, within how many hours, calls of one kind are proposed as one; kept by an administrator."""

    kind = models.CharField("来电类别", max_length=10, choices=Kind.choices, unique=True)
    households = models.PositiveSmallIntegerField("户数", default=3)
    hours = models.PositiveSmallIntegerField("小时内", default=24)

    class Meta:
        verbose_name = "集体反映标准"
        verbose_name_plural = "集体反映标准"
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(households__gte=2, hours__gte=1, hours__lte=720), name="collective_rule_in_reason"
            ),
            known("collective_rule", "kind", Kind),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.hours} 小时内 {self.households} 户"


class Collective(Subject):
    """One collective report. category: the first level; word: what it is called; size: households on the list,
    called: how many of them were called back; ended_at: when it was dismissed, or everybody had been called."""

    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.PROPOSED)
    building = models.ForeignKey(
        "helpdesk.Building", verbose_name="楼栋", on_delete=models.PROTECT, related_name="collectives"
    )
    category = models.ForeignKey(
        "helpdesk.Category", verbose_name="类别", on_delete=models.PROTECT, related_name="collectives"
    )
    word = models.CharField("反映什么", max_length=20)
    size = models.PositiveSmallIntegerField("户数", default=0)
    called = models.PositiveSmallIntegerField("已回访", default=0)
    emergency = models.OneToOneField(
        "helpdesk.Emergency", verbose_name="重要问题", on_delete=models.PROTECT, null=True, blank=True,
        related_name="collective",
    )  # fmt: skip
    grounds = models.CharField("不立案原因", max_length=500, blank=True)
    accepted_at, accepted_by = when("立案时间"), who("立案人")
    ended_at, ended_by = when("结束时间"), who("结束人")

    objects = CollectiveQuerySet.as_manager()

    class Meta:
        verbose_name = "集体反映"
        verbose_name_plural = "集体反映"
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="collective_newest")]
        constraints = [
            known("collective", "status", Status),
            # Never proposed twice, whatever raced.
            models.UniqueConstraint(
                fields=["building", "category"], condition=Q(status__in=OPEN), name="collective_once_open"
            ),
            models.CheckConstraint(condition=Q(called__lte=F("size")), name="collective_called_of_size"),
            models.CheckConstraint(
                condition=Q(status__in=(Status.PROPOSED, Status.DISMISSED), emergency__isnull=True)
                | Q(
                    status__in=(Status.ACCEPTED, Status.FINISHED),
                    emergency__isnull=False,
                    accepted_at__isnull=False,
                ),
                name="collective_accepted_is_an_emergency",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DISMISSED, ended_at__isnull=False) & ~Q(grounds="")
                | Q(status=Status.FINISHED, ended_at__isnull=False, called=F("size"))
                | Q(status__in=OPEN, ended_at__isnull=True),
                name="collective_ended_how",
            ),
            paired("collective", "accepted"),
            paired("collective", "ended"),
        ]

    @property
    def title(self) -> str:
        """3栋 停水 已有 4 户反映."""
        return f"{self.building} {self.word} 已有 {self.size} 户反映"

    def get_absolute_url(self) -> str:
        """The page of this report."""
        return f"/helpdesk/collective/{self.no}/"


class Household(models.Model):
    """One household on the list: who called, and how they were called back. A household that calls again after that
    stands on it once more."""

    collective = models.ForeignKey(
        Collective, verbose_name="集体反映", on_delete=models.PROTECT, related_name="households"
    )
    unit = models.ForeignKey("helpdesk.Unit", verbose_name="房号", on_delete=models.PROTECT, related_name="+")
    call = models.OneToOneField(
        "helpdesk.Call", verbose_name="来电", on_delete=models.PROTECT, related_name="household"
    )
    name = models.CharField("联系人", max_length=48)
    phone = models.CharField("电话", max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField("联系不上次数", default=0)
    result = models.CharField("回访结果", max_length=12, choices=Result.choices, blank=True)
    words = models.CharField("回访记录", max_length=500, blank=True)
    called_at, called_by = when("回访时间"), who("回访人")

    class Meta:
        verbose_name = "回访名单"
        verbose_name_plural = "回访名单"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["collective", "unit"],
                condition=Q(called_at__isnull=True),
                name="household_once_waiting",
            ),
            models.CheckConstraint(
                condition=Q(called_at__isnull=True, result="")
                | Q(called_at__isnull=False, result__in=Result.values),
                name="household_called_with_result",
            ),
            paired("household", "called"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.label} {self.name}"
