"""How long 接单, 完工 and 回访 may take, by category: data that an administrator keeps (records §2.1 报修)."""

from datetime import timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from helpdesk.cases.models import Category
from reception.core.steady import steady


class RepairLimit(models.Model):
    """Minutes for one category, for everything below it, or — without a category — for all others.

    accept runs day and night from the hand-over, like the half hour; finish (from the first arrival) and revisit
    (from the slip) are minutes of the desk's own hours.
    """

    category = models.ForeignKey(
        Category, verbose_name="类别", on_delete=models.PROTECT, null=True, blank=True, related_name="limits",
        limit_choices_to={"kind": "repair"}, help_text="不选类别的一行，是其余各类的标准。",
    )  # fmt: skip
    accept = models.PositiveIntegerField("接单（分钟）", default=10)
    finish = models.PositiveIntegerField("完工（分钟，服务时间）", default=720)
    revisit = models.PositiveIntegerField("回访（分钟，服务时间）", default=1440)

    class Meta:
        verbose_name = verbose_name_plural = "报修时限"
        ordering = ["category"]
        constraints = [
            models.UniqueConstraint(Coalesce("category", Value(0)), name="repair_limit_once"),
            models.CheckConstraint(
                condition=Q(accept__gte=1, finish__gte=1, revisit__gte=1),
                name="repair_limit_from_one_minute",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category or '其余各类'} 接单 {self.accept} 完工 {self.finish} 回访 {self.revisit} 分钟"


class Limits(NamedTuple):
    """The three limits of one order."""

    accept: timedelta
    finish: timedelta
    revisit: timedelta


@steady
def limits_of(category: Category) -> Limits:
    """The row of the category, else of its first level, else the common one; the defaults without any. One query."""
    wanted = Q(category=category.pk) | Q(category=category.parent_id or 0) | Q(category__isnull=True)
    # The narrowest row last, so that it stands.
    rows = sorted(
        RepairLimit.objects.filter(wanted).order_by(),
        key=lambda row: (row.category_id is not None, row.category_id == category.pk),
    )
    row = rows[-1] if rows else RepairLimit()
    return Limits(*(timedelta(minutes=getattr(row, name)) for name in Limits._fields))
