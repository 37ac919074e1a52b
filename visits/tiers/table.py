"""接待标准表 (A7a): what stands for each tier on a day, what is still to come, and what was before."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from visits.tiers.choices import UNITS, StandardItem
from visits.tiers.models import Standard, Tier

UNSET = "未设置"
SHOWN = 60


@dataclass(frozen=True)
class Cell:
    """One amount: 元 or None (未设置), its unit, since when, and the next one when it is known."""

    amount: Decimal | None
    unit: str
    since: date | None
    coming: tuple[date, Decimal | None] | None

    @property
    def text(self) -> str:
        """260 元/人, or 未设置, never 0."""
        return UNSET if self.amount is None else f"{plain(self.amount)} {self.unit}"

    @property
    def coming_text(self) -> str:
        """3月1日起 280."""
        if self.coming is None:
            return ""
        since, amount = self.coming
        return f"{since.year}年{since.month}月{since.day}日起 {UNSET if amount is None else plain(amount)}"


@dataclass(frozen=True)
class Line:
    """One tier with its four cells in the regulation's order."""

    tier: Tier
    cells: tuple[Cell, ...]


def plain(amount: Decimal) -> str:
    """1,260 or 1,260.50."""
    return f"{amount:,.2f}".removesuffix(".00")


def table(on: date) -> list[Line]:
    """The tiers, highest first, with the standards of the Shanghai date `on`; two queries."""
    rows: dict[tuple[int, str], list[Standard]] = {}
    for row in Standard.objects.order_by("valid_from", "id"):
        rows.setdefault((row.tier_id, row.item), []).append(row)
    return [
        Line(tier, tuple(_cell(rows.get((tier.pk, item.value), []), item, on) for item in StandardItem))
        for tier in Tier.objects.all()
    ]


def _cell(rows: list[Standard], item: StandardItem, on: date) -> Cell:
    """The newest row that has begun, and the first that has not."""
    begun = [row for row in rows if row.valid_from <= on]
    later = [row for row in rows if row.valid_from > on]
    now = begun[-1] if begun else None
    unit = (now.unit if now else "") or UNITS[item]
    coming = (later[0].valid_from, later[0].amount) if later else None
    return Cell(now.amount if now else None, unit, now.valid_from if now else None, coming)


def history() -> list[Standard]:
    """The newest SHOWN rows, newest first; one query."""
    return list(
        Standard.objects.select_related("tier").order_by("-valid_from", "tier__order", "item")[:SHOWN]
    )


def asked_day(text: str, today: date) -> date:
    """The day of the address, today for none or a broken one; at most ten years away."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day - today) < timedelta(days=3660) else today
