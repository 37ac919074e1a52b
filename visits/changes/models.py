"""变更: a child version of an approved reception, and the table of what needs approval (records §1.2)."""

from django.db import models
from django.db.models import F, Q

from reception.core.ledger.models import Subject
from reception.core.pairs import paired, who
from visits.changes.choices import OPEN, Kind, Status
from visits.changes.queries import ChangeQuerySet


class Change(Subject):
    """One 变更 of one reception; `number` counts within it, `no` says so: JD-2026-0037-B1.

    base: what was in force, proposed: what is asked for, both as `content.content_of` writes them; found: what of it
    is touched and what needs approval, as it was judged. tier: the higher of the two, whose approver decides.
    version: which version of the reception it became (the application is the first); None until in force.
    """

    reception = models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, related_name="changes"
    )
    number = models.PositiveSmallIntegerField("第几次")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    base = models.JSONField("原来", default=dict)
    proposed = models.JSONField("变更后", default=dict)
    found = models.JSONField("判定", default=list, blank=True)
    reason = models.CharField("变更原因", max_length=200, blank=True)
    tier = models.ForeignKey(
        "visits.Tier",
        verbose_name="审批级别",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.PositiveSmallIntegerField("版本号", null=True, blank=True)
    submitted_at, submitted_by = models.DateTimeField("提交时间", null=True, blank=True), who("提交人")
    decided_at, decided_by = models.DateTimeField("审批时间", null=True, blank=True), who("审批人")
    opinion = models.CharField("审批意见", max_length=500, blank=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "接待变更"
        verbose_name_plural = "接待变更"
        ordering = ["reception", "number"]
        indexes = [models.Index(fields=["tier"], condition=Q(status="pending"), name="change_pending")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="change_status_known"),
            models.UniqueConstraint(fields=["reception", "number"], name="change_number_once"),
            models.UniqueConstraint(
                fields=["reception"], condition=Q(status__in=OPEN), name="change_one_open"
            ),
            models.UniqueConstraint(fields=["reception", "version"], name="change_version_once"),
            paired("change", "submitted"),
            paired("change", "decided"),
            models.CheckConstraint(
                condition=~Q(status__in=("pending", "effective", "refused"))
                | (Q(submitted_at__isnull=False) & ~Q(reason="")),
                name="change_submitted_says_why",
            ),
            models.CheckConstraint(
                condition=(Q(status="effective") & Q(version__gte=2))
                | (~Q(status="effective") & Q(version__isnull=True)),
                name="change_version_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | (Q(decided_at__isnull=False) & ~Q(opinion="")),
                name="change_refused_says_why",
            ),
            # A3.1b: nobody decides on their own.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("submitted_by")),
                name="change_decided_by_another",
            ),
        ]

    @property
    def title(self) -> str:
        """What a notice calls it."""
        return f"{self.reception.title}变更"

    def get_absolute_url(self) -> str:
        """Its page, where both versions stand side by side."""
        return f"/visits/requests/{self.reception.no}/changes/{self.number}/"


class ChangeRule(models.Model):
    """One line of the table: whether a change of this kind needs approval, else it is only logged.

    more_people, more_percent hold for 人数 alone: more guests than either needs approval, fewer are logged; an empty
    one is not asked, both empty: every other number needs it.
    """

    kind = models.CharField("改动", max_length=12, choices=Kind.choices, unique=True)
    approval = models.BooleanField("需要审批", default=True)
    more_people = models.PositiveSmallIntegerField("增加超过（人）", null=True, blank=True)
    more_percent = models.PositiveSmallIntegerField("增加超过（%）", null=True, blank=True)
    order = models.PositiveSmallIntegerField("次序", unique=True)

    class Meta:
        verbose_name = "变更规则"
        verbose_name_plural = "变更规则"
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="change_rule_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="headcount") | Q(more_people__isnull=True, more_percent__isnull=True),
                name="change_rule_limit_for_headcount",
                violation_error_message="增加的限度只用于“人数”这一行",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
