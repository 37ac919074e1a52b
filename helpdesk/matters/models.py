"""其他问题: one matter from whoever reported it to whoever does it, and back (D4.4.3)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from helpdesk.cases.fields import when, who
from helpdesk.cases.signing import Signed
from helpdesk.cases.titles import beginning
from helpdesk.cases.voiding import Voidable
from helpdesk.matters.choices import OPEN, OVER, Kind, Opinion, Status, Verdict, Way
from helpdesk.matters.queries import MatterQuerySet
from helpdesk.matters.rules import CONSTRAINTS
from reception.core.ledger.models import Subject


def link(to: str, label: str, related_name: str = "+") -> models.ForeignKey:
    """Another record, or none."""
    return models.ForeignKey(
        to, verbose_name=label, on_delete=models.PROTECT, null=True, blank=True, related_name=related_name
    )


class Matter(Signed, Voidable, Subject):
    """One matter: a suggestion, praise, a request for help, a call put through, or anything else.

    worker: who does it, named when it is given out or by signing for it; round: how often it was given out or
    begun anew after 不认可. What an earlier round said stays in the ledger.
    """

    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.RECEIVED)
    call = link("helpdesk.Call", "来电", "matters")
    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    category = link("helpdesk.Category", "类别", "matters")
    reporter = models.CharField("反映人", max_length=40)
    phone = models.CharField("电话", max_length=32, blank=True)
    place = models.CharField("房号或单位", max_length=120, blank=True)
    channel = models.CharField("方式", max_length=8)
    content = models.TextField("内容")
    praised = link(settings.AUTH_USER_MODEL, "表扬谁", "praises")
    praised_department = link("core.Department", "表扬哪个部门")
    transfer_to = models.CharField("转给谁", max_length=60, blank=True)

    department = link("core.Department", "承办部门")
    worker = link(settings.AUTH_USER_MODEL, "承办人")
    due_at = when("办理时限")
    agreed_reason = models.CharField("约定原因", max_length=200, blank=True)
    round = models.PositiveSmallIntegerField("第几次办理", default=1)
    verdict = models.CharField("是否采纳", max_length=8, choices=Verdict.choices, blank=True)
    result = models.TextField("办理结果", blank=True)
    way = models.CharField("反馈方式", max_length=8, choices=Way.choices, blank=True)
    opinion = models.CharField("反映人意见", max_length=12, choices=Opinion.choices, blank=True)
    opinion_words = models.CharField("反映人的话", max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField("联系不上次数", default=0)

    assigned_at, assigned_by = when("交办时间"), who("交办人")
    signed_at, signed_by = when("签收时间"), who("签收人")
    done_at, done_by = when("办结时间"), who("办结人")
    fed_back_at, fed_back_by = when("反馈时间"), who("反馈人")
    closed_at, closed_by = when("关闭时间"), who("关闭人")

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = "其他问题"
        verbose_name_plural = "其他问题"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="matter_newest"),
            models.Index(fields=["status", "-created_at", "-id"], name="matter_of_status"),
            models.Index(fields=["kind", "-created_at", "-id"], name="matter_of_kind"),
            models.Index(fields=["id"], condition=Q(status__in=OPEN), name="matter_open"),
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

    @property
    def in_charge(self) -> str:
        """Who has it: the department and the person in it; "" when nobody."""
        return "·".join(str(one) for one in (self.department, self.worker) if one)

    @property
    def praised_whom(self) -> str:
        """表扬对象; "" for anything but praise."""
        return "·".join(str(one) for one in (self.praised_department, self.praised) if one)

    def get_absolute_url(self) -> str:
        """The page of this matter."""
        return f"/helpdesk/matters/{self.no}/"
