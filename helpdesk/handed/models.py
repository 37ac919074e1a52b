"""The report as a record: what people write in it, who signed, and what was handed in, kept as it was (D4.4.5)."""

from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q

from helpdesk.cases.fields import known, paired, when, who
from helpdesk.handed.choices import EVERY, HANDED, HOLDING, Progress, Status
from helpdesk.handed.queries import RuleQuerySet, SubmissionQuerySet
from helpdesk.report.spans import Span, whole
from reception.core.ledger.models import Subject

SNAPSHOTS = "helpdesk_snapshot"
STEPS = ("signed", "reviewed", "submitted", "received")


def signed_when(step: str, *states: str) -> models.CheckConstraint:
    """The signature `step` stands in exactly these states, with its name."""
    at, name = Q(**{f"{step}_at__isnull": False}), ~Q(**{f"{step}_name": ""})
    return models.CheckConstraint(
        condition=Q(status__in=states) & at & name
        | ~Q(status__in=states) & Q(**{f"{step}_at__isnull": True}),
        name=f"submission_{step}_is_signed",
    )


class Submission(Subject):
    """The report of one or two months. no: BG-2026-10, BG-2026-09-10; one a span, for ever.

    conclusions: code → {"text": what somebody wrote, "basis": the generated sentence it was written on}; what is not
    there is the generated sentence. figures: label → words, as they were when 制表 signed.
    """

    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    first = models.DateField("起始月份")
    months = models.PositiveSmallIntegerField("月数", default=1)
    conclusions = models.JSONField("结论", default=dict, blank=True)
    figures = models.JSONField("签字时的数字", default=dict, blank=True)
    signed_at, signed_by = when("制表时间"), who("制表人")
    signed_name = models.CharField("制表签字", max_length=64, blank=True)
    reviewed_at, reviewed_by = when("审核时间"), who("审核人")
    reviewed_name = models.CharField("审核签字", max_length=64, blank=True)
    submitted_at, submitted_by = when("报送时间"), who("报送人")
    submitted_name = models.CharField("报送签字", max_length=64, blank=True)
    received_at, received_by = when("接收时间"), who("接收人")
    received_name = models.CharField("接收签字", max_length=64, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "客户反映情况报告"
        ordering = ["-created_at", "-pk"]
        constraints = [
            known("submission", "status", Status),
            *(paired("submission", step) for step in STEPS),
            models.UniqueConstraint(fields=["first", "months"], name="submission_once_a_span"),
            models.CheckConstraint(
                condition=Q(months__in=(1, 2), first__day=1), name="submission_of_whole_months"
            ),
            signed_when("signed", *HOLDING),
            signed_when("reviewed", Status.REVIEWED, *HANDED),
            signed_when("submitted", *HANDED),
            signed_when("received", Status.LOCKED),
            # Two people, two signatures.
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=models.F("signed_by")),
                name="submission_reviewed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="submission_newest")]

    @property
    def span(self) -> Span:
        """The months it speaks of, whole."""
        return whole(self.first, self.months)

    @property
    def title(self) -> str:
        """What a notice calls it."""
        return f"客户反映情况报告 {self.span.label}"

    def get_absolute_url(self) -> str:
        """The page where it is written and signed."""
        return f"/helpdesk/handed/{self.no}/"


class HeldMonth(models.Model):
    """A month that a signed report covers: it is never in two of them."""

    month = models.DateField("月份", unique=True)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="held", verbose_name="报告")

    class Meta:
        verbose_name = verbose_name_plural = "报告的月份"
        ordering = ["month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Case(models.Model):
    """典型案例: what happened, and what is learnt from it."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="cases", verbose_name="报告")
    place = models.PositiveSmallIntegerField("顺序")
    no = models.CharField("单号", max_length=20, blank=True)
    title = models.CharField("标题", max_length=60)
    story = models.CharField("经过", max_length=500, blank=True)
    lesson = models.CharField("启示", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "典型案例"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "place"], name="case_has_its_place"),
            models.CheckConstraint(condition=~Q(title=""), name="case_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """改进建议: a problem, the figure that shows it, what is done, by whom, by when. metric: code of that figure."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="measures", verbose_name="报告")
    place = models.PositiveSmallIntegerField("顺序")
    problem = models.CharField("问题", max_length=120)
    metric = models.CharField("指标", max_length=16, blank=True)
    basis = models.CharField("数据依据", max_length=200, blank=True)
    action = models.CharField("措施", max_length=300, blank=True)
    department = models.ForeignKey(
        "core.Department", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任部门"
    )
    due_on = models.DateField("时限", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "改进建议"
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "place"], name="measure_has_its_place"),
            models.CheckConstraint(condition=~Q(problem=""), name="measure_has_a_problem"),
        ]

    def __str__(self) -> str:
        return self.problem


class Outcome(models.Model):
    """What became of a measure, said in a later report."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="outcomes", verbose_name="报告")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="outcomes", verbose_name="上期措施")
    progress = models.CharField("完成情况", max_length=10, choices=Progress.choices)
    effect = models.CharField("效果", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "上期措施的效果"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "measure"], name="outcome_once_a_report"),
            known("outcome", "progress", Progress),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.get_progress_display()}"


class Snapshot(models.Model):
    """What was handed in: the workbook's bytes and what the page said. Append-only, as the ledger is.

    digest: SHA-256 of file in hexadecimal, also in the ledger's event; version counts what was handed in again.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="snapshots", verbose_name="报告")
    version = models.PositiveSmallIntegerField("第几次报送")
    name = models.CharField("文件名", max_length=60)
    file = models.BinaryField("文件")
    page = models.JSONField("页面")
    digest = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField("定格时间")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="报送人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "报告快照"
        db_table = SNAPSHOTS
        default_permissions = ("view",)
        ordering = ["submission", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "version"], name="snapshot_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.name} 第{self.version}次"

    @property
    def sound(self) -> bool:
        """Whether the bytes are still those that were handed in."""
        return sha256(bytes(self.file)).hexdigest() == self.digest


class DeadlineRule(models.Model):
    """By which day of the following month a report is handed in, and for how many months; the newest row holds."""

    months = models.PositiveSmallIntegerField("周期", choices=EVERY, default=1)
    day = models.PositiveSmallIntegerField("次月几日前", default=5, help_text="1–28")
    valid_from = models.DateField("生效日期", unique=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报告报送期限"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(months__in=(1, 2)), name="deadline_of_one_or_two_months"),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=28), name="deadline_in_every_month"),
        ]

    def __str__(self) -> str:
        return f"{self.get_months_display()}，次月{self.day}日前"
