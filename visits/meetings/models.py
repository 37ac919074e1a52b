"""政府会议: its agenda, who takes part and sits where, its papers (B2a)."""

from django.db import models
from django.db.models import F, Q

from reception.core.pairs import paired, when, who
from visits.meetings.choices import Honour, Layout, Side

LEAST, MOST = 4, 120  # seats of a room


def _one_of(table: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}), name=f"{table}_{field}_known"
    )


class Meeting(models.Model):
    """The meeting of one reception. `revision` grows with every change of any part, so that two hands never mix."""

    reception = models.OneToOneField(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, related_name="meeting"
    )
    revision = models.PositiveIntegerField("版本", default=0)
    title = models.CharField("会议名称", max_length=60)
    start, end = models.DateTimeField("会议开始"), models.DateTimeField("会议结束")
    place = models.CharField("会议地点", max_length=60, blank=True)
    layout = models.CharField("会场布置", max_length=8, choices=Layout.choices, default=Layout.RING)
    honour = models.CharField("尊位", max_length=8, choices=Honour.choices, default=Honour.LEFT)
    seats = models.PositiveSmallIntegerField("座位数", default=12)
    front = models.PositiveSmallIntegerField("主席台人数", default=5)
    conduct = models.TextField("会议须知", blank=True)
    meals = models.TextField("就餐安排", blank=True)
    rides = models.TextField("乘车安排", blank=True)
    staff = models.TextField("工作人员", blank=True)
    wifi = models.CharField("无线网络", max_length=120, blank=True)
    created_at, created_by = models.DateTimeField("拟定时间"), who("拟定人", "+", null=False)

    class Meta:
        verbose_name = verbose_name_plural = "会议方案"
        ordering = ["start", "id"]
        indexes = [models.Index(fields=["start", "id"], name="meeting_by_start")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="meeting_has_title"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="meeting_ends_after_start"),
            models.CheckConstraint(condition=Q(seats__gte=LEAST, seats__lte=MOST), name="meeting_seats_fit"),
            models.CheckConstraint(
                condition=Q(front__gte=1, front__lte=F("seats")), name="meeting_front_fits"
            ),
            _one_of("meeting", "layout", Layout),
            _one_of("meeting", "honour", Honour),
        ]

    def __str__(self) -> str:
        return "这份会议方案"

    def get_absolute_url(self) -> str:
        """The page of this meeting; its reception must be loaded."""
        return f"/visits/meetings/{self.reception.no}/"


class Participant(models.Model):
    """One who takes part. `order`: the rank within the side, from 1; `seat`: the number of the place, None without
    one. The engine lets nobody share a seat."""

    meeting = models.ForeignKey(Meeting, verbose_name="会议", on_delete=models.CASCADE, related_name="people")
    side = models.CharField("哪一方", max_length=8, choices=Side.choices)
    order = models.PositiveSmallIntegerField("次序", default=0)
    name = models.CharField("姓名", max_length=40)
    organisation = models.CharField("单位", max_length=80, blank=True)
    title = models.CharField("职务", max_length=40, blank=True)
    phone = models.CharField("手机", max_length=30, blank=True)
    seat = models.PositiveSmallIntegerField("座号", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "参会人员"
        ordering = ["-side", "order", "id"]  # theirs before ours
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="participant_has_name"),
            models.CheckConstraint(condition=Q(seat__isnull=True) | Q(seat__gte=1), name="participant_seat_from_one"),
            models.UniqueConstraint(
                fields=["meeting", "seat"], condition=Q(seat__isnull=False), name="participant_sits_alone"
            ),
            _one_of("participant", "side", Side),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.title}".strip()


class AgendaRow(models.Model):
    """One row of 议程. Times are aware; `minutes`: how long the speaker was given, None when it is the whole row."""

    meeting = models.ForeignKey(Meeting, verbose_name="会议", on_delete=models.CASCADE, related_name="agenda")
    start, end = models.DateTimeField("开始"), models.DateTimeField("结束")
    topic = models.CharField("议题", max_length=80)
    speaker = models.ForeignKey(
        Participant,
        verbose_name="发言人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="speeches",
    )
    minutes = models.PositiveSmallIntegerField("分钟", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "议程"
        ordering = ["start", "end", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(topic=""), name="agenda_says_what"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="agenda_ends_after_start"),
            models.CheckConstraint(condition=Q(minutes__isnull=True) | Q(minutes__gte=1), name="agenda_from_one"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.topic


class Handout(models.Model):
    """材料: one paper that lies ready for the meeting, how many copies (份) and who prepares it."""

    meeting = models.ForeignKey(
        Meeting, verbose_name="会议", on_delete=models.CASCADE, related_name="handouts"
    )
    order = models.PositiveSmallIntegerField("次序", default=0)
    name = models.CharField("材料名称", max_length=60)
    copies = models.PositiveSmallIntegerField("份数", null=True, blank=True)
    keeper = models.CharField("准备人", max_length=40, blank=True)
    ready_at, ready_by = when("备好时间"), who("备好人")

    class Meta:
        verbose_name = verbose_name_plural = "会议材料"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="handout_has_name"),
            models.CheckConstraint(condition=Q(copies__isnull=True) | Q(copies__gte=1), name="handout_from_one"),
            paired("handout", "ready"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
