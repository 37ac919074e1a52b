"""日程: what happens when and where during a reception, and who answers for it."""

from django.db import models
from django.db.models import F, Q

from reception.core.pairs import who
from visits.itinerary.choices import ItemKind


class Itinerary(models.Model):
    """The itinerary of one reception. `revision` grows with every change, so that two hands never mix."""

    reception = models.OneToOneField(
        "visits.Reception", verbose_name="接待", on_delete=models.PROTECT, related_name="itinerary"
    )
    revision = models.PositiveIntegerField("版本", default=0)
    created_at, created_by = models.DateTimeField("拟定时间"), who("拟定人", "+", null=False)

    class Meta:
        verbose_name = verbose_name_plural = "日程"

    def __str__(self) -> str:
        return "这份日程"


class Item(models.Model):
    """One row. Times are aware; `planned_start` is what was planned before anybody came late.

    fixed (不动): a train or a flight does not wait. parallel: may run beside another item. Rows are replaced as a
    whole by an edit; a shift keeps them.
    """

    itinerary = models.ForeignKey(
        Itinerary, verbose_name="日程", on_delete=models.CASCADE, related_name="items"
    )
    kind = models.CharField("类别", max_length=8, choices=ItemKind.choices, default=ItemKind.OTHER)
    what = models.CharField("事项", max_length=60)
    start, end = models.DateTimeField("开始"), models.DateTimeField("结束")
    planned_start = models.DateTimeField("原定开始")
    place = models.CharField("地点", max_length=60, blank=True)
    department = models.ForeignKey(
        "core.Department",
        verbose_name="负责部门",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    person = who("负责人", "itinerary_items")
    note = models.CharField("备注", max_length=120, blank=True)
    fixed = models.BooleanField("不动", default=False)
    parallel = models.BooleanField("可同时进行", default=False)

    class Meta:
        verbose_name = "日程安排"
        verbose_name_plural = "日程安排"
        ordering = ["start", "end", "id"]
        indexes = [models.Index(fields=["person", "start"], name="item_of_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="item_says_what"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="item_ends_after_start"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_known"),
        ]

    def __str__(self) -> str:
        return self.what
