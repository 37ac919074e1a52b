"""What the page and the paper of 接待清单 show; nothing is written here."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.web.refusals import http_status
from visits.costs.actuals import Actuals, Category, each_text
from visits.costs.checks import gaps
from visits.costs.choices import BY_LEADER, CostItem
from visits.costs.forms import Rows, SettleForm, StrikeForm, rows_form
from visits.costs.models_sheet import CostTotal, Expense
from visits.costs.policies import approvers_for, check_writes, sheet_of
from visits.profiles.models import profile_of
from visits.requests.choices import Status
from visits.requests.models import Reception
from visits.requests.policies import choices_for
from visits.requests.settling import actuals_of, exceptions_of, standards_of
from visits.requests.views_words import plain, span, yuan
from visits.tiers.choices import StandardItem

# Moves that are made with the list in sight.
ANSWERS = ("confirm_over", "audit", "send_back")
BLANK, PAPER_ROWS = 2, 14
TODAY = (Status.RECEIVING, Status.CANCELLED)


def show(request: HttpRequest, reception: Reception, *, entry: Rows | None = None, refused: Any = None,
         settle: SettleForm | None = None, strike: int = 0) -> HttpResponse:  # fmt: skip
    """The page. `refused` is the form that carries the refusal (409, 422, 403); the forms keep what was
    typed; `strike` is the number of the row whose 作废 was refused."""
    at, user = timezone.now(), request.user
    sheet = sheet_of(reception)
    rows = list(sheet.rows.select_related("created_by", "voided_by", "replaced_by")) if sheet else []
    live = [row for row in rows if row.voided_at is None]
    standards = standards_of(reception)
    found = actuals_of(reception, live, standards)
    writes = may_write(reception, user)
    context = {
        "reception": reception, "sheet": sheet, "form": refused, "strike": strike,
        "rows": [line(row, standards) for row in rows], "panel": panel(found),
        "exceptions": exceptions_of(reception, live, found) if live else [],
        "gaps": [gap.message for gap in gaps(live, "有")] if writes else [],
        "diners": diners(reception),
        "entry": (entry or blank_rows(reception, at)) if writes else None,
        "settle": (settle or settle_form(reception)) if writes and reception.status == Status.SETTLING else None,
        "choices": [c for c in choices_for(reception, user, at) if c.move.name in ANSWERS],
        "waits": why_not(reception, user), "strike_form": StrikeForm(),
    }  # fmt: skip
    return render(
        request, "visits/costs/sheet.html", context, status=http_status(refused) if refused else 200
    )


def diners(reception: Reception) -> str:
    """The rule about 陪餐 with its number for all guests; "" when the profile sets none."""
    profile = profile_of(reception.nature)
    if profile is None or not profile.diner_rule:
        return ""
    most = profile.diner_limit(reception.headcount or 0)
    return profile.diner_rule + (
        f"（{reception.headcount} 位来宾，最多 {most} 人）" if most is not None else ""
    )


def may_write(reception: Reception, user: User) -> bool:
    """Whether `user` may write in the list now."""
    return not _why(reception, user)


def why_not(reception: Reception, user: User) -> str:
    """Why the list cannot be written in now; said to its applicant only."""
    return _why(reception, user) if reception.applicant_id == user.pk else ""


def _why(reception: Reception, user: User) -> str:
    """The sentence of the rule, "" when it allows."""
    try:
        check_writes(reception, user)
    except Refused as refused:
        return refused.message
    return ""


def blank_rows(reception: Reception, at: datetime) -> Rows:
    """Two rows of the day: today while the guests are here or will not come, else the day they came."""
    day = local(at if reception.status in TODAY else reception.arrive_at or at).date()
    return rows_form(initial=[{"spent_on": day, "item": "meal", "meal": ""}] * BLANK)


def settle_form(reception: Reception, data: Any = None) -> SettleForm:
    """The form of 提交结算, with the leader who approved the reception proposed first."""
    approvers = approvers_for(reception)
    initial = {"approver": approvers[0].pk if approvers else None, "note": reception.sheet.note}
    return SettleForm(data, approvers=approvers, initial=initial)


def line(row: Expense, standards: dict[str, Any]) -> dict[str, Any]:
    """One row with its figure per person, bottle or room night."""
    each, over = each_text(row, standards)
    return {"row": row, "each": each, "over": over, "amount": plain(row.amount)}


def panel(found: Actuals) -> dict[str, Any]:
    """标准, 估算, 已发生 by category."""
    rows = [
        {
            "label": row.label,
            "allowed": row.allowed_text if row.rows or row.by_leader else "—",
            "estimated": plain(row.estimated, "未设置") if row.estimated is not None else "—",
            "spent": plain(row.spent) if row.rows else "—",
            "over": plain(row.over) if row.over else "",
        }
        for row in found.categories
    ]
    return {
        "rows": rows, "estimated": plain(found.estimated, "—"), "spent": plain(found.spent), "spent_yuan": yuan(found.spent),
        "over": yuan(found.over) if found.over else "", "has_spent": any(row.rows for row in found.categories),
    }  # fmt: skip


def stored_panel(reception: Reception) -> dict[str, Any] | None:
    """The same from the stored figures, in one query, for the detail page; None before the guests come, and for
    a cancelled reception that cost nothing."""
    sheet = sheet_of(reception)
    if sheet is None or reception.status == Status.PREPARING:
        return None
    if reception.status == Status.CANCELLED and not sheet.spent:
        return None
    return panel(Actuals(tuple(_stored(total) for total in reception.sheet.totals.all())))


def _stored(total: CostTotal) -> Category:
    """A stored category as it was reckoned; it has rows exactly when something was spent."""
    limited = total.item in StandardItem.values or total.item in BY_LEADER
    return Category(
        total.item, CostItem(total.item).label, total.estimated, total.allowed, total.spent, limited, int(total.spent > 0)
    )  # fmt: skip


def paper(reception: Reception, at: datetime) -> dict[str, Any]:
    """Context of 接待清单 on A4: live rows only, the sums, the signatures of this round; Shanghai time."""
    sheet = reception.sheet
    live = list(sheet.rows.live())
    standards = standards_of(reception)
    return {
        "reception": reception, "sheet": sheet, "rows": [line(row, standards) for row in live],
        "blank": range(max(0, PAPER_ROWS - len(live))), "panel": panel(actuals_of(reception, live, standards)),
        "time_line": span(reception.arrive_at, reception.leave_at), "organisation": settings.ORGANISATION.split("·")[0],
        "signs": [
            ("经办人", sheet.settled_by, _date(sheet.settled_at)),
            *([("超出确认", sheet.confirmed_by, _date(sheet.confirmed_at))] if sheet.approver_id else []),
            ("审核（办公室）", sheet.audited_by, _date(sheet.audited_at)),
        ],
        "valid": sheet.audited_at is not None, "printed_at": f"{local(at):%Y-%m-%d %H:%M}",
    }  # fmt: skip


def _date(at: datetime | None) -> str:
    """2026年3月18日, or a line to write on."""
    return f"{local(at).year}年{local(at).month}月{local(at).day}日" if at else "　　年　　月　　日"
