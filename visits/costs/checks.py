"""What is looked at when 接待清单 is handed in (A7a, A7b, records §1.1 rule profiles).

gaps keep the list from being handed in: it is not finished. exceptions have happened and cannot be
undone: each is a sentence that the applicant explains and a leader confirms.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from reception.core.flow import Refused
from visits.costs.actuals import Actuals
from visits.costs.choices import CostItem, Meal
from visits.costs.estimate import money
from visits.profiles.models import RuleProfile


def gaps(rows: list[Any], note: str) -> list[Refused]:
    """What is not finished yet, in the list's order: no row at all without a word why, a row with an
    amount and neither a 凭证号 nor a reason, a meal at which nobody sat."""
    if not rows:
        return [] if note.strip() else [Refused("missing", "清单里还没有费用。这次确实没有花费的，请在结算说明里写明。", field="note")]  # fmt: skip
    found = []
    for row in rows:
        if row.amount and not (row.voucher.strip() or row.voucher_note.strip()):
            found.append(_gap(row, "没有凭证号。请更正这一行，填上凭证号，或写明为什么没有。"))
        if row.item == CostItem.MEAL and not row.ours + row.theirs:
            found.append(_gap(row, "是用餐，但没有就餐人数。请更正这一行。"))
    return found


def _gap(row: Any, what: str) -> Refused:
    """A refusal that names its row."""
    return Refused("missing", f"第 {row.number} 行{what}（接待清单与凭证要相符）")


def exceptions(rows: list[Any], found: Actuals, *, profile: RuleProfile | None, headcount: int, tier: Any,
               twice: Mapping[str, str]) -> list[str]:  # fmt: skip
    """Sentences that need a reason and a leader's confirmation; [] when all is within the rules.

    profile: the rules of the 接待性质, None without any; twice: 凭证号 → the number of the other reception whose list holds it too.
    """
    return [
        *_amounts(found, tier),
        *_heads(rows, headcount),
        *_diners(rows, profile),
        *_kinds(rows, profile),
        *[f"凭证号 {voucher} 已在 {other} 的清单里用过，请核对是否重复报销" for voucher, other in twice.items()],
    ]  # fmt: skip


def _amounts(found: Actuals, tier: Any) -> Iterable[str]:
    """Categories above the standard (A7a) or above what the leader set (A7b)."""
    for row in found.over_categories:
        if not row.by_leader:
            yield f"{row.label} {money(row.spent)} 元，超过{tier}标准 {money(row.over)} 元（A7a）"
        elif row.allowed:
            yield f"{row.label} {money(row.spent)} 元，超过领导定的 {money(row.allowed)} 元（A7b）"
        else:
            yield f"{row.label} {money(row.spent)} 元，领导没有定过{row.label}标准（A7b）"


def _heads(rows: list[Any], headcount: int) -> Iterable[str]:
    """More guests on a row than came."""
    for row in rows:
        if row.theirs > headcount:
            yield f"第 {row.number} 行对方 {row.theirs} 人，多于来访的 {headcount} 人"


def _diners(rows: list[Any], profile: RuleProfile | None) -> Iterable[str]:
    """Tables at which too many of us sat."""
    for row in rows:
        limit = profile.diner_limit(row.theirs) if profile else None
        if profile and limit is not None and row.item == CostItem.MEAL and row.ours > limit:
            meal = Meal(row.meal).label if row.meal else "用餐"
            yield f"第 {row.number} 行{meal}陪餐 {row.ours} 人，最多 {limit} 人：{profile.diner_rule}"


def _kinds(rows: list[Any], profile: RuleProfile | None) -> Iterable[str]:
    """公务接待 knows neither wine nor tobacco."""
    if profile is None or profile.tobacco_wine_allowed:
        return
    for row in rows:
        if row.item in (CostItem.WINE, CostItem.TOBACCO) and row.amount > Decimal(0):
            yield f"第 {row.number} 行{CostItem(row.item).label} {money(row.amount)} 元：{profile}不得提供烟酒"
