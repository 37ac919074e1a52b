"""班次: data that an administrator keeps, and what became of each shift of a day (records §2.3)."""

from datetime import time

from django.db import models
from django.db.models import F, Q

from helpdesk.cases.fields import known, paired, when, who
from helpdesk.daybook.choices import Turn as State
from helpdesk.daybook.models import Day
from reception.core.ledger.models import Subject


class Shift(models.Model):
    """One shift of every day, on a Shanghai clock; it belongs to the date on which it begins. A day keeps the ones it began with."""

    name = models.CharField("班次", max_length=12, unique=True)
    begins = models.TimeField("开始", unique=True)
    ends = models.TimeField("结束", help_text="早于开始的，是第二天；24 时写 00:00。")
    retired = models.BooleanField("停用", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "班次"
        ordering = ["begins"]
        constraints = [models.CheckConstraint(condition=~Q(begins=F("ends")), name="shift_lasts")]

    def __str__(self) -> str:
        return self.name


class Turn(Subject):
    """A shift of one day: who was on duty, what was left to the next, and the two who signed (交接班双签).

    number: 1 for the first of the day; name and hours are frozen. The last is signed with the day, `status` stays 值班.
    """

    status = models.CharField("状态", max_length=10, choices=State.choices, default=State.ON)
    day = models.ForeignKey(Day, verbose_name="日期", on_delete=models.PROTECT, related_name="turns")
    number = models.PositiveSmallIntegerField("第几班")
    name = models.CharField("班次", max_length=12)
    begins, ends = models.TimeField("开始"), models.TimeField("结束")
    duty = models.CharField("值班人", max_length=120, blank=True)
    words = models.CharField("交接事项", max_length=500, blank=True)
    left = models.PositiveIntegerField("交班时没有了结", null=True, blank=True)
    handed_at, handed_by = when("交班时间"), who("交班人")
    handed_name = models.CharField("交班签字", max_length=64, blank=True)
    taken_at, taken_by = when("接班时间"), who("接班人")
    taken_name = models.CharField("接班签字", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "交接班"
        ordering = ["day", "number"]
        constraints = [
            models.UniqueConstraint(fields=["day", "number"], name="turn_once_a_day"),
            known("turn", "status", State),
            paired("turn", "handed"),
            paired("turn", "taken"),
            models.CheckConstraint(
                condition=Q(status=State.ON, handed_at__isnull=True)
                | (~Q(status=State.ON) & Q(handed_at__isnull=False) & ~Q(handed_name="") & ~Q(duty="")),
                name="turn_handed_is_signed",
            ),
            models.CheckConstraint(
                condition=(~Q(status=State.TAKEN) & Q(taken_at__isnull=True))
                | (Q(status=State.TAKEN, taken_at__isnull=False) & ~Q(taken_name="")),
                name="turn_taken_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True) | ~Q(taken_by=F("handed_by")), name="turn_taken_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day.no} {self.name}"

    @property
    def title(self) -> str:
        """What a notice calls it."""
        return self.name

    @property
    def hours(self) -> str:
        """08:00–16:00; what ends at midnight ends at 24:00."""
        over = "次日" if self.ends < self.begins and self.ends != time(0) else ""
        end = "24:00" if self.ends == time(0) else f"{self.ends:%H:%M}"
        return f"{self.begins:%H:%M}–{over}{end}"

    def get_absolute_url(self) -> str:
        """The page of its day."""
        return self.day.get_absolute_url()


ALL_DAY = ("全天", time(0), time(0))


def planned(day: Day) -> list[Turn]:
    """The shifts of a day that has none yet, unsaved: those in force, or one that lasts all day. One query."""
    rows = list(Shift.objects.filter(retired=False).values_list("name", "begins", "ends")) or [ALL_DAY]
    return [
        Turn(no=f"{day.no}-{number}", day=day, number=number, name=name, begins=begins, ends=ends)
        for number, (name, begins, ends) in enumerate(rows, 1)
    ]


def turns_of(day: Day) -> list[Turn]:
    """The shifts of `day` in order: as it keeps them, or as planned; one query, two when planned."""
    return (list(day.turns.order_by("number")) if day.pk else []) or planned(day)
