"""Clocks as rows: a stored deadline, the next rung of its ladder, and what was breached for ever."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from reception.core.clock.working import Hours, parse, wrong


class WorkCalendar(models.Model):
    """One version of a working calendar. A version in use is never edited: a change is a new version."""

    code = models.SlugField("编码", max_length=16)
    name = models.CharField("名称", max_length=32)
    version = models.PositiveSmallIntegerField("版本", default=1)
    week = models.JSONField("每周时段", default=dict)
    days = models.JSONField("节假日与调休", default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_calendar_version")]

    def __str__(self) -> str:
        return f"{self.name} 第{self.version}版"

    def clean(self) -> None:
        """Readable, in order, some working time, and newer than what stands; the admin shows the sentence."""
        if sentence := wrong(self.week, self.days):
            raise ValidationError(sentence)
        last = WorkCalendar.objects.filter(code=self.code).exclude(pk=self.pk).order_by("-version").first()
        if last and self.version and self.version <= last.version:
            raise ValidationError(
                {"version": f"{self.name}已有第{last.version}版，新版本请填 {last.version + 1}。"}
            )

    @cached_property
    def hours(self) -> Hours:
        """This version's working time, read once: a version in use is never edited."""
        return parse(self.week, self.days)

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """`amount` of working time after `start`."""
        return self.hours.add(start, amount)

    def shift_days(self, at: datetime, days: int) -> datetime:
        """The same clock time `days` working days away."""
        return self.hours.shift_days(at, days)

    def end_of_day(self, at: datetime) -> datetime:
        """When work ends on that day, or on the next working one."""
        return self.hours.end_of_day(at)


class LadderStep(models.Model):
    """One rung: at `percent` of the time, `audience` is told. rule "" is the ladder of all others."""

    rule = models.CharField("时限", max_length=32, blank=True)
    percent = models.PositiveSmallIntegerField("已用百分比")
    audience = models.CharField("通知", max_length=32, help_text="owner 为承办人，其余为角色编码")

    class Meta:
        verbose_name = verbose_name_plural = "升级阶梯"
        ordering = ["rule", "percent", "audience"]
        constraints = [models.UniqueConstraint(fields=["rule", "percent", "audience"], name="one_rung")]

    def __str__(self) -> str:
        return f"{self.rule or '通用'} {self.percent}% {self.audience}"


class ClockSet(models.QuerySet["Clock"]):
    """Reads like: Clock.objects.of(order).running().late(at)."""

    def of(self, subject: models.Model) -> "ClockSet":
        """Clocks of one record."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk)

    def running(self) -> "ClockSet":
        """Neither stopped nor paused."""
        return self.filter(stopped_at__isnull=True, paused_at__isnull=True)

    def open(self) -> "ClockSet":
        """Not stopped."""
        return self.filter(stopped_at__isnull=True)

    def due(self, at: datetime) -> "ClockSet":
        """Running clocks whose next rung has been reached."""
        return self.running().filter(next_at__lte=at)

    def late(self, at: datetime) -> "ClockSet":
        """Breached for ever, or running past their due time at `at`; what is held breaks nothing."""
        over = Q(stopped_at__isnull=True, paused_at__isnull=True, due_at__lt=at)
        return self.filter(Q(breached_at__isnull=False) | over)

    def hushed(self, at: datetime) -> "ClockSet":
        """Running clocks whose reminders were held back until a moment that has come."""
        return self.running().filter(hush_until__lte=at)


class Clock(models.Model):
    """A promise with a deadline: what it is about, when it ends, who is next to hear of it.

    `breached_at` is the deadline that passed unmet; nothing ever clears it (records §2.2). `budget` is the time
    promised and `held` the time paused, both as this clock counts (working time, or wall clock without calendar).
    """

    subject_kind = models.CharField(max_length=48)
    subject_id = models.BigIntegerField()
    subject_no = models.CharField("单号", max_length=32)
    title = models.CharField("事项", max_length=120)
    url = models.CharField(max_length=200)
    rule = models.CharField("时限", max_length=32)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField("开始")
    due_at = models.DateTimeField("时限")
    level = models.PositiveSmallIntegerField("已升到百分比", default=0)
    next_at = models.DateTimeField("下次提醒", null=True)
    paused_at = models.DateTimeField("暂停", null=True)
    budget = models.DurationField("约定用时", null=True)
    held = models.DurationField("暂停时长", default=timedelta())
    # Rungs above `hush_from` were climbed in quiet hours and are told once, when `hush_until` has come.
    hush_until = models.DateTimeField("静默到", null=True)
    hush_from = models.PositiveSmallIntegerField("静默前已提醒到", default=0)
    stopped_at = models.DateTimeField("停止", null=True)
    breached_at = models.DateTimeField("超时", null=True)

    objects = ClockSet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "时限"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "rule", "round"], name="one_clock_a_round"
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "rule"],
                condition=Q(stopped_at__isnull=True),
                name="one_open_clock_a_rule",
            ),
            # What is over counts no further.
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(next_at__isnull=True, hush_until__isnull=True),
                name="clock_stopped_is_silent",
            ),
            # What was finished late never looks clean afterwards; in a pause nothing falls due.
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True)
                | Q(paused_at__isnull=False)
                | Q(stopped_at__lte=F("due_at"))
                | Q(breached_at__isnull=False),
                name="clock_late_is_breached",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=Q(stopped_at__isnull=True, paused_at__isnull=True),
                name="clock_next",
            ),
            models.Index(
                fields=["hush_until"],
                condition=Q(stopped_at__isnull=True, hush_until__isnull=False),
                name="clock_hush",
            ),
            models.Index(fields=["rule", "due_at"], name="clock_by_limit"),  # the month's limits, for reports
        ]

    def __str__(self) -> str:
        return f"{self.subject_no} {self.rule} 第{self.round}轮"

    def late(self, at: datetime) -> bool:
        """Whether the promise was broken, now or ever; what is held breaks nothing."""
        running = self.stopped_at is None and self.paused_at is None
        return self.breached_at is not None or (running and at > self.due_at)

    @property
    def promised(self) -> timedelta:
        """The time the promise has, as this clock counts."""
        return (
            self.own_between(self.started_at, self.due_at) - self.held if self.budget is None else self.budget
        )

    def spent(self, at: datetime) -> timedelta:
        """The time used up to `at`, as this clock counts: without what was held. For a clock that is not stopped."""
        return self.own_between(self.started_at, min(at, self.paused_at or at)) - self.held

    def own_between(self, start: datetime, end: datetime) -> timedelta:
        """Time from `start` to `end` as this clock counts it; never negative."""
        if self.calendar:
            return self.calendar.hours.between(start, end)
        return max(timedelta(), end - start)

    def own_add(self, start: datetime, amount: timedelta) -> datetime:
        """`amount` of this clock's time after `start`."""
        return self.calendar.hours.add(start, amount) if self.calendar else start + amount

    def used(self, at: datetime) -> int:
        """Per cent of the time used at `at` (wall clock), at most 100; for the bar on the screen."""
        total = (self.due_at - self.started_at).total_seconds()
        passed = ((self.stopped_at or self.paused_at or at) - self.started_at).total_seconds()
        return 100 if total <= 0 else max(0, min(100, round(passed / total * 100)))


class Hold(models.Model):
    """One pause of a clock: why, by whom, and when it ran on. At most one is open."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="holds")
    reason = models.CharField("原因", max_length=200, blank=True)
    paused_at = models.DateTimeField("暂停")
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resumed_at = models.DateTimeField("恢复", null=True)
    resumed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "时限暂停"
        default_permissions = ()
        ordering = ["paused_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=Q(resumed_at__isnull=True), name="one_open_hold"
            ),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True, resumed_by__isnull=True)
                | Q(resumed_at__gte=F("paused_at")),
                name="hold_ends_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} 暂停 {self.reason}"


class Tick(models.Model):
    """One run of a periodic job: whoever inserts the row runs it, so any number of workers run it once."""

    name = models.CharField(max_length=32)
    slot = models.BigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "节拍"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="one_tick_a_slot")]

    def __str__(self) -> str:
        return f"{self.name} {self.slot}"
