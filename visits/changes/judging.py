"""What a change touches and what of it needs approval, by the administrator's table (records §1.2)."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from visits.arrangements.choices import Kind as Rows
from visits.changes.choices import COLUMNS_OF, Kind
from visits.changes.content import Content, label_of, would_be
from visits.changes.models import ChangeRule
from visits.costs.choices import CostItem
from visits.costs.estimate import money
from visits.requests.choices import Need
from visits.requests.completeness import estimate_of
from visits.requests.models import Reception
from visits.tiers.models import Tier

TREATS = (CostItem.WINE, CostItem.TOBACCO)


@dataclass(frozen=True)
class Touched:
    """One kind of thing that is changed: whether it needs approval, and a Chinese sentence that says why."""

    kind: str
    label: str
    approval: bool
    text: str

    def as_dict(self) -> dict[str, Any]:
        """As the change stores it."""
        return asdict(self)


def judge(reception: Reception, base: Content, proposed: Content) -> list[Touched]:
    """Every kind that differs, in the table's order; [] when nothing does."""
    texts = dict(_texts(reception, base, proposed))
    return [
        Touched(rule.kind, rule.get_kind_display(), *_weigh(rule, base, proposed, texts[rule.kind]))
        for rule in ChangeRule.objects.all()
        if rule.kind in texts
    ]


def higher_tier(reception: Reception, content: Content) -> Tier | None:
    """The higher of the tier in force and the proposed one: its approver decides (A3.1b)."""
    tiers = [reception.tier_now, would_be(reception, content).tier]
    return max((tier for tier in tiers if tier), key=lambda tier: tier.approver_rank, default=None)


def _weigh(rule: ChangeRule, base: Content, proposed: Content, text: str) -> tuple[bool, str]:
    """Whether this needs approval; 人数 only above its limit."""
    if rule.kind != Kind.HEADCOUNT or not rule.approval:
        return rule.approval, text
    old, new = (side["values"]["fields"]["headcount"] or 0 for side in (base, proposed))
    if rule.more_people is None and rule.more_percent is None:
        return True, text
    if rule.more_people is not None and new - old > rule.more_people:
        return True, f"{text}，增加超过 {rule.more_people} 人"
    if rule.more_percent is not None and (new - old) * 100 > old * rule.more_percent:
        return True, f"{text}，增加超过 {rule.more_percent}%"
    return False, text


def _texts(reception: Reception, base: Content, proposed: Content) -> Iterator[tuple[str, str]]:
    """(kind, what of it changed) for every kind that differs."""
    old, new = base["values"]["fields"], proposed["values"]["fields"]
    for kind, names in COLUMNS_OF.items():
        parts = [_arrow(base, proposed, name) for name in names if old[name] != new[name]]
        if parts:
            yield kind, "；".join(parts)
    treats = _treats(base, proposed)
    if treats:
        yield Kind.TREAT, treats
    yield from _money(reception, base, proposed)
    if base["values"]["guests"] != proposed["values"]["guests"]:
        yield Kind.ROSTER, f"名单 {len(base['guests'])} 人 → {len(proposed['guests'])} 人"
    if _needs(base) != _needs(proposed):
        yield Kind.NEEDS, _arrow(base, proposed, "needs")


def _arrow(base: Content, proposed: Content, name: str) -> str:
    """到达 2026-10-31 09:00 → 2026-11-03 09:00; a long text only by its label."""
    old, new = (side["fields"].get(name) or "（空）" for side in (base, proposed))
    return f"{label_of(name)}有修改" if max(len(old), len(new)) > 60 else f"{label_of(name)} {old} → {new}"


def _needs(content: Content) -> set[str]:
    """The ticked needs without the gift, which is judged by itself."""
    return set(content["values"]["fields"]["needs"]) - {Need.GIFT}


def _treats(base: Content, proposed: Content) -> str:
    """酒、烟 lines or the gift differ; "" when they do not."""
    found = []
    for item in TREATS:
        old, new = (_of_item(side["values"]["lines"], item) for side in (base, proposed))
        if old != new:
            found.append(f"{item.label}{'有修改' if old and new else '去掉' if old else '新增'}")
    gift = [Need.GIFT in side["values"]["fields"]["needs"] for side in (base, proposed)]
    if gift[0] != gift[1]:
        found.append("礼品新增" if gift[1] else "礼品去掉")
    return "、".join(found)


def _of_item(lines: Iterable[dict[str, Any]], item: str) -> list[dict[str, Any]]:
    return [line for line in lines if line["item"] == item]


def _money(reception: Reception, base: Content, proposed: Content) -> Iterator[tuple[str, str]]:
    """预算 by the estimate at each version's own tier; lines that cost no more are only logged. Guests who eat more of the
    same plan are a matter of 人数."""
    lines, rows = (base["values"].get(key) != proposed["values"].get(key) for key in ("lines", "rows"))
    if rows:
        yield Kind.ROWS, f"{_kinds(base, proposed)}有修改"
    if not lines and not rows:
        return
    old, new = (_total(would_be(reception, side)) for side in (base, proposed))
    if new > old or lines:
        yield Kind.BUDGET if new > old else Kind.LINES, f"费用估算 {money(old)} 元 → {money(new)} 元"


def _kinds(base: Content, proposed: Content) -> str:
    """用餐、住宿: the kinds of rows that differ."""
    old, new = (side["values"].get("rows", {}) for side in (base, proposed))
    return "、".join(kind.label for kind in Rows if old.get(kind.value) != new.get(kind.value))


def _total(reception: Reception) -> Decimal:
    """What is known of the estimate, 元."""
    return estimate_of(reception).total
