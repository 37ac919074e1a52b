"""Rule profiles (records §1.1): what a reception of one 接待性质 may hold. Data, never a rule in code."""

from collections.abc import Iterator

from django.db import models
from django.db.models import Q

from reception.core.steady import steady
from visits.profiles.choices import Nature

NUMERALS = "零一二三四五六七八九十"


class RuleProfile(models.Model):
    """The limits of one 接待性质; an administrator changes them without code.

    Diners (people of ours at a guests' meal): with `few_guests` guests or fewer at most `few_diners`,
    else at most ⌊guests ÷ divisor⌋. An empty few_guests: the share holds for every number of guests.
    An empty divisor: no limit.
    """

    nature = models.CharField("接待性质", max_length=12, choices=Nature.choices, unique=True)
    letter_required = models.BooleanField("须有公函", default=False)
    letter_file_required = models.BooleanField("须上传公函或邀请函", default=False)
    tobacco_wine_allowed = models.BooleanField("可以提供烟、酒", default=True)
    pick_up_allowed = models.BooleanField("可以接站送站", default=True)
    few_guests = models.PositiveSmallIntegerField(
        "来宾较少（人以内）", null=True, blank=True, help_text="不填表示不分来宾多少"
    )
    few_diners = models.PositiveSmallIntegerField("来宾较少时陪餐最多（人）", null=True, blank=True)
    divisor = models.PositiveSmallIntegerField(
        "陪餐不超过来宾的几分之一", null=True, blank=True, help_text="1 表示不超过来宾人数；不填表示不限"
    )
    department_code = models.SlugField(
        "规定的责任部门", max_length=32, blank=True, help_text="不填表示由申请部门负责"
    )
    department_source = models.CharField("由它负责的依据", max_length=60, blank=True)
    source = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "接待规则"
        verbose_name_plural = "接待规则"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="profile_nature_known"),
            models.CheckConstraint(
                condition=Q(divisor__isnull=True) | Q(divisor__gte=1), name="profile_divisor_from_one"
            ),
            models.CheckConstraint(
                condition=Q(few_guests__isnull=True, few_diners__isnull=True)
                | Q(few_guests__gte=1, few_diners__isnull=False),
                name="profile_few_guests_with_diners",
                violation_error_message="“来宾较少”的人数和它的陪餐人数要一起填，或者都不填",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()}接待"

    def diner_limit(self, guests: int) -> int | None:
        """How many of us may sit at a meal with so many guests; None: as many as one likes."""
        if self.few_guests is not None and guests <= self.few_guests:
            return self.few_diners
        return guests // self.divisor if self.divisor else None

    @property
    def counts_diners(self) -> bool:
        """Whether 陪餐人数 has to be given: a rule of its own for small groups cannot be left open."""
        return self.few_guests is not None

    @property
    def special(self) -> bool:
        """Whether it asks for more than the ordinary share of diners."""
        return (
            self.letter_required
            or self.letter_file_required
            or self.counts_diners
            or not (self.tobacco_wine_allowed and self.pick_up_allowed)
        )

    @property
    def diner_rule(self) -> str:
        """The rule about diners as a sentence without its full stop; "" without a limit."""
        share = self._share()
        if self.few_guests is None:
            return f"陪餐人数{share}" if share else ""
        few = f"{self}：来宾{self.few_guests}人以内陪餐不超过{self.few_diners}人"
        return f"{few}，超过{self.few_guests}人的陪餐{share}" if share else few

    def _share(self) -> str:
        """不超过来宾的三分之一; "" without a limit."""
        if not self.divisor:
            return ""
        if self.divisor == 1:
            return "不超过来宾人数"
        part = NUMERALS[self.divisor] if self.divisor < len(NUMERALS) else str(self.divisor)
        return f"不超过来宾的{part}分之一"

    def sentences(self) -> Iterator[str]:
        """Every rule, one after another, each without its full stop."""
        if self.letter_required:
            yield "须有公函"
        if self.letter_file_required:
            yield "须上传公函或邀请函"
        if not self.tobacco_wine_allowed:
            yield "不得提供烟、酒"
        if not self.pick_up_allowed:
            yield "不得在机场、车站、码头接站送站"
        if self.diner_rule:
            yield self.diner_rule.removeprefix(f"{self}：")

    @property
    def text(self) -> str:
        """The profile on one line, with what it rests on: 公务接待：须有公函；…。依据：…"""
        rules = "；".join(self.sentences()) or "没有特别限制"
        return f"{self}：{rules}。" + (f"依据：{self.source}" if self.source else "")


@steady
def profile_of(nature: str) -> RuleProfile | None:
    """The profile of a 接待性质; None while none is chosen."""
    return RuleProfile.objects.filter(nature=nature).first() if nature else None
