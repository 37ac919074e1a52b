"""《电话记录》: what was said to the desk, by whom, and what came of it (C6, C7, D4.1, D4.3)."""

from django.db import models
from django.db.models import F, Q

from helpdesk.cases.fields import known, paired, when, who
from helpdesk.cases.titles import beginning
from helpdesk.cases.voiding import Voidable, void_constraints
from helpdesk.log.choices import Channel, Kind, Status
from helpdesk.log.queries import CallQuerySet
from reception.core.ledger.models import Subject

MOST_RINGS, PROMPT_RINGS = 20, 3


class Call(Voidable, Subject):
    """One call, visit or message (records §2 电话记录).

    created_at is the server's time of writing; recorded_at when it came in: earlier only as 补记, with a
    reason (D4.3.2). recorder_name is the signature as it was (D4.3.5); it stays when the person is renamed.
    """

    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.OPEN)
    recorded_at = models.DateTimeField("来电时间")
    recorder = models.ForeignKey(
        "core.User", verbose_name="记录人", on_delete=models.PROTECT, related_name="calls"
    )
    recorder_name = models.CharField("记录人签名", max_length=64)
    backdate_reason = models.CharField("补记原因", max_length=200, blank=True)
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices, default=Channel.PHONE)
    rings = models.PositiveSmallIntegerField("振铃次数", null=True, blank=True)
    rings_reason = models.CharField("超过三声的原因", max_length=200, blank=True)
    number = models.CharField("来电号码", max_length=32, blank=True)
    resident = models.ForeignKey(
        "helpdesk.Resident",
        verbose_name="住户",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="calls",
    )
    caller_name = models.CharField("联系人", max_length=40)
    caller_title = models.CharField("称呼", max_length=8, blank=True)
    company = models.CharField("单位", max_length=80, blank=True)
    unit = models.ForeignKey(
        "helpdesk.Unit",
        verbose_name="房号",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="calls",
    )
    place = models.CharField("地址", max_length=120, blank=True)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    category = models.ForeignKey(
        "helpdesk.Category",
        verbose_name="二级类别",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="calls",
    )
    content = models.TextField("事由")
    repeated = models.BooleanField("已复述确认", default=False)
    handling = models.CharField("处理方式", max_length=200, blank=True)
    joined = models.ForeignKey(
        "helpdesk.Repair",
        verbose_name="并入",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repeats",
    )
    reply_due_at = when("承诺回复时间")
    replied_at, replied_by = when("回复时间"), who("回复人")
    reply = models.TextField("回复内容", blank=True)
    closed_at, closed_by = when("关闭时间"), who("关闭人")

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "电话记录"
        verbose_name_plural = "电话记录"
        ordering = ["-recorded_at", "-id"]
        indexes = [
            models.Index(fields=["-recorded_at", "-id"], name="call_newest"),
            models.Index(fields=["kind", "-recorded_at", "-id"], name="call_of_kind"),
            models.Index(fields=["status", "-recorded_at", "-id"], name="call_of_status"),
            models.Index(fields=["unit", "-recorded_at"], name="call_of_unit"),
            models.Index(fields=["number", "-recorded_at"], name="call_of_number"),
            models.Index(fields=["closed_at"], name="call_by_close"),
            models.Index(
                fields=["reply_due_at"], condition=Q(reply_due_at__isnull=False), name="call_by_promise"
            ),
            models.Index(fields=["id"], condition=Q(status="open"), name="call_open"),
            models.Index(fields=["void_at"], condition=Q(void_at__isnull=False), name="call_by_void"),
        ]
        constraints = [
            known("call", "status", Status),
            known("call", "channel", Channel),
            known("call", "kind", Kind),
            models.CheckConstraint(
                condition=~Q(content="") & ~Q(caller_name="") & ~Q(recorder_name=""),
                name="call_says_who_and_what",
            ),
            # C6: a call is answered within three rings, or it says why not.
            models.CheckConstraint(
                condition=Q(rings__isnull=True) | Q(rings__gte=1, rings__lte=MOST_RINGS),
                name="call_rings_1_to_20",
            ),
            models.CheckConstraint(
                condition=Q(rings__isnull=True) | Q(rings__lte=PROMPT_RINGS) | ~Q(rings_reason=""),
                name="call_slow_answer_says_why",
            ),
            # D4.3.2: server time; a back-dated entry says so and why, and nothing is written ahead.
            models.CheckConstraint(
                condition=Q(recorded_at=F("created_at"))
                | (Q(recorded_at__lt=F("created_at")) & ~Q(backdate_reason="")),
                name="call_backdated_says_why",
            ),
            models.CheckConstraint(
                condition=Q(reply_due_at__isnull=True) | Q(reply_due_at__gt=F("recorded_at")),
                name="call_promise_lies_ahead",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=Status.CLOSED, closed_at__isnull=False, replied_at__isnull=False) & ~Q(reply="")
                )
                | Q(status=Status.VOID)
                | (~Q(status__in=(Status.CLOSED, Status.VOID)) & Q(closed_at__isnull=True)),
                name="call_closed_with_reply",
            ),
            models.CheckConstraint(
                condition=Q(joined__isnull=True) | Q(status=Status.CONVERTED), name="call_joined_is_converted"
            ),
            paired("call", "replied"),
            paired("call", "closed"),
            *void_constraints("call"),
        ]

    @property
    def title(self) -> str:
        """What a list shows of it: the beginning of what was said."""
        return beginning(self.content)

    def get_absolute_url(self) -> str:
        """The page of this call."""
        return f"/helpdesk/calls/{self.no}/"
