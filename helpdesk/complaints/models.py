"""《顾客投诉处理记录表》: one complaint from the apology to the customer's own word (D4.4.2, E5.4)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from helpdesk.cases.fields import when, who
from helpdesk.cases.signing import Signed
from helpdesk.cases.titles import beginning
from helpdesk.cases.voiding import Voidable
from helpdesk.complaints.choices import OPEN, OVER, Courtesy, Level, Nature, Opinion, Status, Way
from helpdesk.complaints.queries import ComplaintQuerySet
from helpdesk.complaints.rules import CONSTRAINTS
from reception.core.ledger.models import Subject


def person(label: str) -> models.ForeignKey:
    """Somebody of the house, or nobody."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )


def department(label: str) -> models.ForeignKey:
    """A department, or none."""
    return models.ForeignKey(
        "core.Department",
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )


class Complaint(Signed, Voidable, Subject):
    """One complaint (records §2 顾客投诉处理记录).

    level: who has to sign now, 1 the manager; round: how often it was handled, 1 at first. What an earlier round
    said stays in the ledger.
    """

    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.RECEIVED)
    call = models.ForeignKey(
        "helpdesk.Call",
        verbose_name="来电",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
    )
    customer = models.CharField("投诉人", max_length=40)
    phone = models.CharField("电话", max_length=32, blank=True)
    place = models.CharField("房号或单位", max_length=120, blank=True)
    channel = models.CharField("方式", max_length=8)
    category = models.ForeignKey(
        "helpdesk.Category", verbose_name="类别", on_delete=models.PROTECT, null=True, blank=True,
        related_name="complaints",
    )  # fmt: skip
    content = models.TextField("内容")
    wish = models.CharField("诉求", max_length=200, blank=True)
    courtesy = models.CharField("致歉或致谢", max_length=8, choices=Courtesy.choices)
    against_department, against_person = department("被投诉部门"), person("被投诉人")
    level = models.PositiveSmallIntegerField("签字级别", choices=Level.choices, default=Level.MANAGER)
    round = models.PositiveSmallIntegerField("第几次处理", default=1)

    facts = models.TextField("事实真相", blank=True)
    nature = models.CharField("性质", max_length=12, choices=Nature.choices, blank=True)
    decision = models.TextField("经理意见", blank=True)
    department = department("责任部门")
    handle_due_at = when("处理时限")
    worker = person("承办人")
    cause = models.TextField("原因", blank=True)
    measures = models.TextField("措施", blank=True)
    prevention = models.TextField("纠正预防", blank=True)
    way = models.CharField("反馈方式", max_length=8, choices=Way.choices, blank=True)
    opinion = models.CharField("顾客意见", max_length=12, choices=Opinion.choices, blank=True)
    opinion_words = models.CharField("顾客的话", max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField("联系不上次数", default=0)

    verified_at, verified_by = when("核实时间"), who("调查人")
    confirmed_at, confirmed_by = when("确认时间"), who("确认签字")
    sent_at, sent_by = when("转办时间"), who("转办人")
    signed_at, signed_by = when("签收时间"), who("部门签收")
    started_at, started_by = when("开始处理时间"), who("开始处理人")
    done_at, done_by = when("处理完毕时间"), who("处理人")
    fed_back_at, fed_back_by = when("反馈时间"), who("反馈人")
    closed_at, closed_by = when("关闭时间"), who("关闭人")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "投诉"
        verbose_name_plural = "投诉"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="complaint_newest"),
            models.Index(fields=["status", "-created_at", "-id"], name="complaint_of_status"),
            models.Index(fields=["department", "-created_at", "-id"], name="complaint_of_department"),
            models.Index(fields=["id"], condition=Q(status__in=OPEN), name="complaint_open"),
            models.Index(
                fields=["closed_at"], condition=Q(closed_at__isnull=False), name="complaint_by_close"
            ),
        ]
        constraints = CONSTRAINTS

    @property
    def title(self) -> str:
        """What a list shows of it: the beginning of what was said."""
        return beginning(self.content)

    @property
    def is_open(self) -> bool:
        """Neither closed nor void."""
        return self.status not in OVER

    def get_absolute_url(self) -> str:
        """The page of this complaint."""
        return f"/helpdesk/complaints/{self.no}/"
