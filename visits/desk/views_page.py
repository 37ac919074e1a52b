"""The reception manager's desk as a page shows it: sentences and columns, nothing asked twice."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from reception.core.clock.periods import day_bounds, local, midnight
from reception.core.people.models import User
from visits.desk import queries
from visits.desk.needs import NeedRow, needs
from visits.models import Item, Reception
from visits.requests.choices import Status
from visits.requests.views_words import TONES, WEEK, guests_line, hm, host_line
from visits.tasks.views_board import card

DAYS = 7
LOW = 3  # an answer at or below it is shown first
WORDS = 4  # answers shown
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 1)


def asked_day(text: str, today: date) -> date:
    """The first day of the calendar; what is no day is today."""
    try:
        return min(max(date.fromisoformat(text), FIRST), LAST)
    except ValueError:
        return today


def context(user: User, query: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Everything the page shows, in seven queries."""
    now = local(at).date()
    first = asked_day(query.get("from", ""), now)
    today, week = day_bounds(now), (midnight(first), midnight(first + timedelta(days=DAYS)))
    found = queries.visits(user, today, week)
    here = [visit for visit in found if is_here(visit, today)]
    plan: dict[int, list[Item]] = {}
    for item in queries.items([visit.pk for visit in here], today):
        plan.setdefault(item.itinerary.reception_id, []).append(item)
    coming = [visit for visit in found if visit.arrive_at < week[1] and visit.leave_at >= week[0]]
    rows = needs([visit.pk for visit in coming], *week)
    return {
        "today": [where(visit, plan.get(visit.pk, []), at) for visit in here],
        "days": [column(first + timedelta(days=number), coming, rows, now) for number in range(DAYS)],
        "first": first, "unbooked": sum(not row.booked for row in rows), "week_visits": len(coming),
        "heads": sum(visit.headcount or 0 for visit in here), "weeks": weeks(first, now),
        **_tasks(user, at), **_said(user, at),
    }  # fmt: skip


def is_here(visit: Reception, today: tuple[datetime, datetime]) -> bool:
    """Whether its guests are in the house today, by plan or because nobody saw them off."""
    planned = visit.arrive_at < today[1] and visit.leave_at >= today[0]
    return planned or visit.status == Status.RECEIVING


def where(visit: Reception, plan: list[Item], at: datetime) -> dict[str, Any]:
    """One reception of today: what its guests do now, and what comes next."""
    here = [item for item in plan if item.start <= at < item.end]
    coming = next((item for item in plan if item.start > at), None)
    overdue = visit.status == Status.PREPARING and visit.arrive_at < at
    return {
        "visit": visit, "url": visit.get_absolute_url(), "guests": guests_line(visit), "host": host_line(visit),
        "tone": TONES.get(Status(visit.status), ""), "overdue": overdue,
        "unseen": visit.status == Status.RECEIVING and visit.leave_at < at,
        "now": [_item(item) for item in here], "next": _item(coming) if coming else "",
        "times": f"{_moment(visit.arrive_at, at)} 到，{_moment(visit.leave_at, at)} 走", "planned": bool(plan),
    }  # fmt: skip


def _moment(when: datetime, at: datetime) -> str:
    """09:40, or 25日 09:40 on another day."""
    there = local(when)
    return hm(when) if there.date() == local(at).date() else f"{there.month}月{there.day}日 {hm(when)}"


def _item(item: Item) -> str:
    """09:30–10:30 会议洽谈·第一会议室（何志远）."""
    who = str(item.person or item.department or "")
    return f"{hm(item.start)}–{hm(item.end)} {item.what}" + "".join(
        (f"·{item.place}" if item.place else "", f"（{who}）" if who else "")
    )


def column(day: date, visits: list[Reception], rows: list[NeedRow], today: date) -> dict[str, Any]:
    """One day of the calendar: who comes, stays, leaves, and what is needed."""
    by_pk = {visit.pk: visit for visit in visits}
    start, end = day_bounds(day)
    mine = [row for row in rows if row.day == day]
    return {
        "day": day, "label": f"{day.month}月{day.day}日", "week": f"周{WEEK[day.weekday()]}", "today": day == today,
        "rest": day.weekday() > 4,
        "visits": [_mark(visit, start, end) for visit in visits if visit.arrive_at < end and visit.leave_at >= start],
        "needs": [{"row": row, "at": hm(row.at) if row.at else "", "visit": by_pk[row.reception]} for row in mine],
        "unbooked": sum(not row.booked for row in mine),
    }  # fmt: skip


def _mark(visit: Reception, start: datetime, end: datetime) -> dict[str, Any]:
    comes, leaves = start <= visit.arrive_at < end, start <= visit.leave_at < end
    words = "，".join(
        filter(
            None, (f"{hm(visit.arrive_at)} 到" if comes else "", f"{hm(visit.leave_at)} 走" if leaves else "")
        )
    )
    return {"visit": visit, "words": words or "在访", "away": comes and getattr(visit, "host_absent", False)}


def weeks(first: date, today: date) -> dict[str, str]:
    """Links to the seven days before, after and from today on."""
    page = reverse("visits:desk")
    return {
        "earlier": f"{page}?from={max(first - timedelta(days=DAYS), FIRST)}#week",
        "later": f"{page}?from={min(first + timedelta(days=DAYS), LAST)}#week",
        "now": f"{page}#week" if first != today else "",
    }


def _tasks(user: User, at: datetime) -> dict[str, Any]:
    """Load per department, and the tasks that press most."""
    lines = queries.load(user, at)
    most = max((line["open"] for line in lines), default=1)
    page = reverse("visits:task_list")
    for line in lines:
        line["width"] = round(line["open"] / most * 100, 1)
        line["late_width"] = round(line["late"] / most * 100, 1)
        line["url"] = f"{page}?scope=all&by=time&department={line['department_id']}"
    cards = [(task.overdue, card(task, at)) for task in queries.pressing(user, at)]  # type: ignore[attr-defined]
    return {
        "load": lines, "late": [one for overdue, one in cards if overdue], "free": [one for overdue, one in cards if not overdue],
        "late_count": sum(line["late"] for line in lines), "free_count": sum(line["free"] for line in lines),
        "late_url": f"{page}?scope=all&by=time&kind=late", "free_url": f"{page}?scope=all&by=time&kind=free",
    }  # fmt: skip


def _said(user: User, at: datetime) -> dict[str, Any]:
    """The mean of the last thirty days, and the answers to read: low ones first, then those with words."""
    answers = queries.said(user, at)
    worth = [one for one in answers if one["words"] or one["overall"] <= LOW]
    shown = sorted(worth, key=lambda one: one["overall"] > LOW)[:WORDS]
    mean = sum(one["overall"] for one in answers) / len(answers) if answers else None
    return {"mean": None if mean is None else f"{mean:.1f}", "answers": len(answers), "said": shown,
            "low": sum(one["overall"] <= LOW for one in answers)}  # fmt: skip
