"""What the itinerary page is made of; nothing is written here."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from reception.core.flow import Refused
from reception.core.people.models import User
from visits.itinerary.actions import undoable
from visits.itinerary.models import Item, Itinerary
from visits.itinerary.policies import LIVE, keeps
from visits.itinerary.shifting import plan, rest_of
from visits.meetings.choices import has_meeting
from visits.models import Reception
from visits.requests.views_words import day, hm, span
from visits.tasks.nudging import waiting

LATE = (10, 20, 30, 60)


def rows_of(items: Iterable[Item], at: datetime) -> list[dict[str, Any]]:
    """Each item with its times in words and where it stands at `at`: over, on or next."""
    return [
        {"item": item, "hm": f"{hm(item.start)}–{hm(item.end)}", "day": day(item.start),
         "was": hm(item.planned_start) if item.planned_start != item.start else "",
         "css": "done" if item.end <= at else "now" if item.start <= at else "",
         "who": "·".join(str(part) for part in (item.department, item.person) if part)}
        for item in items
    ]  # fmt: skip


def days_of(items: Iterable[Item], at: datetime) -> list[dict[str, Any]]:
    """The rows by day: [{"name": 10月31日 周六, "rows": […]}]."""
    days: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(items, at):
        days.setdefault(row["day"], []).append(row)
    return [{"name": name, "rows": rows} for name, rows in days.items()]


def items_of(reception: Reception) -> list[Item]:
    """Its items with all that a row shows, in one query."""
    rows = Item.objects.filter(itinerary__reception=reception.pk)
    return list(rows.select_related("department", "person").order_by("start", "end", "pk"))


def page(
    reception: Reception, itinerary: Itinerary | None, user: User, at: datetime, minutes: int | None
) -> dict[str, Any]:
    """Context of the page; `minutes`: the shift somebody is considering."""
    items = items_of(reception) if itinerary else []
    live = reception.status in LIVE
    today = [item for item in rest_of(items, at) if item.start > at]
    shifts = live and bool(itinerary) and (keeps(reception, user) or reception.host_id == user.pk)
    return {
        "reception": reception, "itinerary": itinerary, "days": days_of(items, at), "keeps": live and keeps(reception, user),
        "shifts": shifts and bool(today), "late": LATE, "undo": undoable(reception, at) if shifts else None,
        "time_line": span(reception.arrive_at, reception.leave_at), "actual": actual(reception),
        **preview(reception, items, minutes, at, shifts),
    }  # fmt: skip


def day_card(reception: Reception, at: datetime) -> dict[str, Any] | None:
    """The itinerary on the reception's own page; None before anybody approved. One query."""
    if not reception.decided_at or reception.status == "rejected":
        return None
    return {"days": days_of(items_of(reception), at), "live": reception.status in LIVE,
            "meets": meets(reception), "sign": "sign" in reception.needs and not reception.secret}  # fmt: skip


def meets(reception: Reception) -> bool:
    """Whether its page leads to the plan of a meeting: there is one, or one may be begun (B2a)."""
    return has_meeting(reception) and (reception.status in LIVE or hasattr(reception, "meeting"))


def preview(
    reception: Reception, items: list[Item], minutes: int | None, at: datetime, shifts: bool
) -> dict[str, Any]:
    """What the considered shift would do, or why it cannot be done."""
    if minutes is None or not shifts:
        return {"plan": None, "why_not": ""}
    try:
        found = plan(items, minutes, at, reception)
    except Refused as refused:
        return {"plan": None, "why_not": refused.message}
    rows = [{"what": one.item.what, "old": hm(one.item.start), "new": hm(one.start)} for one in found.moved]
    longer = [f"“{one.item}”进行中，改到 {hm(one.end)} 结束" for one in found.longer]
    return {"plan": found, "rows": rows, "longer": longer, "tasks": waiting(reception, at), "why_not": ""}


def actual(reception: Reception) -> str:
    """实际 09:12 到达，16:40 离开; "" while nobody said."""
    parts = []
    if reception.started_at:
        parts.append(f"{day(reception.started_at, week=False)} {hm(reception.started_at)} 到达")
    if reception.ended_at:
        parts.append(f"{day(reception.ended_at, week=False)} {hm(reception.ended_at)} 离开")
    return "，".join(parts)
