"""《突发事件、重要问题记录》: one emergency, who was told, what was done (D4.4.4)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from helpdesk.cases.fields import when, who
from helpdesk.cases.signing import Signed
from helpdesk.cases.titles import beginning
from helpdesk.cases.voiding import Voidable
from helpdesk.emergencies.choices import OPEN, OVER, Grade, How, Service, Status
from helpdesk.emergencies.queries import EmergencyQuerySet
from helpdesk.emergencies.rules import ALERT_CONSTRAINTS, CONSTRAINTS, SERVICE_KNOWN
from reception.core.ledger.models import Subject

__all__ = ["Alert", "ChecklistItem", "Duty", "Emergency", "Outside"]


class Emergency(Signed, Voidable, Subject):
    """One emergency (records §2 突发事件、重要问题). created_at is when it was received and told.

    level: the rung of the ladder that has been reached, 1 the lowest. Only who raised it and when need be
    known at first; place, kind and grade follow.
    """

    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.RECEIVED)
    call = models.ForeignKey(
        "helpdesk.Call",
        verbose_name="来电",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="emergencies",
    )
    category = models.ForeignKey(
        "helpdesk.Category",
        verbose_name="类别",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="emergencies",
    )
    grade = models.CharField("等级", max_length=8, choices=Grade.choices, blank=True)
    happened_at = when("发生时间")
    place = models.CharField("地点", max_length=120, blank=True)
    reporter = models.CharField("报告人", max_length=40)
    phone = models.CharField("电话", max_length=32, blank=True)
    content = models.TextField("情况", blank=True)
    level = models.PositiveSmallIntegerField("已报到第几级", default=1)

    commander = models.CharField("现场指挥", max_length=40, blank=True)
    casualties = models.CharField("伤亡", max_length=200, blank=True)
    losses = models.CharField("损失", max_length=200, blank=True)
    measures = models.TextField("已采取措施", blank=True)
    instruction = models.TextField("领导指示", blank=True)
    story = models.TextField("经过", blank=True)
    result = models.TextField("处理结果", blank=True)
    prevention = models.TextField("防范措施", blank=True)
    opinion = models.CharField("审核意见", max_length=500, blank=True)
    close_word = models.CharField("领导意见", max_length=500, blank=True)

    reported_at, reported_by = when("首次回执时间"), who("首次回执人")
    handled_at, handled_by = when("开始处置时间"), who("开始处置")
    controlled_at, controlled_by = when("控制时间"), who("报告控制")
    written_at, written_by = when("书面报告时间"), who("书面总结")
    prevented_at, prevented_by = when("总结防范时间"), who("总结防范人")
    reviewed_at, reviewed_by = when("审核时间"), who("审核人")
    closed_at, closed_by = when("关闭时间"), who("关闭人")

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        verbose_name = "突发事件"
        verbose_name_plural = "突发事件"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="emergency_newest"),
            models.Index(fields=["status", "-created_at", "-id"], name="emergency_of_status"),
            models.Index(fields=["id"], condition=Q(status__in=OPEN), name="emergency_open"),
        ]
        constraints = CONSTRAINTS

    @property
    def title(self) -> str:
        """What a list shows of it: the beginning of what is known, or that nothing is known yet."""
        words = self.content or f"{self.place or '地点待补'}·{self.reporter}上报突发"
        return beginning(words)

    @property
    def is_open(self) -> bool:
        """Neither closed nor void."""
        return self.status not in OVER

    def get_absolute_url(self) -> str:
        """The page of this emergency."""
        return f"/helpdesk/emergencies/{self.no}/"


class Alert(models.Model):
    """One person on the ladder who was told, and how they confirmed (报告链: 对象 时间 方式 回执)."""

    emergency = models.ForeignKey(
        Emergency, verbose_name="突发事件", on_delete=models.PROTECT, related_name="alerts"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="对象", on_delete=models.PROTECT, related_name="alerts"
    )
    name = models.CharField("签名", max_length=64)
    level = models.PositiveSmallIntegerField("第几级")
    told_at = models.DateTimeField("报告时间")
    times = models.PositiveSmallIntegerField("报告次数", default=1)
    acknowledged_at, acknowledged_by = when("回执时间"), who("回执记录人")
    how = models.CharField("回执方式", max_length=8, choices=How.choices, blank=True)
    words = models.CharField("回执", max_length=100, blank=True)

    class Meta:
        verbose_name = "上报"
        verbose_name_plural = "上报"
        ordering = ["level", "id"]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(acknowledged_at__isnull=True), name="alert_unacknowledged"
            )
        ]
        constraints = ALERT_CONSTRAINTS

    def __str__(self) -> str:
        return f"{self.name} 第{self.level}级"


class ChecklistItem(models.Model):
    """What has to be done at once, for one kind of emergency or, without a kind, for all; kept by an administrator."""

    category = models.ForeignKey(
        "helpdesk.Category",
        verbose_name="类别",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="checklist",
        limit_choices_to=Q(kind="emergency"),
    )
    text = models.CharField("要做的事", max_length=100)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "突发处置清单"
        verbose_name_plural = "突发处置清单"
        ordering = ["category", "order", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="checklist_item_has_text")]

    def __str__(self) -> str:
        return self.text


class Duty(models.Model):
    """One line of an emergency's own checklist, as it was when it was raised, and who did it when."""

    emergency = models.ForeignKey(
        Emergency, verbose_name="突发事件", on_delete=models.PROTECT, related_name="duties"
    )
    text = models.CharField("要做的事", max_length=100)
    order = models.PositiveSmallIntegerField("排序", default=0)
    done_at, done_by = when("做完时间"), who("做的人")

    class Meta:
        verbose_name = "处置事项"
        verbose_name_plural = "处置事项"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["emergency", "text"], name="duty_once_an_emergency"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="duty_done_at_by",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Outside(models.Model):
    """A call to somebody outside: 119, 110, 120 (records §2 外部报警)."""

    emergency = models.ForeignKey(
        Emergency, verbose_name="突发事件", on_delete=models.PROTECT, related_name="outside"
    )
    service = models.CharField("单位", max_length=8, choices=Service.choices)
    words = models.CharField("说明", max_length=200, blank=True)
    called_at = models.DateTimeField("报警时间")
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="报警人", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "外部报警"
        verbose_name_plural = "外部报警"
        ordering = ["id"]
        constraints = [SERVICE_KNOWN]

    def __str__(self) -> str:
        return self.get_service_display()
