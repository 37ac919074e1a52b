"""《信息接待记录》: one enquiry, what was promised, and from which document it was answered (C3, E5.2)."""

from django.db import models
from django.db.models import Q

from helpdesk.cases.fields import when, who
from helpdesk.cases.signing import Signed
from helpdesk.cases.titles import beginning
from helpdesk.cases.voiding import Voidable
from helpdesk.enquiries.choices import OPEN, OVER, Outcome, Status, Way
from helpdesk.enquiries.queries import EnquiryQuerySet
from helpdesk.enquiries.rules import CALL_BACK, CONSTRAINTS
from reception.core.ledger.models import Subject


class Enquiry(Voidable, Signed, Subject):
    """One enquiry (records §2 信息接待记录). It always stands for a call or a visit: `call`.

    reply_due_at: the promise in force; replied_at, replied_by: 答复时间, 答复人, also of what was answered at once.
    """

    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.RECORDED)
    call = models.ForeignKey(
        "helpdesk.Call", verbose_name="来电", on_delete=models.PROTECT, related_name="enquiries"
    )
    customer = models.CharField("查询人", max_length=48)
    phone = models.CharField("电话", max_length=32, blank=True)
    company = models.CharField("单位", max_length=80, blank=True)
    place = models.CharField("房号", max_length=120, blank=True)
    channel = models.CharField("渠道", max_length=8)
    category = models.ForeignKey(
        "helpdesk.Category", verbose_name="类别", on_delete=models.PROTECT, null=True, blank=True,
        related_name="enquiries",
    )  # fmt: skip
    content = models.TextField("查询内容")
    professional = models.BooleanField("专业问题", default=False)
    contact = models.CharField("联络方式", max_length=80, blank=True)
    reply_due_at = when("答复时限")
    specialist = who("咨询对象", "asked_about")
    note = models.CharField("转交说明", max_length=200, blank=True)
    advice = models.TextField("专业答复", blank=True)
    answer = models.TextField("答复内容", blank=True)
    way = models.CharField("答复方式", max_length=8, choices=Way.choices, blank=True)
    attempts = models.PositiveSmallIntegerField("没打通次数", default=0)

    notified_at, notified_by = when("通知时间"), who("通知人")
    taken_at, taken_by = when("接待时间"), who("接待人")
    sent_at, sent_by = when("转交时间"), who("转交人")
    accepted_at, accepted_by = when("接手时间"), who("接手人")
    advised_at, advised_by = when("专业答复时间"), who("专业答复人")
    replied_at, replied_by = when("答复时间"), who("答复人")
    closed_at, closed_by = when("关闭时间"), who("关闭人")

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = "信息接待记录"
        verbose_name_plural = "信息接待记录"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="enquiry_newest"),
            models.Index(fields=["status", "-created_at", "-id"], name="enquiry_of_status"),
            models.Index(fields=["specialist", "-created_at", "-id"], name="enquiry_of_specialist"),
            models.Index(fields=["id"], condition=Q(status__in=OPEN), name="enquiry_open"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="enquiry_by_close"),
        ]
        constraints = CONSTRAINTS

    @property
    def title(self) -> str:
        """What a list shows of it: the beginning of what was asked."""
        return beginning(self.content)

    @property
    def is_open(self) -> bool:
        """Neither closed nor void."""
        return self.status not in OVER

    def get_absolute_url(self) -> str:
        """The page of this enquiry."""
        return f"/helpdesk/enquiries/{self.no}/"


class CallBack(models.Model):
    """One promised call back: by whom, on which number, by when, and what became of it (E5.2.1b).

    改约 ends it and begins the next one; a promise that was late stays late.
    """

    enquiry = models.ForeignKey(
        Enquiry, verbose_name="查询", on_delete=models.PROTECT, related_name="call_backs"
    )
    contact = models.CharField("联络方式", max_length=80)
    made_at = models.DateTimeField("承诺时间")
    made_by = models.ForeignKey(
        "core.User", verbose_name="承诺人", on_delete=models.PROTECT, related_name="+"
    )
    due_at = models.DateTimeField("答应何时回复")
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices, default=Outcome.OPEN)
    ended_at, ended_by = when("结束时间"), who("回复人")

    class Meta:
        verbose_name = "回电承诺"
        verbose_name_plural = "回电承诺"
        ordering = ["made_at", "id"]
        indexes = [
            models.Index(fields=["made_at"], name="call_back_by_day"),
            models.Index(fields=["ended_at"], name="call_back_by_end"),
            models.Index(fields=["due_at"], name="call_back_by_limit"),
        ]
        constraints = CALL_BACK

    def __str__(self) -> str:
        return f"{self.enquiry} {self.get_outcome_display()}"


class Citation(models.Model):
    """A document an answer was taken from, with the version that was in force then (C3, B3b)."""

    enquiry = models.ForeignKey(
        Enquiry, verbose_name="查询", on_delete=models.PROTECT, related_name="citations"
    )
    key = models.CharField("文件", max_length=40)
    title = models.CharField("文件名称", max_length=120)
    version = models.CharField("版本", max_length=24, blank=True)
    url = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "引用的文件"
        verbose_name_plural = "引用的文件"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "key"], name="citation_once_an_enquiry"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(title=""), name="citation_names_it"),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》{self.version}"
