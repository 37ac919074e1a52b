"""接待申请: the request and, once approved, the reception itself (A3, records §1.1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reception.core.ledger.models import Subject
from reception.core.pairs import when, who
from visits.requests.choices import Nature, Need, Purpose, Status
from visits.requests.queries import ReceptionQuerySet
from visits.requests.rules import CONSTRAINTS


def _budget(label: str) -> models.DecimalField:
    """An amount in 元 that only the approver sets (A7b)."""
    return models.DecimalField(label, max_digits=10, decimal_places=2, null=True, blank=True)


class Reception(Subject):
    """One visit, from the draft of its 接待申请表 to its archive.

    A draft may be half empty; the constraints in rules.py say what a submitted one holds.
    `customer_name` is what the form says; `customer` is found or made when it is submitted.
    """

    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    nature = models.CharField(
        "接待性质", max_length=12, choices=Nature.choices, blank=True, default=Nature.BUSINESS
    )
    department = models.ForeignKey(
        "core.Department",
        verbose_name="责任部门",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="receptions",
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="经办人", on_delete=models.PROTECT, related_name="receptions"
    )
    applicant_phone = models.CharField("经办人电话", max_length=30, blank=True)
    retroactive = models.BooleanField("补办", default=False)
    retro_reason = models.CharField("补办原因", max_length=200, blank=True)
    retro_agreed_by = models.CharField("口头同意人", max_length=40, blank=True)
    retro_agreed_at = when("口头同意时间")
    secret = models.BooleanField("是否涉密", default=False)
    customer = models.ForeignKey(
        "visits.Customer",
        verbose_name="客户",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="receptions",
    )
    customer_name = models.CharField("来访单位", max_length=80, blank=True)
    letter_no = models.CharField("公函字号", max_length=60, blank=True)
    contact_name = models.CharField("对方联系人", max_length=40, blank=True)
    contact_title = models.CharField("职务", max_length=40, blank=True)
    contact_phone = models.CharField("手机", max_length=30, blank=True)
    headcount = models.PositiveSmallIntegerField("人数", null=True, blank=True)
    purpose = models.CharField("目的", max_length=12, choices=Purpose.choices, blank=True)
    subject = models.TextField("事由", blank=True)
    arrive_at = when("到达")
    leave_at = when("离开")
    transport = models.CharField("交通方式", max_length=80, blank=True)
    proposed_tier = models.ForeignKey(
        "visits.Tier",
        verbose_name="拟定级别",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposed",
    )
    tier = models.ForeignKey(
        "visits.Tier",
        verbose_name="接待级别",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="receptions",
    )
    tier_reason = models.CharField("定级说明", max_length=200, blank=True)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="主陪领导",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted",
    )
    companions = models.CharField("陪同人员", max_length=200, blank=True)
    # Those of ours who go with the guests and sign in here; `companions` holds what else was written.
    colleagues = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="陪同同事", blank=True, related_name="accompanies"
    )
    needs = models.JSONField("接待需要", default=list, blank=True)
    accompany = models.PositiveSmallIntegerField("陪餐人数", null=True, blank=True)
    note = models.TextField("备注", blank=True)
    overspend_reason = models.CharField("超标说明", max_length=200, blank=True)
    activity_budget = _budget("活动标准（元）")
    gift_budget = _budget("礼品标准（元）")
    submitted_at, submitted_by = when("提交时间"), who("提交人")
    held_at, held_by = when("转交时间"), who("转交人")
    holder = who("转交给")
    decided_at, decided_by = when("审批时间"), who("审批人")
    started_at, started_by = when("开始时间"), who("开始登记人")
    ended_at, ended_by = when("结束时间"), who("结束登记人")
    archived_at, archived_by = when("归档时间"), who("归档人")
    # Which version is in force: the application is the first, every change that came into force one more.
    version = models.PositiveSmallIntegerField("第几版", default=1)
    # 申请取消 after the approval: a leader confirms it or does not.
    cancel_asked_at, cancel_asked_by = when("申请取消时间"), who("申请取消人")
    cancel_reason = models.CharField("取消原因", max_length=500, blank=True)

    objects = ReceptionQuerySet.as_manager()

    class Meta:
        verbose_name = "接待"
        verbose_name_plural = "接待"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="reception_newest"),
            models.Index(fields=["applicant", "-created_at", "-id"], name="reception_of_applicant"),
            models.Index(fields=["department", "-created_at", "-id"], name="reception_of_department"),
            models.Index(fields=["status", "-created_at", "-id"], name="reception_of_status"),
            models.Index(fields=["customer", "-arrive_at"], name="reception_of_customer"),
            models.Index(fields=["arrive_at"], name="reception_by_arrival"),
            models.Index(fields=["id"], condition=Q(secret=True), name="reception_secret"),
            models.Index(
                fields=["proposed_tier"], condition=Q(status=Status.PENDING), name="reception_pending"
            ),
        ]
        constraints = CONSTRAINTS

    @property
    def title(self) -> str:
        """Who comes and why, as one heading: 远航重工集团考察."""
        purpose = self.get_purpose_display() if self.purpose and self.purpose != Purpose.OTHER else "来访"
        return f"{self.customer_name or '未填单位'}{purpose}"

    @property
    def tier_now(self):
        """The tier in force: the approved one, before approval the proposed one."""
        return self.tier if self.tier_id else self.proposed_tier

    @property
    def need_labels(self) -> list[str]:
        """The ticked needs in Chinese, in the form's order."""
        return [label for value, label in Need.choices if value in self.needs]

    def get_absolute_url(self) -> str:
        """The page of this reception."""
        return f"/visits/requests/{self.no}/"
