"""Department tasks (A5) and the lines of their checklists."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from reception.core.ledger.models import Subject
from reception.core.pairs import when, who
from visits.tasks.choices import OPEN, Anchor, TaskStatus
from visits.tasks.models_template import TaskTemplate
from visits.tasks.queries import TaskQuerySet


def _pair(at: str, by: str) -> Q:
    """Both or neither."""
    return Q(**{f"{at}__isnull": True, f"{by}__isnull": True}) | Q(
        **{f"{at}__isnull": False, f"{by}__isnull": False}
    )


class Task(Subject):
    """One duty of one reception, with its department and due time.

    `no` is the reception's number and a counter (JD-2026-0037-03). compressed: the template's due time had
    passed when the task was made, so it was set to that moment and says so. tier, anchor, offset, blocking,
    asked, reconfirm: what the template said when it was made; a later edit of the template changes no task.
    recheck: a 变更 came after it was done, somebody has to say whether it still holds. changed_out: dropped by
    a 变更, so that another one may bring it back.
    """

    reception = models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, related_name="tasks"
    )
    template = models.ForeignKey(
        TaskTemplate, verbose_name="模板", on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )  # fmt: skip
    tier = models.ForeignKey(
        "visits.Tier",
        verbose_name="按级别",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    department = models.ForeignKey(
        "core.Department", verbose_name="承办部门", on_delete=models.PROTECT, related_name="tasks"
    )
    duty = models.CharField("工作", max_length=60)
    anchor = models.CharField("计时起点", max_length=1, blank=True, choices=Anchor.choices)
    offset = models.CharField("模板时限", max_length=6, blank=True)
    due_at = models.DateTimeField("时限")
    compressed = models.BooleanField("时间紧，立即办", default=False)
    blocking = models.BooleanField("堵点", default=False)
    status = models.CharField("状态", max_length=8, choices=TaskStatus.choices, default=TaskStatus.TODO)
    assignee = who("承办人", name="tasks")
    taken_at, taken_by = when("领取时间"), who("领取人")
    done_at, done_by = when("完成时间"), who("完成人")
    note = models.CharField("备注", max_length=200, blank=True)
    asked = models.CharField("完成时要填", max_length=40, blank=True)
    evidence = models.CharField("凭据", max_length=200, blank=True)
    reconfirm = models.CharField("再确认时限", max_length=6, blank=True)
    reconfirm_due_at = when("再确认")
    reconfirmed_at, reconfirmed_by = when("再确认时间"), who("再确认人")
    blocked_at, blocked_by = when("受阻时间"), who("报受阻人")
    block_reason = models.CharField("受阻原因", max_length=200, blank=True)
    helper = who("请谁协助")
    offered_at, offered_by = when("移交时间"), who("移交人")
    offered_to = who("移交给")
    offered_department = models.ForeignKey(
        "core.Department", verbose_name="移交部门", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # fmt: skip
    offer_reason = models.CharField("移交原因", max_length=200, blank=True)
    recheck = models.BooleanField("变更后待复核", default=False)
    changed_out = models.BooleanField("因变更不办", default=False)

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
            models.CheckConstraint(condition=_pair("done_at", "done_by"), name="task_done_at_by"),
            models.CheckConstraint(
                condition=~Q(status__in=("taken", "blocked")) | Q(taken_at__isnull=False),
                name="task_taken_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(status="done", done_at__isnull=False)
                | (~Q(status="done") & Q(done_at__isnull=True)),
                name="task_done_when_done",
            ),
            models.CheckConstraint(
                condition=_pair("reconfirmed_at", "reconfirmed_by")
                & (Q(reconfirmed_at__isnull=True) | Q(reconfirm_due_at__isnull=False)),
                name="task_reconfirmed_at_by",
            ),
            models.CheckConstraint(
                condition=(Q(status="blocked") & Q(blocked_at__isnull=False) & Q(blocked_by__isnull=False))
                | (~Q(status="blocked") & Q(blocked_at__isnull=True) & Q(blocked_by__isnull=True)),
                name="task_blocked_at_by",
            ),
            models.CheckConstraint(
                condition=Q(offered_at__isnull=True, offered_by__isnull=True, offered_department__isnull=True)
                | Q(offered_at__isnull=False, offered_by__isnull=False, offered_department__isnull=False),
                name="task_offered_at_by",
            ),
            models.CheckConstraint(
                condition=Q(status="done") | Q(recheck=False), name="task_recheck_only_done"
            ),
            models.CheckConstraint(
                condition=Q(status="dropped") | Q(changed_out=False), name="task_changed_out_is_dropped"
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

    def is_late(self, at: datetime) -> bool:
        """Open and past its due time at `at`, or finished after it."""
        if self.status in OPEN:
            return self.due_at < at
        return bool(self.done_at and self.done_at > self.due_at)

    def wants_again(self, at: datetime) -> bool:
        """Whether its reconfirmation is due at `at` and nobody gave it."""
        due = self.reconfirm_due_at
        return bool(due and due <= at and self.reconfirmed_at is None and self.status != TaskStatus.DROPPED)

    def get_absolute_url(self) -> str:
        """Its own page, where it is taken and finished."""
        return f"/visits/tasks/{self.pk}/"


class TaskCheck(models.Model):
    """One line of a task's checklist, ticked by itself; due_at only for a line with a time of its own (茶水)."""

    task = models.ForeignKey(Task, verbose_name="任务", on_delete=models.PROTECT, related_name="checks")
    order = models.PositiveSmallIntegerField("次序")
    words = models.CharField("内容", max_length=80)
    offset = models.CharField("模板时限", max_length=6, blank=True)
    due_at = when("时限")
    ticked_at, ticked_by = when("打勾时间"), who("打勾人")

    class Meta:
        verbose_name = verbose_name_plural = "任务清单"
        ordering = ["task", "order"]
        constraints = [
            models.UniqueConstraint(fields=["task", "order"], name="check_once_a_place"),
            models.CheckConstraint(condition=~Q(words=""), name="check_has_words"),
            models.CheckConstraint(condition=_pair("ticked_at", "ticked_by"), name="check_ticked_at_by"),
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        """Where it is ticked."""
        return self.task.get_absolute_url()

    @property
    def no(self) -> str:
        """The task's number: a late line is told under it."""
        return self.task.no

    @property
    def title(self) -> str:
        """会议室或领导办公室：茶水."""
        return f"{self.task.duty}：{self.words}"
