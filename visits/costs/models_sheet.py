"""接待清单: what a reception did cost, row by row, with the signatures of its settlement (records §1.2)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reception.core.pairs import paired, when, who
from visits.costs.choices import CostItem, Meal
from visits.costs.queries import ExpenseQuerySet


def _yuan(label: str, *, unset: bool = False) -> models.DecimalField:
    """An amount in 元; `unset` ones may be empty: not known, never 0."""
    default = {"null": True, "blank": True} if unset else {"default": Decimal(0)}
    return models.DecimalField(label, max_digits=12, decimal_places=2, **default)


class CostSheet(models.Model):
    """One list a reception, made when it is approved.

    estimated, allowed, spent, over are 元 over all categories, kept by actions.retotal so that reports
    are sums of the database. settled, confirmed, audited are the signatures of the round under way:
    经办人, the approver named for what was exceeded, 办公室. A list that is sent back loses them; the
    ledger keeps them.
    """

    reception = models.OneToOneField(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, related_name="sheet"
    )
    estimated = _yuan("估算（元）", unset=True)
    allowed = _yuan("标准（元）", unset=True)
    spent = _yuan("已发生（元）")
    over = _yuan("超出（元）")
    note = models.CharField("结算说明", max_length=200, blank=True)
    over_reason = models.CharField("超出原因", max_length=200, blank=True)
    approver = who("超出审批人")
    settled_at, settled_by = when("提交结算时间"), who("提交人")
    confirmed_at, confirmed_by = when("超出确认时间"), who("超出确认人")
    audited_at, audited_by = when("审核时间"), who("审核人")

    class Meta:
        verbose_name = "接待清单"
        verbose_name_plural = "接待清单"
        constraints = [
            *[paired("cost_sheet", name) for name in ("settled", "confirmed", "audited")],
            models.CheckConstraint(
                condition=Q(over_reason="", approver__isnull=True)
                | (~Q(over_reason="") & Q(approver__isnull=False)),
                name="cost_sheet_over_says_why_and_who",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_by=F("approver")),
                name="cost_sheet_confirmed_by_approver",
            ),
            models.CheckConstraint(
                condition=Q(audited_by__isnull=True) | ~Q(audited_by=F("settled_by")),
                name="cost_sheet_audited_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"接待清单 {self.spent} 元"

    @property
    def waits_for_approver(self) -> bool:
        """Something was exceeded and the approver named has not confirmed it."""
        return self.approver_id is not None and self.confirmed_at is None


class Expense(models.Model):
    """One row of the list. It is never changed: a correction is a new row, the old one is struck through
    (voided, with who, when and why) and points at it. `number` counts within the list and is never reused.

    ours, theirs: how many of us and of them; quantity: bottles, boxes, room nights, else 1; amount: 元.
    """

    sheet = models.ForeignKey(
        CostSheet, verbose_name="接待清单", on_delete=models.PROTECT, related_name="rows"
    )
    number = models.PositiveSmallIntegerField("行号")
    spent_on = models.DateField("日期")
    item = models.CharField("类别", max_length=10, choices=CostItem.choices)
    meal = models.CharField("餐次", max_length=10, choices=Meal.choices, blank=True)
    place = models.CharField("地点、内容", max_length=60, blank=True)
    ours = models.PositiveSmallIntegerField("我方人数", default=0)
    ours_names = models.CharField("我方人员", max_length=200, blank=True)
    theirs = models.PositiveSmallIntegerField("对方人数", default=0)
    quantity = models.PositiveIntegerField("数量", default=1)
    amount = _yuan("费用（元）")
    voucher = models.CharField("凭证号", max_length=40, blank=True)
    voucher_note = models.CharField("无凭证说明", max_length=100, blank=True)
    created_at = models.DateTimeField("登记时间")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="登记人", on_delete=models.PROTECT, related_name="+"
    )
    voided_at, voided_by = when("作废时间"), who("作废人")
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    replaced_by = models.OneToOneField(
        "self",
        verbose_name="更正为",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
    )

    objects = ExpenseQuerySet.as_manager()

    class Meta:
        verbose_name = "清单行"
        verbose_name_plural = "清单行"
        ordering = ["sheet", "number"]
        indexes = [
            models.Index(fields=["voucher"], condition=~Q(voucher=""), name="expense_by_voucher"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="expense_number_once"),
            models.CheckConstraint(condition=Q(item__in=CostItem.values), name="expense_item_known"),
            models.CheckConstraint(condition=Q(meal__in=["", *Meal.values]), name="expense_meal_known"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="expense_not_negative"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="expense_quantity_from_one"),
            paired("expense", "voided"),
            models.CheckConstraint(
                condition=(Q(voided_at__isnull=True, replaced_by__isnull=True) & Q(void_reason=""))
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="expense_voided_says_why",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="expense_replaced_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 行 {self.get_item_display()} {self.place}".strip()


class CostTotal(models.Model):
    """One category of one list, kept by actions.retotal: 元 estimated, allowed by standard or by the leader,
    spent, and above what is allowed. An empty estimated or allowed is 未设置 or without a standard, never 0."""

    sheet = models.ForeignKey(
        CostSheet, verbose_name="接待清单", on_delete=models.PROTECT, related_name="totals"
    )
    item = models.CharField("类别", max_length=10, choices=CostItem.choices)
    estimated = _yuan("估算（元）", unset=True)
    allowed = _yuan("标准（元）", unset=True)
    spent = _yuan("已发生（元）")
    over = _yuan("超出（元）")

    class Meta:
        verbose_name = "费用合计"
        verbose_name_plural = "费用合计"
        ordering = ["sheet", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="cost_total_once_an_item"),
            models.CheckConstraint(condition=Q(item__in=CostItem.values), name="cost_total_item_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()} {self.spent} 元"
