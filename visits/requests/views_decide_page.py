"""What the decide page is made of."""

from datetime import datetime
from decimal import Decimal
from itertools import cycle
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.refusals import http_status
from visits.customers.known import known_of
from visits.hosts.asking import Hosting, hosting_of
from visits.models import Reception, Tier
from visits.requests.choices import Status
from visits.requests.findings import findings
from visits.requests.forms_decide import PHRASES, DecideForm
from visits.requests.papers import panel
from visits.requests.people import receivers_for, waits_for
from visits.requests.policies import choices_for
from visits.requests.snapshot import differences
from visits.requests.views_side import side_of
from visits.requests.views_words import (
    TONES,
    day,
    facts,
    guests_line,
    hm,
    host_line,
    lasted,
    plain,
    span,
    when,
)

WIDTH = 340
INKS = ("c1", "c2", "c3", "c5")


def show(request: HttpRequest, reception: Reception, form: DecideForm, template: str = "visits/requests/decide.html",
         **more: Any) -> HttpResponse:  # fmt: skip
    """The page with whatever was typed; 409, 422 or 403 when the answer was refused."""
    return render(request, template, context(request, reception, form) | more, status=http_status(form))


def context(request: HttpRequest, reception: Reception, form: DecideForm) -> dict[str, Any]:
    """All that the decide page shows, here and in the admin."""
    at, user = timezone.now(), request.user
    choices = {choice.move.name: choice for choice in choices_for(reception, user, at)}
    stood = next((choice.principal for choice in choices.values() if choice.principal), None)
    tier = _tier(form, reception)
    events = list(events_of(reception))
    changed = differences(reception) if reception.status in (Status.REVIEW, Status.PENDING) else []
    side = side_of(reception, at, tier)
    return {
        "reception": reception, "form": form, "choices": choices, "side": side, "bar": bar(side["rows"]),
        "findings": findings(reception, at, tier=tier), "hosting": _hosting(form, reception, tier), "tier": tier, "events": events,
        "known": known_of(reception.customer, user),
        "line": line(reception, events, at), "facts": facts(reception), "guests": list(reception.guests.all()),
        "diff": {"rows": changed, "since": "与上一次提交相比"} if changed else None, "phrases": PHRASES,
        "deciding": reception.status == Status.PENDING, "open": bool({"approve", "agree"} & set(choices)),
        "why_not": next((c.refusal for c in choices.values() if c.move.name in ("approve", "agree") and c.refusal), ""),
        "guests_line": guests_line(reception), "time_line": span(reception.arrive_at, reception.leave_at),
        "host_line": host_line(reception), "tone": TONES.get(Status(reception.status), ""),
        "submitted": when(reception.submitted_at), "revision": reception.revision,
        "files": panel(reception, user), "others": others(user, at),
        "handed_why": next((e.reason for e in reversed(events) if e.verb == "hand_on"), ""),
        "stood": stood, "receivers": receivers_for(reception, stood or user) if "hand_on" in choices else [],
    }  # fmt: skip


def _hosting(form: DecideForm, reception: Reception, tier: Tier | None) -> Hosting | None:
    """Who could host at the chosen tier, while that is to be decided."""
    if reception.status not in (Status.REVIEW, Status.PENDING):
        return None
    chosen = getattr(form, "cleaned_data", {}).get("host") if form.is_bound else None
    return hosting_of(reception, tier, chosen)


def others(user: User, at: datetime) -> list[dict[str, Any]]:
    """What else waits for this person, next arrival first; the list beside the page on a wide screen."""
    asked = (
        Reception.objects.pending_for(user, at)
        if user.may(Can.DECIDE_RECEPTION)
        else Reception.objects.review_for(user, at)
    )
    return [
        {"no": row.no, "title": row.title, "tier": row.tier_now,
         "meta": "·".join(filter(None, (f"代 {row.principal_name}" if row.principal_name else "", str(row.applicant), str(row.tier_now)))),  # type: ignore[attr-defined]
         "day": day(row.arrive_at, week=False), "hm": hm(row.arrive_at)}
        for row in asked.for_list().order_by("arrive_at", "id")[:20]
    ]  # fmt: skip


def _tier(form: DecideForm, reception: Reception) -> Tier | None:
    """The tier chosen on the page, else the proposed one (the fixed one once it is approved)."""
    if form.is_bound and getattr(form, "cleaned_data", {}).get("tier"):
        return form.cleaned_data["tier"]
    return reception.tier_now


def bar(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cost as one stacked bar, WIDTH units wide; unknown amounts have no part in it."""
    known = [row for row in rows if row["amount"]]
    total = sum((row["amount"] for row in known), Decimal(0))
    parts, x = [], Decimal(0)
    for row, ink in zip(known, cycle(INKS), strict=False):
        width = row["amount"] / total * WIDTH
        parts.append({"x": round(x, 1), "width": max(round(width - 1, 1), Decimal(1)), "css": ink,
                      "label": f"{row['label']} {plain(row['amount'])}"})  # fmt: skip
        x += width
    return parts


def line(reception: Reception, events: list[Any], at: datetime) -> list[dict[str, str]]:
    """流程: what was done since the last submission, then whose turn it is and for how long."""
    last = max((event.seq for event in events if event.verb == "submit"), default=0)
    done = [
        {"css": "done", "who": f"{event.actor_name} {event.label}", "note": _said(event)}
        for event in events
        if event.seq >= last and event.verb != "edit"
    ]
    people = waits_for(reception, reception.status)
    if people and events:
        names = "、".join(f"{person} {person.position or ''}".strip() for person in people[:3])
        done.append({"css": "now", "who": names, "note": f"已等 {lasted(events[-1].at, at)}"})
    return done


def _said(event: Any) -> str:
    """14:40 “请沈总定级”."""
    return f"{when(event.at)}" + (f" “{event.reason}”" if event.reason else "")
