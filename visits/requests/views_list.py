"""The list of receptions: filters, two-character search, keyset pages, the same queries for 1 and 50 rows."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from reception.core.people.models import Department, User
from reception.core.people.roles import Can
from reception.core.sheets import TIME, WHOLE, WORD, Column
from visits.models import Reception, Tier
from visits.requests.choices import Purpose, Status
from visits.requests.views_words import TONES, day, hm

COLUMNS = (
    "id", "created_at", "no", "status", "customer_name", "purpose", "arrive_at", "headcount", "retroactive", "secret",
    "applicant__name", "department__name", "host__name", "leave_at", "tier__glyph", "tier__css", "tier__name",
    "proposed_tier__glyph", "proposed_tier__css", "proposed_tier__name",
)  # fmt: skip
SHEET = (
    Column("单号", 16, WORD), Column("来访单位", 28), Column("目的", 10, WORD), Column("级别", 10, WORD), Column("责任部门", 14),
    Column("经办人", 10), Column("主陪领导", 10), Column("人数", 8, WHOLE), Column("到达", 17, TIME), Column("离开", 17, TIME),
    Column("状态", 12, WORD), Column("补办", 8, WORD),
)  # fmt: skip
SCOPES = {"": "全部", "mine": "我的", "waiting": "等我办"}


class Filters:
    """What the address asks for; what it asks wrongly is not asked."""

    def __init__(self, query: QueryDict) -> None:
        self.q = " ".join(query.get("q", "").replace("\x00", "").split())[:60]
        self.scope = query.get("scope", "") if query.get("scope", "") in SCOPES else ""
        departments = [(str(pk), name) for pk, name in Department.objects.values_list("pk", "name")]
        tiers = [(str(pk), name) for pk, name in Tier.objects.values_list("pk", "name")]
        options = (
            ("status", "状态", Status.choices),
            ("tier", "级别", tiers),
            ("department", "责任部门", departments),
        )
        self.selects: list[dict[str, Any]] = [
            {"name": name, "label": label, "options": rows, "value": _one(query.get(name, ""), rows)}
            for name, label, rows in options
        ]

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, as they stand in the address."""
        found = {select["name"]: select["value"] for select in self.selects if select["value"]}
        return {**found, **({"q": self.q} if self.q else {})}

    @property
    def active(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.chosen or self.scope)

    def rows(self, user: User, at: datetime) -> QuerySet[Any, dict[str, Any]]:
        """The receptions asked for, within what `user` may see."""
        rows = Reception.objects.visible_to(user)
        if self.scope == "mine":
            rows = rows.filter(Q(applicant=user) | Q(host=user))
        elif self.scope == "waiting":
            rows = rows.filter(waiting_for(user, at))
        picked = {select["name"]: select["value"] for select in self.selects}
        if picked["status"]:
            rows = rows.filter(status=picked["status"])
        if picked["tier"]:
            rows = rows.filter(Q(tier=picked["tier"]) | Q(tier__isnull=True, proposed_tier=picked["tier"]))
        if picked["department"]:
            rows = rows.filter(department=picked["department"])
        return (rows.naming(self.q) if self.q else rows).values(*COLUMNS)

    def tabs(self) -> list[dict[str, Any]]:
        """Scopes, keeping the filters."""
        base = reverse("visits:request_list")
        return [
            {"label": label, "on": scope == self.scope,
             "url": f"{base}?{urlencode({**self.chosen, 'scope': scope})}"}
            for scope, label in SCOPES.items()
        ]  # fmt: skip


def waiting_for(user: User, at: datetime) -> Q:
    """Receptions whose next step at `at` is this person's, or that of those they stand in for (代理)."""
    asked = Q(applicant=user, status__in=(Status.DRAFT, Status.RETURNED))
    asked |= Q(pk__in=Reception.objects.review_for(user, at).values("pk"))
    asked |= Q(pk__in=Reception.objects.pending_for(user, at).values("pk"))
    asked |= Q(status=Status.SETTLING, applicant=user)
    asked |= Q(status=Status.AUDITING, sheet__approver=user, sheet__confirmed_at__isnull=True)
    if user.may(Can.AUDIT_COSTS):
        asked |= Q(pk__in=Reception.objects.to_audit(user).values("pk"))
    return asked


def row_of(row: dict[str, Any], at: datetime) -> dict[str, Any]:
    """One line of the list."""
    fixed = "tier" if row["tier__name"] else "proposed_tier"
    purpose = Purpose(row["purpose"]).label if row["purpose"] not in ("", Purpose.OTHER) else "来访"
    people = f"{row['headcount']}人" if row["headcount"] else ""
    parts = (row["no"], row["department__name"], row["applicant__name"], row[f"{fixed}__name"], people)
    arrive, status = row["arrive_at"], Status(row["status"])
    soon = arrive is not None and arrive < at and status in (Status.REVIEW, Status.PENDING, Status.PREPARING)
    return {
        "url": f"/visits/requests/{row['no']}/" if status != Status.DRAFT else f"/visits/requests/{row['no']}/edit/",
        "title": f"{row['customer_name'] or '未填单位'}{purpose}", "meta": "·".join(filter(None, parts)),
        "glyph": row[f"{fixed}__glyph"] or "接", "css": row[f"{fixed}__css"] or "d",
        "state": ("涉密·" if row["secret"] else "") + ("补办·" if row["retroactive"] else "") + status.label, "tone": TONES.get(status, ""),
        "late": soon, "day": day(arrive, week=False) if arrive else "未定", "day_note": f"{hm(arrive)} 到达" if arrive else "",
    }  # fmt: skip


def cells(row: dict[str, Any]) -> tuple[object, ...]:
    """One row of the workbook."""
    fixed = "tier" if row["tier__name"] else "proposed_tier"
    purpose = Purpose(row["purpose"]).label if row["purpose"] else ""
    return (
        row["no"], row["customer_name"], purpose, row[f"{fixed}__name"], row["department__name"], row["applicant__name"], row["host__name"],
        row["headcount"], row["arrive_at"], row["leave_at"], Status(row["status"]).label, "补办" if row["retroactive"] else "",
    )  # fmt: skip


def _one(value: str, rows: Any) -> str:
    """`value` when it is one of the options."""
    return value if any(value == str(key) for key, _ in rows) else ""
