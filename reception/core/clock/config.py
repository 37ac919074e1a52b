"""What an administrator sets about clocks: names, rules that are switched off, and the hours in which nobody is reminded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from reception.core.clock.periods import SHANGHAI, local
from reception.core.steady import steady


class RuleSetting(models.Model):
    """How one rule alarms. A rule without a row is on, named 时限, and keeps the quiet hours.

    active: off, its clocks count and break as ever but nobody is told; loud: told in quiet hours too (突发).
    """

    rule = models.CharField("编码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=32)
    loud = models.BooleanField("静默时段也提醒", default=False)
    active = models.BooleanField("启用提醒", default=True)
    off_reason = models.CharField("停用原因", max_length=200, blank=True)
    off_at = models.DateTimeField("停用时间", null=True, editable=False)
    off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="停用人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "时限提醒"
        ordering = ["rule"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="rule_has_name"),
            models.CheckConstraint(
                condition=Q(active=True, off_at__isnull=True, off_by__isnull=True, off_reason="")
                | (Q(active=False, off_at__isnull=False, off_by__isnull=False) & ~Q(off_reason="")),
                name="rule_off_says_why",
            ),
            # D4.4.4: what reports an emergency is never silent.
            models.CheckConstraint(condition=Q(active=True) | Q(loud=False), name="rule_loud_is_on"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Switched off only with a reason, and never what is loud; the admin shows the sentence."""
        if not self.active and self.loud:
            raise ValidationError({"active": f"“{self.name}”静默时段也要提醒，不能停用。（D4.4.4）"})
        if not self.active and not self.off_reason.strip():
            raise ValidationError({"off_reason": "停用提醒要写原因，比如系统割接、节日停业。"})
        if self.active and self.off_reason.strip():
            raise ValidationError({"off_reason": "提醒是启用的，请清空停用原因，或取消“启用提醒”。"})


class QuietHours(models.Model):
    """Hours of the Shanghai day in which reminders are held back until `until`; over midnight when that is earlier."""

    name = models.CharField("名称", max_length=32)
    since = models.TimeField("从")
    until = models.TimeField("到")
    active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "静默时段"
        ordering = ["since", "id"]
        constraints = [models.CheckConstraint(condition=~Q(since=F("until")), name="quiet_has_length")]

    def __str__(self) -> str:
        return f"{self.name} {self.since:%H:%M}–{self.until:%H:%M}"

    def clean(self) -> None:
        """An hour of the day is left in which reminders are told."""
        if self.since and self.until and self.since == self.until:
            raise ValidationError({"until": "开始和结束不能一样，不然全天都不提醒。"})
        others = QuietHours.objects.filter(active=True).exclude(pk=self.pk)
        if self.active and self.since and self.until and never_told([*others, self]):
            raise ValidationError("这样设置以后全天没有一个钟点提醒，请缩短静默时段。")

    def end(self, at: datetime) -> datetime | None:
        """When the stretch that `at` lies in ends; None outside."""
        here = local(at)
        now, over = here.time(), self.since > self.until
        if not (now >= self.since or now < self.until if over else self.since <= now < self.until):
            return None
        day = here.date() + timedelta(days=1 if over and now >= self.since else 0)
        return datetime.combine(day, self.until, SHANGHAI)


def quiet_end(at: datetime, rows: Iterable[QuietHours]) -> datetime | None:
    """When the quiet that reigns at `at` ends, rows that meet taken as one; None when it is not quiet. Pure."""
    end, known = at, list(rows)
    for _ in range(2 * len(known)):  # every row at most tonight and tomorrow: never for ever
        later = max((found for row in known if (found := row.end(end))), default=None)
        if later is None:
            break
        end = later
    return end if end > at else None


def never_told(rows: list[QuietHours]) -> bool:
    """Whether the rows leave no minute of a day. Pure."""
    start = datetime(2026, 1, 1, tzinfo=SHANGHAI)
    return all(any(row.end(start + timedelta(minutes=minute)) for row in rows) for minute in range(24 * 60))


@dataclass(frozen=True)
class Manners:
    """How the sweep alarms: rules that are off, rules that are loud, and the quiet hours; read once a sweep."""

    off: frozenset[str] = frozenset()
    loud: frozenset[str] = frozenset()
    quiet: tuple[QuietHours, ...] = field(default=())

    def hush(self, rule: str, at: datetime) -> datetime | None:
        """Until when `rule` holds its tongue at `at`; None when it may speak."""
        return None if rule in self.loud else quiet_end(at, self.quiet)


@steady
def manners() -> Manners:
    """The settings as they stand; two queries."""
    rows = list(RuleSetting.objects.filter(Q(active=False) | Q(loud=True)).values_list("rule", "active"))
    return Manners(
        frozenset(rule for rule, active in rows if not active),
        frozenset(rule for rule, active in rows if active),
        tuple(QuietHours.objects.filter(active=True)),
    )


def rule_name(rule: str, otherwise: str = "时限") -> str:
    """What the rule is called on the screen."""
    return RuleSetting.objects.filter(rule=rule).values_list("name", flat=True).first() or otherwise
