"""The four tiers (A2), the host each asks for (A4), and their dated standards (A7a)."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db import models

from reception.core.people.choices import Rank
from reception.core.steady import steady
from visits.tiers.choices import StandardItem


class Tier(models.Model):
    """接待级别. `order` 1 is the highest. An administrator renames one, never deletes it:
    what uses a tier PROTECTs it, and policies.check_deletable says so in a sentence."""

    code = models.SlugField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=20, unique=True)
    glyph = models.CharField("简称", max_length=1)
    css = models.CharField("颜色", max_length=1, help_text="设计变量里的 a、b、c、d")
    order = models.PositiveSmallIntegerField("次序", unique=True)
    host_rank = models.PositiveSmallIntegerField("主陪最低职级", choices=Rank.choices)
    host_rule = models.CharField("主陪规定", max_length=80)
    approver_rank = models.PositiveSmallIntegerField("审批最低职级", choices=Rank.choices)

    class Meta:
        verbose_name = "接待级别"
        verbose_name_plural = "接待级别"
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="tier_has_name"),
            models.CheckConstraint(condition=models.Q(order__gte=1), name="tier_order_from_one"),
        ]

    def __str__(self) -> str:
        return self.name


class StandardQuerySet(models.QuerySet):
    """Sentences about standards."""

    def in_force(self, on: date) -> "StandardQuerySet":
        """Rows already valid on the Shanghai date `on`, oldest first."""
        return self.filter(valid_from__lte=on).order_by("valid_from", "id")


class Standard(models.Model):
    """接待标准: 元 per unit for one tier and item from a date on. An empty amount is
    未设置 (not decided yet), which is another thing than 0."""

    tier = models.ForeignKey(Tier, verbose_name="级别", on_delete=models.PROTECT, related_name="standards")
    item = models.CharField("项目", max_length=10, choices=StandardItem.choices)
    amount = models.DecimalField(
        "标准（元）",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="不填表示未设置，不会当作 0",
    )
    unit = models.CharField("单位", max_length=10, blank=True)
    valid_from = models.DateField("生效日期")

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = "接待标准"
        verbose_name_plural = "接待标准"
        ordering = ["tier__order", "item", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["tier", "item", "valid_from"], name="standard_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="standard_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(item__in=StandardItem.values), name="standard_item_known"
            ),
        ]

    def __str__(self) -> str:
        amount = "未设置" if self.amount is None else f"{self.amount}{self.unit}"
        return f"{self.get_item_display()} {amount}（{self.valid_from}起）"


def standards_on(tier: Tier, on: date) -> dict[str, Decimal | None]:
    """The amounts (元) of `tier` in force on the Shanghai date `on` (A7a), for every item.

    An item without a row, or whose newest row is empty, is None: 未设置, never 0.
    """
    return standards_by_day(tier, {on})[on]


def standards_by_day(tier: Tier, days: Collection[date]) -> dict[date, dict[str, Decimal | None]]:
    """The same for several Shanghai dates, in one query."""
    found: dict[date, dict[str, Decimal | None]] = {day: dict.fromkeys(StandardItem.values) for day in days}
    for since, item, amount in _amounts(tier, max(days)) if days else ():
        for day, amounts in found.items():
            if since <= day:
                amounts[item] = amount
    return found


@steady
def _amounts(tier: Tier, latest: date) -> list[tuple[date, str, Decimal | None]]:
    rows = Standard.objects.filter(tier=tier).in_force(latest)
    return list(rows.values_list("valid_from", "item", "amount"))
