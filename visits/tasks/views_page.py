"""What one task's page shows: its state in words, its checklist, and a form for each move."""

from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from reception.core.clock.ladder import rungs
from reception.core.clock.models import Clock
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.people.roles import ROLES
from visits.arrangements.choices import Booking
from visits.arrangements.policies import may_book
from visits.arrangements.words import booked, line
from visits.resources.panel import task_panel
from visits.tasks.booking import rows_for
from visits.tasks.choices import OPEN, TASK_RULE, TaskStatus
from visits.tasks.due import say
from visits.tasks.forms import MoveForm, People
from visits.tasks.models import Task
from visits.tasks.policies import check_ticks, choices_for, pending_checks, photos_of

TONES = {TaskStatus.TAKEN: "brand", TaskStatus.BLOCKED: "bad", TaskStatus.DONE: "ok"}
# Where the work of a duty is done: the template's code, the words, the page (its URL takes the reception's number).
PLACES = {
    "host_intro": ("打开简报", "visits:briefing"),
    "host_command": ("打开简报", "visits:briefing"),
    "bill": ("填接待清单", "visits:costs"),
    "settle": ("填接待清单", "visits:costs"),
    "docs": ("登记样册资料发放", "visits:reception_materials"),
    "meeting_plan": ("写会议方案", "visits:meeting"),
    "meeting_guide": ("会议指南", "visits:meeting_guide"),
    "meeting_seats": ("排座位", "visits:meeting_seats"),
    "meeting_cards": ("打印席卡", "visits:meeting_cards"),
    "meeting_venue": ("看座位图", "visits:meeting_seats"),
    "sign": ("写欢迎词", "visits:welcome"),
}


def context_of(task: Task, user: User, at: datetime, form: Any = None) -> dict[str, Any]:
    """Everything for visits/tasks/task.html; `form` is a refused one."""
    who = People(task)
    choices = choices_for(task, user, at)
    unticked = bool(pending_checks(task, at))
    return {
        "task": task, "reception": task.reception, "at": at, "form": form,
        "moves": _toned([_move(choice.move, who, form, unticked) for choice in choices]),
        "events": list(events_of(task)), "chips": chips(task, at), "climbed": climbed(task), "due_words": _due_words(task),
        "lines": [_line(check, at) for check in task.checks.all()], "ticks": _may(check_ticks, task, user),
        "resources": task_panel(task, user), "query": f"task={task.pk}",
        "place": _place(task), "rows": _rows(task, user), "photos": photos_of(task),

    }  # fmt: skip


def _place(task: Task) -> tuple[str, str] | None:
    """(words, address) of the page where this duty is done."""
    words, name = PLACES.get(task.template.code if task.template else "", ("", ""))
    try:
        return (words, reverse(name, args=[task.reception_no])) if name else None
    except NoReverseMatch:
        return None


def _move(move: Any, who: People, form: Any, unticked: bool) -> dict[str, Any]:
    """A button with the form behind it; the refused form in place of its own."""
    refused = isinstance(form, MoveForm) and form.move == move.name
    return {
        "move": move,
        "form": form if refused else MoveForm(move.name, who, unticked=unticked),
        "open": refused,
    }


def _toned(moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Only the first of the strong buttons is strong."""
    strong = next((one for one in moves if one["move"].tone), None)
    return [{**one, "tone": one["move"].tone if one is strong else ""} for one in moves]


def _line(check: Any, at: datetime) -> dict[str, Any]:
    """One line of the checklist."""
    late = bool(check.due_at and check.due_at <= at and check.ticked_at is None)
    return {"check": check, "late": late}


def _may(rule: Any, task: Task, user: User) -> bool:
    """Whether the rule lets them."""
    try:
        rule(task, user, task.created_at)
    except Refused:
        return False
    return True


def _rows(task: Task, user: User) -> list[dict[str, Any]]:
    """Rows of the form that this duty books: one line each, and whether `user` books it. One query, for those duties
    only."""
    return [
        {"row": row, "kind": row.KIND.value, "text": line(row), "told": booked(row), "booking": row.booking.label,
         "firm": row.booking == Booking.FIRM, "books": may_book(row, user, [task])}
        for row in rows_for(task)
    ]  # fmt: skip


def _due_words(task: Task) -> str:
    """到达前 2 个工作日, where it comes from a template."""
    return say(task.anchor, task.offset)


def chips(task: Task, at: datetime) -> list[tuple[str, str]]:
    """(words, tone) beside the title."""
    late, status = task.is_late(at), TaskStatus(task.status)
    found = [(status.label, "bad" if late and status in OPEN else TONES.get(status, ""))]
    if late and not (task.compressed and task.done_at):
        found.append(("晚于时限" if task.done_at else "已过期", "bad"))
    found += [("时间紧，立即办", "warn")] if task.compressed and status in OPEN else []
    found += [("堵点", "warn")] if task.blocking and status in OPEN else []
    found += [("变更后待复核", "warn")] if task.recheck else []
    found += [("要再确认", "bad")] if task.wants_again(at) else []
    found += [("移交中", "brand")] if task.offered_at else []
    return found


def climbed(task: Task) -> str:
    """How far its clock has climbed: 已用 100%，已报承办人、接待经理; "" while nobody was told."""
    rows = Clock.objects.of(task).filter(rule=TASK_RULE).order_by("-round").select_related("owner")
    clock = rows.first()
    if clock is None or not clock.level:
        return ""
    told = dict.fromkeys(
        name for rung in rungs(TASK_RULE) if rung.percent <= clock.level for name in rung.audiences
    )
    names = [
        "承办人" if name == "owner" else ROLES[name].name for name in told if name == "owner" or name in ROLES
    ]
    state = "已超时" if clock.level >= 100 else f"时限已用 {clock.level}%"
    return f"{state}，已提醒{'、'.join(names)}"
