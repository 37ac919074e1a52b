"""The category tree that the manager keeps (D4.3.1), and the minutes that the clocks start from."""

import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from helpdesk.cases.choices import Kind
from helpdesk.cases.fields import known
from reception.core.steady import steady

SPLIT = re.compile(r"[\s,，、;；]+")


class CategoryManager(models.Manager["Category"]):
    """Categories always come with their parent: they name themselves by it."""

    def get_queryset(self) -> models.QuerySet["Category"]:
        """All, with the parent joined."""
        return super().get_queryset().select_related("parent")


class Category(models.Model):
    """One category. For a repair the first level is the trade's field (水, 电 …), the second what is wrong;
    for other kinds of call the kind itself is the first level and the row the second.

    keywords: words, separated by spaces or commas, that suggest it; trade: the 班组 that answers for it.
    """

    kind = models.CharField("来电类别", max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name="上级",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to=Q(parent__isnull=True),
    )
    name = models.CharField("名称", max_length=20)
    keywords = models.CharField("关键词", max_length=300, blank=True)
    trade = models.CharField("班组", max_length=16, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    objects = CategoryManager()

    class Meta:
        verbose_name = "类别"
        verbose_name_plural = "类别"
        ordering = ["kind", "order", "id"]
        constraints = [
            # Two constraints: SQLite knows no NULLS NOT DISTINCT.
            models.UniqueConstraint(
                fields=["kind", "name"], condition=Q(parent__isnull=True), name="category_once_on_top"
            ),
            models.UniqueConstraint(
                fields=["parent", "name"], condition=Q(parent__isnull=False), name="category_once_below"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="category_has_name"),
            known("category", "kind", Kind),
        ]

    def __str__(self) -> str:
        return f"{self.parent.name}·{self.name}" if self.parent_id and self.parent else self.name

    def clean(self) -> None:
        """Two levels, and both of one kind; the admin shows the sentence."""
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": f"“{self.parent}”已经是第二级，下面不能再分。（D4.3.1）"})
        if self.parent and self.parent.kind != self.kind:
            raise ValidationError({"parent": f"上级“{self.parent}”属于别的来电类别，请重选。（D4.3.1）"})

    @property
    def root(self) -> "Category":
        """The first level: its parent, or itself."""
        return self.parent if self.parent_id and self.parent else self

    @property
    def words(self) -> list[str]:
        """Its keywords."""
        return [word for word in SPLIT.split(self.keywords) if word]


def classify(text: str, kind: str = "") -> Category | None:
    """The category whose keywords cover most of `text`, among those of `kind` (all kinds for "").

    Longer words count more, so 漏电 wins over 电; None when no keyword stands in the text. One query.
    """
    best, top = None, 0
    for row in _categories(kind):
        score = sum(len(word) ** 2 for word in row.words if word in text)
        # A tie goes to the second level: 水·漏水 says more than 水.
        if score > top or (score and score == top and best and best.parent_id is None and row.parent_id):
            best, top = row, score
    return best


@steady
def _categories(kind: str) -> list[Category]:
    return list(Category.objects.filter(kind=kind) if kind else Category.objects.all())


class ClockRule(models.Model):
    """How many minutes a promise has when nothing else was agreed; data, kept by an administrator."""

    code = models.CharField("时限", max_length=32, unique=True)
    name = models.CharField("名称", max_length=32)
    minutes = models.PositiveIntegerField("分钟")

    class Meta:
        verbose_name = "时限标准"
        verbose_name_plural = "时限标准"
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=1), name="clock_rule_from_one_minute")]

    def __str__(self) -> str:
        return f"{self.name} {self.minutes} 分钟"


@steady
def limit_of(code: str, otherwise: int = 30) -> timedelta:
    """The limit set for `code`; `otherwise` minutes when the row was taken away (D4.4.1 半小时内)."""
    minutes = ClockRule.objects.filter(code=code).values_list("minutes", flat=True).first()
    return timedelta(minutes=minutes or otherwise)
