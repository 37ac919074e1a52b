"""Department tasks (A5) and the templates they come from (A8.1)."""

from datetime import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from reception.core.ledger.models import Subject
from visits.tasks.choices import OPEN, Anchor, Difference, TaskStatus
from visits.tasks.queries import TaskQuerySet

OFFSET = RegexValidator(r"^[+-]\d{1,3}[dh]$", "写成 -3d、-2h 或 +5d：d 是工作日，h 是小时")


class TaskTemplate(models.Model):
    """One duty of records §1.3 as the base tier (嘉宾) has it.

    owner: a department's code, or host / responsible / manager / office. need: only created when
    the request ticks it (empty: always); natures: only for these 接待性质, comma-separated (empty: all).
    """

    code = models.SlugField("代码", max_length=30, unique=True)
    owner = models.CharField("承办", max_length=32)
    duty = models.CharField("工作", max_length=60)
    anchor = models.CharField("计时起点", max_length=1, choices=Anchor.choices)
    offset = models.CharField("时限", max_length=6, validators=[OFFSET])
    need = models.CharField("对应需要", max_length=12, blank=True)
    natures = models.CharField("只用于接待性质", max_length=60, blank=True)
    order = models.PositiveSmallIntegerField("次序", unique=True)
    checklist = models.TextField("清单", blank=True)
    active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = "任务模板"
        verbose_name_plural = "任务模板"
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=~Q(duty=""), name="template_has_duty"),
            models.CheckConstraint(condition=Q(anchor__in=Anchor.values), name="template_anchor_known"),
        ]

    def __str__(self) -> str:
        return self.duty


class TierOffset(models.Model):
    """How one tier differs from the base template: dropped, or another due time (A8.1)."""

    template = models.ForeignKey(
        TaskTemplate, verbose_name="模板", on_delete=models.CASCADE, related_name="differences"
    )
    tier = models.ForeignKey(
        "visits.Tier", verbose_name="级别", on_delete=models.PROTECT, related_name="differences"
    )
    kind = models.CharField("差别", max_length=6, choices=Difference.choices)
    offset = models.CharField("时限", max_length=6, blank=True, validators=[OFFSET])
    checklist = models.TextField("清单", blank=True, help_text="不填与基准相同")

    class Meta:
        verbose_name = "级别差别"
        verbose_name_plural = "级别差别"
        ordering = ["template__order", "tier__order"]
        constraints = [
            models.UniqueConstraint(fields=["template", "tier"], name="difference_once_a_tier"),
            models.CheckConstraint(
                condition=(Q(kind=Difference.DROP) & Q(offset=""))
                | (Q(kind=Difference.CHANGE) & ~Q(offset="")),
                name="difference_has_offset_only_when_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.offset}".strip()


class Task(Subject):
    """One duty of one reception, with its department and due time.

    `no` is the reception's number and a counter (JD-2026-0037-03). compressed: the template's due
    time had passed when the task was made, so it was set to that moment and says so.
    """

    reception = models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, related_name="tasks"
    )
    template = models.ForeignKey(
        TaskTemplate,
        verbose_name="模板",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
    )
    department = models.ForeignKey(
        "core.Department", verbose_name="承办部门", on_delete=models.PROTECT, related_name="tasks"
    )
    duty = models.CharField("工作", max_length=60)
    checklist = models.TextField("清单", blank=True)
    due_at = models.DateTimeField("时限")
    compressed = models.BooleanField("时间紧，立即办", default=False)
    status = models.CharField("状态", max_length=8, choices=TaskStatus.choices, default=TaskStatus.TODO)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="承办人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
    )
    taken_at = models.DateTimeField("领取时间", null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="领取人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="完成人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.CharField("备注", max_length=200, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "部门任务"
        verbose_name_plural = "部门任务"
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["department", "due_at"], condition=Q(status__in=OPEN), name="task_open_due"),
            models.Index(fields=["reception", "due_at"], name="task_of_reception"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=TaskStatus.values), name="task_status_known"),
            models.CheckConstraint(condition=~Q(duty=""), name="task_has_duty"),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False, assignee__isnull=False),
                name="task_taken_at_by",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_at_by",
            ),
            models.CheckConstraint(
                condition=~Q(status="taken") | Q(taken_at__isnull=False), name="task_taken_by_whom"
            ),
            models.CheckConstraint(
                condition=Q(status="done", done_at__isnull=False)
                | (~Q(status="done") & Q(done_at__isnull=True)),
                name="task_done_when_done",
            ),
            models.UniqueConstraint(fields=["reception", "template"], name="task_once_a_template"),
        ]

    @property
    def title(self) -> str:
        """What a list shows of it."""
        return self.duty

    @property
    def reception_no(self) -> str:
        """The number of its reception, without asking the database."""
        return self.no.rsplit("-", 1)[0]

    @property
    def checks(self) -> list[str]:
        """The lines of its checklist."""
        return [line.strip() for line in self.checklist.splitlines() if line.strip()]

    def is_late(self, at: datetime) -> bool:
        """Open and past its due time at `at`, or finished after it."""
        if self.status in OPEN:
            return self.due_at < at
        return bool(self.done_at and self.done_at > self.due_at)

    def get_absolute_url(self) -> str:
        """Its own page, where it is taken and finished."""
        return f"/visits/tasks/{self.pk}/"
