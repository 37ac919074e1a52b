"""What receptions cost, against standard and budget: sums of the database, the same queries for few and many
(issue 2: per request, department, customer and month). Money is Decimal 元; months are Shanghai's, half-open."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Avg, Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncMonth

from reception.core.clock.periods import SHANGHAI, local, midnight, next_month
from reception.core.flow import Refused
from reception.core.people.models import Department, User
from reception.core.people.roles import Can
from visits.costs.choices import CostItem
from visits.costs.models_sheet import CostSheet, CostTotal
from visits.tiers.models import Tier

MOST = 200
WAYS = {
    "request": "逐单",
    "department": "按部门",
    "customer": "按客户",
    "month": "按月",
    "tier": "按级别",
    "item": "按项目",
}
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
GROUPS = {
    "department": F("reception__department__name"),
    "customer": F("reception__customer_name"),
    "tier": F("reception__tier__name"),
    "month": TruncMonth("reception__arrive_at", tzinfo=SHANGHAI),
}
ORDERS = {"department": "-spent", "customer": "-spent", "tier": "reception__tier__order", "month": "-key"}
REQUEST = (
    "id", "reception__arrive_at", "reception__no", "reception__customer_name", "reception__department__name",
    "reception__applicant__name", "reception__tier__name", "reception__headcount", "reception__status", "estimated",
    "allowed", "spent", "over", "over_reason", "approver__name",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the report. estimated, allowed None: nothing known; heads, times None: not counted by item;
    score: what the guests gave on average, 1–5, None while nobody said."""

    label: str
    times: int | None
    heads: int | None
    estimated: Decimal | None
    allowed: Decimal | None
    spent: Decimal
    over: Decimal
    score: float | None = None

    @property
    def saved(self) -> Decimal | None:
        """Budget less what was spent; negative above the budget; None without a budget."""
        return None if self.estimated is None else self.estimated - self.spent

    @property
    def each(self) -> Decimal | None:
        """元 per guest, None without guests."""
        return (self.spent / self.heads).quantize(Decimal("0.01")) if self.heads else None


class Asked:
    """What the address asks for; what it asks wrongly is not asked. `since` and `until` are months, both included."""

    def __init__(self, query: Mapping[str, str], user: User, at: datetime) -> None:
        self.user = user
        self.way = query.get("by", "") if query.get("by", "") in WAYS else "request"
        self.since = _month(query.get("since", "")) or date(local(at).year, 1, 1)
        self.until = max(_month(query.get("until", "")) or local(at).date().replace(day=1), self.since)
        self.q = " ".join(query.get("q", "").replace("\x00", "").split())[:60]
        departments = Department.objects.filter(receptions__sheet__isnull=False).distinct()
        self.selects = [
            _select("department", "责任部门", list(departments.values_list("pk", "name")), query),
            _select("tier", "级别", list(Tier.objects.values_list("pk", "name")), query),
        ]

    @property
    def chosen(self) -> dict[str, str]:
        """The filters as they stand in an address, without the grouping."""
        found = {"since": f"{self.since:%Y-%m}", "until": f"{self.until:%Y-%m}"}
        found |= {select["name"]: select["value"] for select in self.selects if select["value"]}
        return found | ({"q": self.q} if self.q else {})

    @property
    def period(self) -> str:
        """2026年1月 至 2026年10月."""
        first = f"{self.since.year}年{self.since.month}月"
        return first if self.since == self.until else f"{first} 至 {self.until.year}年{self.until.month}月"

    @property
    def way_label(self) -> str:
        """部门, 客户, 月, …: the heading of the first column."""
        return WAYS[self.way].removeprefix("按")

    @property
    def scope(self) -> str:
        """Whose receptions it sums."""
        return "全部部门" if self.user.may(Can.VIEW_RECEPTIONS) else f"本部门（{self.user.department}）"

    def link(self, **more: str) -> str:
        """The query string of the same filters with `more`."""
        return "?" + urlencode({**self.chosen, **more})

    def sheets(self) -> QuerySet[CostSheet]:
        """The lists asked for, as far as this person may see them. Raises Refused("forbidden")."""
        # What was cancelled and cost something all the same is in the report; what cost nothing is not.
        cost = Q(reception__started_at__isnull=False) | Q(reception__status="cancelled", spent__gt=0)
        rows = CostSheet.objects.filter(
            cost,
            reception__arrive_at__gte=midnight(self.since),
            reception__arrive_at__lt=midnight(next_month(self.until)),
        )
        if not self.user.may(Can.VIEW_RECEPTIONS):
            rows = rows.filter(reception__department=_own(self.user))
        if not self.user.may(Can.VIEW_SECRET):
            rows = rows.exclude(reception__in=_receptions().kept_from(self.user).values("pk"))
        for select in self.selects:
            if select["value"]:
                rows = rows.filter(**{f"reception__{select['name']}": select["value"]})
        return rows.filter(reception__customer_name__icontains=self.q) if self.q else rows


def _receptions() -> Any:
    """All receptions, through the relation: this noun lies below theirs."""
    return CostSheet._meta.get_field("reception").related_model._default_manager


def _own(user: User) -> int:
    """The department whose costs this person may read. Raises Refused."""
    if not user.department_id or not (user.may(Can.APPLY_RECEPTION) or user.may(Can.RUN_RECEPTION)):
        raise Refused("forbidden", "接待费用表只给能看全部接待的人和本部门的人看，请联系管理员。")
    return user.department_id


def total(asked: Asked) -> Line:
    """The whole of what was asked for, one query."""
    row = asked.sheets().aggregate(
        times=Count("id"), heads=Sum("reception__headcount"), estimated=Sum("estimated"), allowed=Sum("allowed"),
        spent=Sum("spent"), over=Sum("over"),
    )  # fmt: skip
    mean = asked.sheets().aggregate(mean=Avg("reception__answers__overall"))["mean"]
    return replace(_line("合计", row), score=mean)


def grouped(asked: Asked, way: str) -> list[Line]:
    """The lines by department, customer, tier, month or item; at most MOST, one query."""
    if way == "item":
        return _by_item(asked)
    rows = (
        asked.sheets()
        .annotate(key=GROUPS[way])
        .values("key")
        .annotate(
            times=Count("id"), heads=Sum("reception__headcount"), estimated_sum=Sum("estimated"),
            allowed_sum=Sum("allowed"), spent_sum=Sum("spent"), over_sum=Sum("over"),
        )
    )  # fmt: skip
    order = ORDERS[way].replace("spent", "spent_sum")
    said = _scores(asked, way)
    lines = [_line(_label(row["key"]), row, "_sum") for row in rows.order_by(order, "key")[:MOST]]
    return [replace(line, score=said.get(line.label)) for line in lines]


def _scores(asked: Asked, way: str) -> dict[str, float]:
    """What the guests gave on average, by the same key; apart, for a join would count every sum once an answer."""
    rows = asked.sheets().filter(reception__answers__isnull=False).annotate(key=GROUPS[way]).values("key")
    found = rows.annotate(mean=Avg("reception__answers__overall")).order_by()
    return {_label(row["key"]): row["mean"] for row in found}


def _by_item(asked: Asked) -> list[Line]:
    """用餐, 酒, …: each category once, in the form's order."""
    rows = CostTotal.objects.filter(sheet__in=asked.sheets()).values("item")
    rows = rows.annotate(
        times=Count("id"), estimated_sum=Sum("estimated"), allowed_sum=Sum("allowed"), spent_sum=Sum("spent"), over_sum=Sum("over")
    ).order_by("item")  # fmt: skip
    found = {row["item"]: row for row in rows}
    return [
        _line(item.label, {**found[item.value], "heads": None}, "_sum")
        for item in CostItem
        if item.value in found
    ]


def requests(asked: Asked) -> QuerySet[CostSheet, dict[str, Any]]:
    """One row a reception, for keyset pages by arrival."""
    answers = _receptions().model._meta.get_field("answers").related_model._default_manager
    mean = answers.filter(reception=OuterRef("reception")).order_by().values("reception")
    score = Subquery(mean.annotate(mean=Avg("overall")).values("mean"))
    return asked.sheets().annotate(score=score).values(*REQUEST, "score")


def _line(label: str, row: Mapping[str, Any], suffix: str = "") -> Line:
    def amount(name: str) -> Any:
        return row[f"{name}{suffix}"]

    return Line(
        label, row["times"], row["heads"], amount("estimated"), amount("allowed"), amount("spent") or Decimal(0),
        amount("over") or Decimal(0),
    )  # fmt: skip


def _label(key: Any) -> str:
    return f"{key.year}年{key.month}月" if isinstance(key, date) else str(key or "未填")


def _month(text: str) -> date | None:
    found = MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else None


def _select(
    name: str, label: str, options: list[tuple[int, str]], query: Mapping[str, str]
) -> dict[str, Any]:
    """A filter with its options; a value that is none of them is not asked."""
    value = query.get(name, "")
    return {
        "name": name, "label": label, "options": [(str(pk), text) for pk, text in options],
        "value": value if any(value == str(pk) for pk, _ in options) else "",
    }  # fmt: skip
