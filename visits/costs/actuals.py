"""A7a, A7b: what was spent against what is allowed, category by category. Pure; money is Decimal 元."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from visits.costs.choices import BY_LEADER, CostItem
from visits.costs.estimate import Estimate, money

CENT = Decimal("0.01")
UNIT_NAMES = {
    CostItem.MEAL: "人均",
    CostItem.WINE: "每瓶",
    CostItem.TOBACCO: "每盒",
    CostItem.LODGING: "每间每晚",
}


@dataclass(frozen=True)
class Category:
    """One category. allowed None: no standard applies or it is 未设置 (`limited` tells which); for 活动 and
    礼品 it is the leader's amount, 0 when none was set. estimated None: not planned or not known."""

    item: str
    label: str
    estimated: Decimal | None
    allowed: Decimal | None
    spent: Decimal
    limited: bool
    rows: int

    @property
    def over(self) -> Decimal:
        """元 above what is allowed; savings in another category do not pay for it."""
        return max(Decimal(0), self.spent - self.allowed) if self.allowed is not None else Decimal(0)

    @property
    def by_leader(self) -> bool:
        """Whether only the approver says how much (A7b)."""
        return self.item in BY_LEADER

    @property
    def allowed_text(self) -> str:
        """The standard as a page shows it: — where there is none, 未设置 where it is not decided."""
        if self.rows == 0 and self.allowed is None:
            return "—"
        return money(self.allowed) if self.limited else "—"


@dataclass(frozen=True)
class Actuals:
    """The categories that were planned or spent, in the form's order."""

    categories: tuple[Category, ...]

    @property
    def spent(self) -> Decimal:
        """All that was spent."""
        return sum((row.spent for row in self.categories), Decimal(0))

    @property
    def over(self) -> Decimal:
        """Sum of what each category exceeds."""
        return sum((row.over for row in self.categories), Decimal(0))

    @property
    def estimated(self) -> Decimal | None:
        """Sum of the known plans, None when nothing is known."""
        return _sum(row.estimated for row in self.categories)

    @property
    def allowed(self) -> Decimal | None:
        """Sum of what is limited and known, None when nothing is."""
        return _sum(row.allowed for row in self.categories)

    @property
    def over_categories(self) -> list[Category]:
        """Categories above what is allowed."""
        return [row for row in self.categories if row.over]


def actuals(rows: Iterable[Any], plan: Estimate, standards: Mapping[str, Decimal | None],
            budgets: Mapping[str, Decimal | None]) -> Actuals:  # fmt: skip
    """Compare live `rows` (objects with item, ours, theirs, quantity, amount) with the plan.

    standards: item → 元 per unit or None, as standards_on() gives them; budgets: activity, gift → the
    leader's 元 or None (A7b: nothing was allowed).
    """
    spent: dict[str, list[Any]] = {}
    for row in rows:
        spent.setdefault(str(row.item), []).append(row)
    planned = {row.item: row.amount for row in plan.rows}
    planned |= {item: amount for item, amount in budgets.items() if amount is not None}
    return Actuals(
        tuple(
            _category(CostItem(item), spent.get(item, []), planned.get(item), standards, budgets)
            for item in CostItem.values
            if item in spent or item in planned
        )
    )


def _category(item: CostItem, rows: list[Any], planned: Decimal | None, standards: Mapping[str, Decimal | None],
              budgets: Mapping[str, Decimal | None]) -> Category:  # fmt: skip
    """One category's sums."""
    allowed: Decimal | None = None
    unit = standards.get(item.value)
    if item in BY_LEADER:
        allowed = budgets.get(item.value) or Decimal(0)
    elif unit is not None and rows:
        allowed = unit * sum(units(row) for row in rows)
    spent = sum((row.amount for row in rows), Decimal(0))
    return Category(
        item.value, item.label, planned, allowed, spent, item in standards or item in BY_LEADER, len(rows)
    )


def units(row: Any) -> int:
    """How many units a row's standard is multiplied by: diners of both sides, else its quantity."""
    return int(row.ours) + int(row.theirs) if row.item == CostItem.MEAL else int(row.quantity)


def each(row: Any) -> Decimal | None:
    """元 per person, bottle, box or room night of a row; None where that says nothing."""
    count = units(row)
    if row.item not in UNIT_NAMES or not count:
        return None
    return (row.amount / count).quantize(CENT)


def each_text(row: Any, standards: Mapping[str, Decimal | None]) -> tuple[str, bool]:
    """人均 180 and whether that is above the standard."""
    one = each(row)
    if one is None:
        return "", False
    limit = standards.get(str(row.item))
    return f"{UNIT_NAMES[CostItem(row.item)]} {money(one)}", limit is not None and one > limit


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Sum of the known ones; None when none is known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None
