"""Department tasks: what my department has to do, and one task with its buttons (A5)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.tasks import actions
from visits.tasks.choices import OPEN
from visits.tasks.flow import FLOW
from visits.tasks.forms import TaskMoveForm
from visits.tasks.models import Task
from visits.tasks.policies import PROCEDURE
from visits.tasks.views_list import SCOPES, soonest, tabs

READERS = (Can.DO_TASK, Can.APPLY_RECEPTION, Can.RUN_RECEPTION, Can.VIEW_RECEPTIONS, Can.DECIDE_RECEPTION)
# Moves whose action takes words, and the field they come from.
WORDS = {"finish": "note", "give_back": "reason", "drop": "reason"}
SIMPLE = ("take", "finish", "give_back", "drop", "reconfirm", "unblock", "still_valid", "revive")


@require_GET
@require(*READERS)
def task_list(request: HttpRequest) -> HttpResponse:
    """Open tasks by due time: mine, my department's, or all I may see."""
    at, user = timezone.now(), request.user
    default = "ours" if user.department_id and user.may(Can.DO_TASK) else "all"
    scope = request.GET.get("scope", "") if request.GET.get("scope", "") in SCOPES else default
    page = soonest(scoped(user, scope), request.GET.get("after"))
    rows = [row(task, at) for task in page.rows]
    context = {"page": page, "rows": rows, "tabs": tabs(scope), "scope": scope}
    return render(request, "visits/tasks/list.html", context)


def scoped(user: User, scope: str) -> Any:
    """Open tasks of that scope, with what a row shows."""
    rows = Task.objects.visible_to(user).open().select_related("department", "assignee", "reception")
    if scope == "mine":
        return rows.filter(assignee=user)
    if scope == "ours":
        return rows.filter(Q(department=user.department_id) | Q(assignee=user))
    return rows


def row(task: Task, at: datetime) -> dict[str, Any]:
    """One line of the list."""
    late = task.status in OPEN and task.due_at < at
    return {"task": task, "late": late, "who": str(task.assignee) if task.assignee else "待领",
            "tone": "bad" if late else "brand" if task.status == "taken" else "",
            "state": "已过期" if late else "立即办" if task.compressed else task.get_status_display()}  # fmt: skip


@require_GET
@require(*READERS)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task."""
    return show(request, mine(request.user, pk))


def mine(user: User, pk: int) -> Task:
    """The task as far as `user` may see it, else 404."""
    rows = Task.objects.visible_to(user).select_related(
        "department__head", "assignee", "reception__applicant", "reception__department", "reception__host",
        "reception__tier", "reception__proposed_tier",
    )  # fmt: skip
    return load(rows, pk=pk)


def show(request: HttpRequest, one: Task, form: TaskMoveForm | None = None, move: str = "") -> HttpResponse:
    """The page; a refused form says why and keeps what was typed (409, 422, 403)."""
    at = timezone.now()
    choices = [c for c in PROCEDURE.choices(one, request.user, at) if not c.refusal and c.move.name in SIMPLE]
    context = {
        "task": one, "form": form, "open_move": move, "choices": choices, "events": list(events_of(one)),
        "opens": opens(one, request.user), "late": one.is_late(at) and not (one.compressed and one.done_at), "reception": one.reception, "at": at,
    }  # fmt: skip
    return render(request, "visits/tasks/task.html", context, status=http_status(form) if form else 200)


def opens(one: Task, user: User) -> bool:
    """Whether the reception's own page is for them: not when it is secret and they only have this task in it."""
    rows = type(one.reception)._default_manager
    return not one.reception.secret or rows.visible_to(user).filter(pk=one.reception_id).exists()


@require_POST
@submit_once
@require(*READERS)
def task_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """领取, 完成, 退还 or 不办."""
    if move not in SIMPLE:
        raise Http404("任务没有这个动作。")
    one, form = mine(request.user, pk), TaskMoveForm(request.POST)
    if form.is_valid():
        got = form.cleaned_data
        words = {WORDS[move]: got[WORDS[move]]} if move in WORDS else {}
        if move == "finish":
            words |= {"evidence": got["note"], "reason": got["note"]}
        attempt(
            form,
            getattr(actions, move),
            one,
            by=request.user,
            at=timezone.now(),
            expect=got["revision"],
            **words,
        )
    if form.errors:
        return show(request, mine(request.user, pk), form, move)
    messages.success(request, f"“{one.duty}”已{FLOW.moves[move].label}")
    return redirect("visits:task", pk=pk)
