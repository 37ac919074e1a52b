"""接待申请表 as paper (A9): cells, and the signatures of the ledger."""

from datetime import datetime
from typing import Any

from django.conf import settings

from reception.core.clock.periods import local
from reception.core.ledger import Event
from visits.models import Reception
from visits.requests.choices import Need, Status
from visits.requests.views_side import side_of
from visits.requests.views_words import span

ROWS = 8  # roster rows that fit the page
SIGNS = (("agree", "部门审核"), ("approve", "领导审批"), ("reject", "领导审批"))


def paper(reception: Reception, events: list[Event], at: datetime) -> dict[str, Any]:
    """Context of the print page; printed_at is Shanghai time."""
    guests = list(reception.guests.all())
    return {
        "reception": reception,
        "side": side_of(reception, at),
        "needs": [(label, value in reception.needs) for value, label in Need.choices],
        "guests": guests[:ROWS],
        "more_guests": max(0, len(guests) - ROWS),
        "blank": range(max(0, 4 - len(guests))),
        "time_line": _year(reception.arrive_at) + span(reception.arrive_at, reception.leave_at),
        "organisation": settings.ORGANISATION.split("·")[0],
        "signs": signatures(reception, events),
        "valid": reception.status not in (Status.DRAFT, Status.RETURNED, Status.REJECTED, Status.CANCELLED),
        "printed_at": f"{local(at):%Y-%m-%d %H:%M}",
        "applied_on": _date(reception.submitted_at or reception.created_at),
    }


def signatures(reception: Reception, events: list[Event]) -> list[dict[str, str]]:
    """One cell a step: 经办, 部门审核, 领导审批; blank lines where nobody has signed since the last submission."""
    last = max((event.seq for event in events if event.verb == "submit"), default=0)
    round_ = [event for event in events if event.seq >= last]
    found = {"经办人": next((e for e in round_ if e.verb == "submit"), None)}
    for verb, label in SIGNS:
        found[label] = next((e for e in round_ if e.verb == verb), found.get(label))
    if reception.department and not reception.department.reviews and not found["部门审核"]:
        del found["部门审核"]
    return [_sign(label, event) for label, event in found.items()]


def _sign(label: str, event: Event | None) -> dict[str, str]:
    """What a signature cell holds."""
    if event is None:
        return {"label": label, "word": "", "reason": "", "name": "", "date": "　　年　　月　　日"}
    word = {"submit": "", "agree": "同意。", "reject": "不批准。"}.get(event.verb, "")
    word = "" if event.reason.startswith(word[:2] or "　") else word
    if event.verb == "approve":
        word = f"同意，定为{event.detail.get('tier', '')}。"
    return {
        "label": label,
        "word": word,
        "reason": event.reason,
        "name": event.actor_name,
        "date": _date(event.at),
    }


def _year(at: datetime | None) -> str:
    """2026年."""
    return f"{local(at).year}年" if at else ""


def _date(at: datetime | None) -> str:
    """2026年3月18日."""
    return f"{local(at).year}年{local(at).month}月{local(at).day}日" if at else ""
