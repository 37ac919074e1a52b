"""《房屋维修单》 and 《维修单》: one order from the report to the customer's word (D4.4.1, E5.3)."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from helpdesk.cases.fields import when, who
from helpdesk.cases.signing import Signed
from helpdesk.cases.titles import beginning
from helpdesk.cases.voiding import Voidable
from helpdesk.repairs.choices import OPEN, OVER, Hold, OrderKind, SlipReason, Status, Urgency
from helpdesk.repairs.queries import RepairQuerySet
from helpdesk.repairs.rules import CONSTRAINTS
from reception.core.ledger.models import Subject

__all__ = ["Material", "Repair"]


class Repair(Signed, Voidable, Subject):
    """One repair order (records §2 维修单).

    dispatched_at is the FIRST notice to a repairer, from which the half hour runs; handed_at is the last
    hand-over, which a 转派 renews, and signed_at its signature by 工程部 (E5.3.3). returned_at is the last 退单;
    arrived_at is the first arrival and stands whoever goes on. introduced_at and received_at are C2: led to a
    物业助理, and who received it. explained_at says when slip_reason was asked after (E5.3.7). arrive_due_at is the limit in force; agreed says that it was agreed
    instead of following from the notice.
    """

    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.WAITING)
    kind = models.CharField("单据种类", max_length=8, choices=OrderKind.choices)
    call = models.ForeignKey(
        "helpdesk.Call",
        verbose_name="来电",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repairs",
    )
    origin = models.ForeignKey(
        "self",
        verbose_name="返修原单",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reworks",
    )
    reporter = models.CharField("报修人", max_length=40)
    phone = models.CharField("电话", max_length=32, blank=True)
    unit = models.ForeignKey(
        "helpdesk.Unit",
        verbose_name="房号",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repairs",
    )
    place = models.CharField("地址", max_length=120)
    content = models.TextField("内容")
    category = models.ForeignKey(
        "helpdesk.Category", verbose_name="类别", on_delete=models.PROTECT, related_name="repairs"
    )
    urgency = models.CharField("紧急程度", max_length=8, choices=Urgency.choices, default=Urgency.NORMAL)
    important = models.BooleanField("重大", default=False)
    paid = models.BooleanField("有偿", default=False)

    trade = models.CharField("班组", max_length=16, blank=True)
    repairer = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="维修员", on_delete=models.PROTECT, null=True, blank=True,
        related_name="repairs",
    )  # fmt: skip
    dispatched_at, dispatched_by = when("派工时间"), who("派工人")
    introduced_at, introduced_by = when("引见时间"), who("引见人")
    received_at, received_by = when("接待时间"), who("接待助理")
    handed_at, handed_by = when("交办时间"), who("交办人")
    signed_at, signed_by = when("工程部签收时间"), who("工程部签收")
    returned_at, returned_by = when("退单时间"), who("退单人")
    return_reason = models.CharField("退单原因", max_length=200, blank=True)
    arrive_due_at = when("到场时限")
    agreed = models.BooleanField("约定到场", default=False)
    agreed_reason = models.CharField("约定原因", max_length=200, blank=True)
    agreed_with = models.CharField("约定人", max_length=40, blank=True)
    acknowledged_at, acknowledged_by = when("接单时间"), who("接单签收")
    arrived_at, arrived_by = when("到场时间"), who("到场人")
    started_at, started_by = when("开工时间"), who("开工人")
    paused_at, paused_by = when("暂停时间"), who("暂停人")
    hold = models.CharField("暂停原因", max_length=12, choices=Hold.choices, blank=True)
    pause_reason = models.CharField("暂停说明", max_length=200, blank=True)

    finished_at, finished_by = when("完工时间"), who("完工人")
    cause = models.CharField("原因", max_length=500, blank=True)
    measures = models.TextField("措施", blank=True)
    cost = models.DecimalField("费用（元）", max_digits=10, decimal_places=2, default=Decimal(0))
    opinion = models.CharField("客户意见", max_length=500, blank=True)
    score = models.PositiveSmallIntegerField("满意度", null=True, blank=True)
    signed_name = models.CharField("客户签字", max_length=40, blank=True)
    unsigned_reason = models.CharField("无人在场原因", max_length=200, blank=True)

    explained_at, explained_by = when("查问时间"), who("查问人")
    slip_reason = models.CharField("未返回原因", max_length=12, choices=SlipReason.choices, blank=True)
    slip_words = models.CharField("未返回说明", max_length=200, blank=True)
    slip_expected_on = models.DateField("预计返回日期", null=True, blank=True)
    slip_at, slip_by = when("底联返回时间"), who("底联接收人")
    slip_note = models.CharField("底联说明", max_length=200, blank=True)
    revisited_at, revisited_by = when("回访时间"), who("回访人")
    revisit_note = models.CharField("回访记录", max_length=500, blank=True)
    closed_at, closed_by = when("关闭时间"), who("关闭人")
    close_word = models.CharField("客户的话", max_length=500, blank=True)
    force_reason = models.CharField("强制关闭原因", max_length=500, blank=True)
    cancelled_at, cancelled_by = when("取消时间"), who("取消人")

    objects = RepairQuerySet.as_manager()

    class Meta:
        verbose_name = "维修单"
        verbose_name_plural = "维修单"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="repair_newest"),
            models.Index(fields=["status", "-created_at", "-id"], name="repair_of_status"),
            models.Index(fields=["repairer", "-created_at", "-id"], name="repair_of_repairer"),
            models.Index(fields=["unit", "-created_at"], name="repair_of_unit"),
            models.Index(fields=["arrive_due_at"], name="repair_by_limit"),
            models.Index(fields=["closed_at"], name="repair_by_close"),
            # The monthly report asks by these; each grows only with what has got so far.
            models.Index(
                fields=["dispatched_at"], condition=Q(dispatched_at__isnull=False), name="repair_by_dispatch"
            ),
            models.Index(
                fields=["finished_at"], condition=Q(finished_at__isnull=False), name="repair_by_finish"
            ),
            models.Index(fields=["slip_at"], condition=Q(slip_at__isnull=False), name="repair_by_slip"),
            models.Index(
                fields=["cancelled_at"], condition=Q(cancelled_at__isnull=False), name="repair_by_cancel"
            ),
            models.Index(fields=["id"], condition=Q(status__in=OPEN), name="repair_open"),
            models.Index(fields=["void_at"], condition=Q(void_at__isnull=False), name="repair_by_void"),
        ]
        constraints = CONSTRAINTS

    @property
    def title(self) -> str:
        """What a list shows of it: the beginning of what was reported."""
        return beginning(self.content)

    @property
    def is_open(self) -> bool:
        """Neither closed, cancelled nor void."""
        return self.status not in OVER

    def get_absolute_url(self) -> str:
        """The page of this order."""
        return f"/helpdesk/repairs/{self.no}/"


class Material(models.Model):
    """One line of what was used: quantity above 0, unit price in 元 from 0."""

    repair = models.ForeignKey(
        Repair, verbose_name="维修单", on_delete=models.PROTECT, related_name="materials"
    )
    name = models.CharField("材料", max_length=60)
    spec = models.CharField("规格", max_length=60, blank=True)
    quantity = models.DecimalField(
        "数量",
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(10000)],
    )
    unit_price = models.DecimalField(
        "单价（元）", max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = "维修材料"
        verbose_name_plural = "维修材料"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="material_has_name"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="material_quantity_above_0"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="material_price_from_0"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.spec}".strip()

    @property
    def amount(self) -> Decimal:
        """Quantity × unit price, 元 to the 分."""
        return (self.quantity * self.unit_price).quantize(Decimal("0.01"))
