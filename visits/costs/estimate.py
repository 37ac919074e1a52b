"""A7a: what a visit is expected to cost, against the tier's standard. Pure; money is Decimal 元."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from visits.costs.choices import BY_PEOPLE, CostItem

UNSET = "未设置"


def money(amount: Decimal | None) -> str:
    """3,340 or 3,340.50; an unset amount is 未设置, never 0."""
    if amount is None:
        return UNSET
    return f"{amount:,.2f}".removesuffix(".00")


@dataclass(frozen=True)
class Row:
    """One category. amount / standard None: not known (未设置); `limited` False: it has no standard."""

    item: str
    label: str
    amount: Decimal | None
    standard: Decimal | None
    limited: bool
    left_out: tuple[str, ...]

    @property
    def over(self) -> Decimal:
        """元 above the standard; 0 when within it or when either side is not known."""
        if self.amount is None or self.standard is None:
            return Decimal(0)
        return max(Decimal(0), self.amount - self.standard)

    @property
    def amount_text(self) -> str:
        """The amount as a page shows it."""
        return money(self.amount)

    @property
    def standard_text(self) -> str:
        """The standard as a page shows it; — where the regulation sets none."""
        return money(self.standard) if self.limited else "—"


@dataclass(frozen=True)
class Estimate:
    """The rows of the categories that occur, in the form's order."""

    rows: tuple[Row, ...]

    @property
    def total(self) -> Decimal:
        """Sum of the known amounts; `left_out` says what is not in it."""
        return sum((row.amount for row in self.rows if row.amount is not None), Decimal(0))

    @property
    def over(self) -> Decimal:
        """Sum of what each category exceeds its standard by; savings elsewhere do not pay for it."""
        return sum((row.over for row in self.rows), Decimal(0))

    @property
    def left_out(self) -> list[str]:
        """Sentences: which lines the total leaves out, and why."""
        return [text for row in self.rows for text in row.left_out]

    @property
    def over_rows(self) -> list[Row]:
        """Categories above their standard."""
        return [row for row in self.rows if row.over]


Standards = Mapping[str, Decimal | None]


def estimate(lines: Iterable[Any], standards: Standards, tier: Any = None, headcount: int | None = None,
             dated: Mapping[date, Standards] | None = None) -> Estimate:  # fmt: skip
    """Estimate `lines` (objects with item, label, quantity, people, unit_price, on).

    standards: item → 元 or None of the day of arrival, as standards_on() gives them; dated: the same of the
    days that lines are `on`; tier: named in the sentences; headcount: stands for an empty `people`. A line whose price, standard or people is not known is
    left out of the sum and said so.
    """
    grouped: dict[str, list[Any]] = {}
    for line in lines:
        grouped.setdefault(str(line.item), []).append(line)
    name = tier.name if tier else "该级别"
    rows = [
        _row(
            CostItem(item),
            [(line, _in_force(line, standards, dated)) for line in grouped[item]],
            name,
            headcount,
        )
        for item in CostItem.values
        if item in grouped
    ]
    return Estimate(tuple(rows))


def _in_force(line: Any, standards: Standards, dated: Mapping[date, Standards] | None) -> Standards:
    """The standards of the day that the line is on; without one, of the day of arrival."""
    on = getattr(line, "on", None)
    return dated.get(on, standards) if on and dated else standards


def _row(item: CostItem, lines: list[tuple[Any, Standards]], tier: str, headcount: int | None) -> Row:
    """One category's sum, its standard for the same units, and what could not be counted."""
    limited = any(item.value in standards for _, standards in lines)
    amount, allowed, left_out = [], [], []
    for line, standards in lines:
        unit, count = standards.get(item.value), _units(item, line, headcount)
        price = line.unit_price if line.unit_price is not None else unit
        what = f"{item.label}{'“' + line.label + '”' if line.label else ''}"
        if count is None:
            left_out.append(f"{what}没有人数，未计入估算")
        elif price is None:
            left_out.append(
                f"{what}：{f'{tier}{item.label}标准未设置，也' if limited else ''}没有单价，未计入估算"
            )
        else:
            amount.append(price * count)
            allowed.append(unit * count if unit is not None else None)
    known = [one for one in allowed if one is not None]
    standard = sum(known, Decimal(0)) if known and len(known) == len(allowed) else None
    return Row(
        item.value,
        item.label,
        sum(amount, Decimal(0)) if amount else None,
        standard,
        limited,
        tuple(left_out),
    )


def _units(item: CostItem, line: Any, headcount: int | None) -> int | None:
    """How many units a price is paid for: meals × diners, nights × rooms, else the quantity."""
    if item not in BY_PEOPLE:
        return int(line.quantity)
    people = line.people or headcount
    return int(line.quantity) * int(people) if people else None
