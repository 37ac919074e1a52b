"""The template that tasks are made from: one base (嘉宾) and how the tiers differ from it (A8.1)."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from visits.tasks.choices import Anchor, Difference
from visits.tasks.due import say, split

OFFSET = RegexValidator(
    r"^[+-]\d{1,3}[dh]\Z",
    "时限写成 -3d、-2h 或 +5d：减号是之前，加号是之后，d 是工作日，h 是小时，例如 -2d 是提前 2 个工作日",
)


class TaskTemplate(models.Model):
    """One duty of records §1.3 as the base tier (嘉宾) has it.

    owner: a department's code, or host / responsible / manager / office. base: whether 嘉宾 has it at all; one
    that it has not is added by tiers. need: only created when the request ticks it (empty: always); natures:
    only for these 接待性质, comma-separated (empty: all). checklist: a line each, with a time of its own when
    it ends in an offset (茶水 -1h). A change holds for what is approved from then on: a task keeps what it was
    made from.
    """

    code = models.SlugField("代码", max_length=30, unique=True)
    owner = models.CharField("承办", max_length=32)
    duty = models.CharField("工作", max_length=60)
    base = models.BooleanField("嘉宾级（基准）设置", default=True, help_text="不勾：只有下面“增设”的级别有")
    anchor = models.CharField("计时起点", max_length=1, choices=Anchor.choices)
    offset = models.CharField(
        "时限", max_length=6, validators=[OFFSET], help_text="如 -2d（提前 2 个工作日）、-4h、+5d"
    )
    need = models.CharField("对应需要", max_length=12, blank=True, help_text="不选：总要办")
    natures = models.CharField("只用于接待性质", max_length=60, blank=True)
    order = models.PositiveSmallIntegerField("次序", unique=True)
    checklist = models.TextField(
        "清单", blank=True, help_text="一行一项，按先后排；有自己的时限就写在行末，如“茶水 -1h”"
    )
    evidence = models.CharField(
        "完成时要填", max_length=40, blank=True, help_text="如“车牌号、司机电话”；不填：不要求凭据"
    )
    reconfirm = models.CharField(
        "再确认", max_length=6, blank=True, validators=[OFFSET], help_text="如 -4h：到时再问一次；不填：不用"
    )
    blocking = models.BooleanField(
        "堵点", default=False, help_text="没有办完就不能开始接待；不勾的只提醒，不拦"
    )
    active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = "任务模板"
        verbose_name_plural = "任务模板"
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=~Q(duty=""), name="template_has_duty"),
            models.CheckConstraint(condition=Q(anchor__in=Anchor.values), name="template_anchor_known"),
        ]

    def __str__(self) -> str:
        return self.duty

    def get_absolute_url(self) -> str:
        """Where all of them stand."""
        return "/visits/tasks/templates/"

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(words, offset or "") of its checklist, in order."""
        return split(self.checklist)

    @property
    def due_words(self) -> str:
        """到达前 2 个工作日."""
        return say(self.anchor, self.offset)


class TierOffset(models.Model):
    """How one tier differs from the base template: added, dropped, or another due time (A8.1)."""

    template = models.ForeignKey(
        TaskTemplate, verbose_name="模板", on_delete=models.CASCADE, related_name="differences"
    )
    tier = models.ForeignKey(
        "visits.Tier", verbose_name="级别", on_delete=models.PROTECT, related_name="differences"
    )
    kind = models.CharField("差别", max_length=6, choices=Difference.choices)
    offset = models.CharField("时限", max_length=6, blank=True, validators=[OFFSET])
    checklist = models.TextField("清单", blank=True, help_text="不填与基准相同")

    class Meta:
        verbose_name = "级别差别"
        verbose_name_plural = "级别差别"
        ordering = ["template__order", "tier__order"]
        constraints = [
            models.UniqueConstraint(fields=["template", "tier"], name="difference_once_a_tier"),
            models.CheckConstraint(
                condition=(Q(kind=Difference.DROP) & Q(offset=""))
                | (Q(kind__in=(Difference.CHANGE, Difference.ADD)) & ~Q(offset="")),
                name="difference_has_offset_unless_dropped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.offset}".strip()

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(words, offset or "") of its own checklist, in order; none when it is the base's."""
        return split(self.checklist)
