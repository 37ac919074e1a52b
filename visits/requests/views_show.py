"""The detail page of a reception: head, progress, board, people, cost, timeline."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.procedures import Choice
from reception.core.web.refusals import http_status
from visits.arrangements.fit import misfits
from visits.customers.known import known_of
from visits.hosts.asking import host_away
from visits.itinerary.views_page import actual, day_card
from visits.models import Reception
from visits.notes.page import panel as notes_panel
from visits.readiness.views_panel import panel as ready_panel
from visits.requests import papers
from visits.requests.cancelling import CANCELLING
from visits.requests.choices import APPROVED, EDITABLE, Status
from visits.requests.copying import may_copy
from visits.requests.copying_to import may_copy_to
from visits.requests.policies import choices_for
from visits.requests.snapshot import differences
from visits.requests.urging import offer
from visits.requests.views_board import board
from visits.requests.views_copies import read_by
from visits.requests.views_costs_page import may_write, stored_panel
from visits.requests.views_door import READERS
from visits.requests.views_rows import rows_panel
from visits.requests.views_side import side_of
from visits.requests.views_versions import cancels, versions
from visits.requests.views_words import TONES, ahead, day, facts, guests_line, hm, host_line, span
from visits.resources.panel import panel as resources_panel
from visits.satisfaction.page import panel as satisfaction_panel
from visits.tasks.choices import TaskStatus

STEPS = ("申请", "审批", "准备", "接待", "结算", "归档")
# The step that is under way in each state; states aside have none.
NOW = {
    Status.DRAFT: 0, Status.RETURNED: 0, Status.REVIEW: 1, Status.PENDING: 1, Status.PREPARING: 2,
    Status.RECEIVING: 3, Status.SETTLING: 4, Status.AUDITING: 4, Status.CLOSING: 5, Status.ARCHIVED: 6,
}  # fmt: skip
# Moves that have a page of their own.
ELSEWHERE = ("approve", "submit", "settle", "hand_on", *CANCELLING)
SHOWS_DIFF = (Status.REVIEW, Status.PENDING)


def show(request: HttpRequest, reception: Reception, form: Any = None, move: str = "") -> HttpResponse:
    """The page; with a refused `form` of `move` it says why (409, 422, 403) and keeps what was typed."""
    at, user = timezone.now(), request.user
    events = list(events_of(reception))
    tasks = list(reception.tasks.for_board()) if reception.status in (*APPROVED, Status.CANCELLED) else []
    changed = differences(reception) if reception.status in SHOWS_DIFF else []
    choices = choices_for(reception, user, at)
    context = {
        "reception": reception, "form": form, "open_move": move, "events": events,
        # Whoever was only sent a copy (抄送) reads this page alone: no link leads them to a closed door.
        "inside": any(user.may(can) for can in READERS),
        "page": page(reception, choices, tasks, events, user, at),
        "choices": [c for c in choices if c.move.name not in ELSEWHERE],
        "ready": ready_panel(reception, user, at, tasks=tasks),
        "board": board(reception, tasks, request.GET.get("by", ""), user, at),
        "diff": {"rows": changed, "since": "与上一次提交相比"} if changed else None,
        "guests": list(reception.guests.all()), "side": side_of(reception, at), "panel": stored_panel(reception),
        "rows": rows_panel(reception, user, tasks),
        "resources": resources_panel(reception, user), "query": f"for={reception.no}",
        "misfits": misfits(reception, reception.arrive_at, reception.leave_at),
        "known": known_of(reception.customer, user), "away": host_away(reception), "day": day_card(reception, at),
        "files": papers.panel(reception, user), "receipts": read_by(reception, user, at), "sends": may_copy_to(reception, user),
        "versions": versions(reception, user), "cancels": cancels(reception, choices, events),
        "notes": notes_panel(reception, user), "satisfaction": satisfaction_panel(reception, user),
    }  # fmt: skip
    return render(request, "visits/requests/show.html", context, status=http_status(form) if form else 200)


def page(reception: Reception, choices: list[Choice], tasks: list[Any], events: list[Any], user: User,
         at: datetime) -> dict[str, Any]:  # fmt: skip
    """The sentences of the head."""
    mine = reception.applicant_id == user.pk and reception.status in EDITABLE
    allowed = {choice.move.name for choice in choices if not choice.refusal}
    coming = reception.status in (Status.REVIEW, Status.PENDING, Status.PREPARING)
    return {
        "tier": reception.tier_now,
        "tone": TONES.get(Status(reception.status), ""),
        "countdown": ahead(reception.arrive_at, at) if coming else "",
        "guests_line": guests_line(reception),
        "time_line": span(reception.arrive_at, reception.leave_at),
        "actual": actual(reception),
        "host_line": host_line(reception),
        "steps": steps(reception, tasks),
        "aside": aside(reception, events),
        "editable": mine,
        "copies": reception.status not in EDITABLE and may_copy(reception, user),
        "urge": offer(reception, user, at),
        "spends": may_write(reception, user),
        "edit_label": "修改后再提交" if reception.status == Status.RETURNED else "接着填",
        "decides": bool(allowed & {"approve", "agree"}),
        "decide_label": "审批定级" if "approve" in allowed else "审核",
        "facts": facts(reception),
    }


def steps(reception: Reception, tasks: list[Any]) -> list[dict[str, str]]:
    """Six steps with what is known of each."""
    now = NOW.get(Status(reception.status))
    if now is None:
        return []
    counted = [task for task in tasks if task.status != TaskStatus.DROPPED]
    done = sum(task.status == TaskStatus.DONE for task in counted)
    notes = (
        _at(reception.submitted_at),
        _at(reception.decided_at) or (reception.get_status_display() if now == 1 else ""),
        f"任务 {done}/{len(counted)}" if counted else "",
        _at(reception.started_at) or (day(reception.arrive_at, week=False) if reception.arrive_at else ""),
        _at(reception.ended_at) or "离开后5天内",
        _at(reception.archived_at),
    )
    css = ["done" if i < now else "now" if i == now else "" for i in range(len(STEPS))]
    return [
        {"name": name, "note": note, "css": mark} for name, note, mark in zip(STEPS, notes, css, strict=True)
    ]


def aside(reception: Reception, events: list[Any]) -> str:
    """Why it stands aside: 何志远 退回：…"""
    verbs = {Status.RETURNED: "return_back", Status.REJECTED: "reject", Status.CANCELLED: "cancel"}
    verb = verbs.get(Status(reception.status))
    event = next((e for e in reversed(events) if e.verb == verb), None)
    return f"{event.actor_name} {event.label}：{event.reason}" if event else ""


def _at(at: datetime | None) -> str:
    return f"{day(at, week=False)} {hm(at)}" if at else ""
