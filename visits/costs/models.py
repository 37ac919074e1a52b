"""费用: what a reception is expected to cost (CostLine); models_sheet.py holds what it did cost."""

from django.db import models

from visits.costs.choices import PLANNED, CostItem


class CostLine(models.Model):
    """One line of the budget.

    meal: `quantity` meals × `people` diners; lodging: `quantity` nights × `people` rooms;
    every other item: `quantity` alone. An empty `people` is the headcount. `unit_price` is 元;
    an empty one means "at the tier's standard" of the day `on` (empty: the day of arrival).
    The lines of meals and lodging are made from the rows of visits.arrangements, by writing.py alone.
    """

    reception = models.ForeignKey(
        "visits.Reception", verbose_name="接待", on_delete=models.CASCADE, related_name="lines"
    )
    order = models.PositiveSmallIntegerField("次序", default=0)
    item = models.CharField("项目", max_length=10, choices=CostItem.choices)
    label = models.CharField("内容", max_length=60, blank=True)
    quantity = models.PositiveIntegerField("数量", default=1)
    people = models.PositiveIntegerField("人数/间数", null=True, blank=True)
    on = models.DateField("日期", null=True, blank=True, help_text="不填按到达日的标准")
    unit_price = models.DecimalField(
        "单价（元）",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="不填按级别标准",
    )

    class Meta:
        verbose_name = "费用"
        verbose_name_plural = "费用"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(item__in=PLANNED), name="cost_item_planned"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="cost_quantity_from_one"),
            models.CheckConstraint(
                condition=models.Q(people__isnull=True) | models.Q(people__gte=1),
                name="cost_people_from_one",
            ),
            models.CheckConstraint(
                condition=models.Q(unit_price__isnull=True) | models.Q(unit_price__gte=0),
                name="cost_price_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_item_display()} {self.label}".strip()
