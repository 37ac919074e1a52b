"""《客服部工作日汇总》: one a day, written by the day itself, signed thrice (E5.3.7, D4.1, records §2.3)."""

from django.db import models
from django.db.models import Q

from helpdesk.cases.fields import known, paired, when, who
from helpdesk.daybook.choices import Reason, Status
from helpdesk.daybook.queries import DayQuerySet
from reception.core.clock.periods import local
from reception.core.ledger.models import Subject


class Day(Subject):
    """The summary of one day (Asia/Shanghai). Until 交班 its figures are live; from then on `sheet` holds them
    as they were, and `parts` what was told beside them: promised replies, complaints, late arrivals, emergencies.

    no is the date itself, 2026-11-24: so its address can be guessed, and is meant to be. The names are frozen as signed.
    """

    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.OPEN)
    on = models.DateField("日期", unique=True)
    summary = models.CharField("突发与重要情况", max_length=500, blank=True)
    tomorrow = models.CharField("明日待办", max_length=500, blank=True)
    sheet = models.JSONField("汇总数字", default=list, blank=True)
    parts = models.JSONField("各项情况", default=dict, blank=True)
    handed_at, handed_by = when("交班时间"), who("交班人")
    handed_name = models.CharField("交班签字", max_length=64, blank=True)
    taken_at, taken_by = when("接班时间"), who("接班人")
    taken_name = models.CharField("接班签字", max_length=64, blank=True)
    reviewed_at, reviewed_by = when("审阅时间"), who("审阅人")
    reviewed_name = models.CharField("审阅签字", max_length=64, blank=True)
    opinion = models.CharField("经理意见", max_length=500, blank=True)

    objects = DayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作日汇总"
        ordering = ["-on"]
        constraints = [
            known("day", "status", Status),
            paired("day", "handed"),
            paired("day", "taken"),
            paired("day", "reviewed"),
            models.CheckConstraint(
                condition=Q(status=Status.OPEN, handed_at__isnull=True)
                | (~Q(status=Status.OPEN) & Q(handed_at__isnull=False) & ~Q(handed_name="")),
                name="day_handed_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(Status.OPEN, Status.HANDED), taken_at__isnull=True)
                | (Q(status__in=(Status.TAKEN, Status.REVIEWED), taken_at__isnull=False) & ~Q(taken_name="")),
                name="day_taken_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.REVIEWED, reviewed_at__isnull=False) & ~Q(opinion="")
                | (~Q(status=Status.REVIEWED) & Q(reviewed_at__isnull=True)),
                name="day_reviewed_says_what",
            ),
            # Two people, two signatures.
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | ~Q(taken_by=models.F("handed_by")),
                name="day_taken_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} 工作日汇总"

    @property
    def title(self) -> str:
        """What a notice calls it."""
        return str(self)

    def get_absolute_url(self) -> str:
        """The page of this day."""
        return f"/helpdesk/daybook/{self.no}/"


class Carried(models.Model):
    """One thing that was still open, and why: the day cannot be handed over while a reason is missing (D4.1).

    no, what, place, holder and since are as they were when it was explained; over: it ended before the day was handed over.
    """

    day = models.ForeignKey(Day, verbose_name="日期", on_delete=models.PROTECT, related_name="carried")
    no = models.CharField("单号", max_length=20)
    kind = models.CharField("类别", max_length=8)
    what = models.CharField("内容", max_length=60)
    place = models.CharField("地址", max_length=120, blank=True)
    holder = models.CharField("经手人", max_length=64, blank=True)
    since = models.DateTimeField("受理时间")
    sent = models.DateTimeField("派工时间", null=True, blank=True)
    slip = models.BooleanField("底联未返", default=False)
    late = models.BooleanField("超时", default=False)
    reason = models.CharField("未完成原因", max_length=12, choices=Reason.choices)
    words = models.CharField("措施说明", max_length=200, blank=True)
    expected_on = models.DateField("预计完成", null=True, blank=True)
    explained_at = models.DateTimeField("说明时间")
    explained_by = who("说明人")
    over = models.BooleanField("已了结", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "结转事项"
        ordering = ["-slip", "-late", "since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["day", "no"], name="carried_once_a_day"),
            known("carried", "reason", Reason),
            models.CheckConstraint(
                condition=~Q(reason=Reason.OTHER) | ~Q(words=""), name="carried_other_says_why"
            ),
            # What is late is not 时限内在办.
            models.CheckConstraint(
                condition=~Q(reason=Reason.IN_TIME) | Q(late=False, slip=False), name="carried_in_time_is_in_time"
            ),
            paired("carried", "explained"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{local(self.explained_at):%m-%d} {self.no} {self.get_reason_display()}"
