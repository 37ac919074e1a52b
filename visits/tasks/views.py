"""Department tasks: the board, one task, and its buttons (A5)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.files.uploads import judged
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.lists import remembered
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.tasks import actions, offering, ticking
from visits.tasks.flow import FLOW
from visits.tasks.forms import MoveForm, People, PhotoForm, UntickForm
from visits.tasks.models import Task, TaskCheck
from visits.tasks.views_board import board
from visits.tasks.views_page import context_of

READERS = (Can.DO_TASK, Can.APPLY_RECEPTION, Can.RUN_RECEPTION, Can.VIEW_RECEPTIONS, Can.DECIDE_RECEPTION)
ACTIONS = {
    **{name: getattr(actions, name) for name in FLOW.moves if hasattr(actions, name)},
    **{name: getattr(offering, name) for name in FLOW.moves if hasattr(offering, name)},
}


@require_GET
@require(*READERS)
@remembered("tasks", "q", "scope", "by", "kind", "department")
def task_list(request: HttpRequest) -> HttpResponse:
    """The board: by department or by time; mine, my department's, or all I may see."""
    return render(request, "visits/tasks/board.html", board(request.user, request.GET, timezone.now()))


@require_GET
@require(*READERS)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """One task."""
    return show(request, mine(request.user, pk))


def mine(user: User, pk: int) -> Task:
    """The task as far as `user` may see it, else 404."""
    rows = Task.objects.visible_to(user).select_related(
        "department__head", "assignee", "reception__applicant", "reception__department", "reception__host",
        "reception__tier", "reception__proposed_tier", "template", "blocked_by", "helper", "offered_by", "offered_to",
        "offered_department", "reconfirmed_by", "done_by",
    )  # fmt: skip
    return load(rows.prefetch_related("checks__ticked_by"), pk=pk)


def show(request: HttpRequest, one: Task, form: Any = None) -> HttpResponse:
    """The page; a refused form says why and keeps what was typed (409, 422, 403)."""
    context = {**context_of(one, request.user, timezone.now(), form), "opens": opens(one, request.user)}
    return render(request, "visits/tasks/task.html", context, status=http_status(form) if form else 200)


def opens(one: Task, user: User) -> bool:
    """Whether the reception's own page is for them: not when it is secret and they only have this task in it."""
    rows = type(one.reception)._default_manager
    return not one.reception.secret or rows.visible_to(user).filter(pk=one.reception_id).exists()


@require_POST
@submit_once
@require(*READERS)
def task_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """领取, 完成, 移交, 受阻 and the other moves of FLOW."""
    if move not in FLOW.moves:
        raise Http404("任务没有这个动作。")
    one = mine(request.user, pk)
    form = MoveForm(move, People(one), request.POST)
    if form.is_valid():
        expect, words = form.cleaned_data["revision"], form.words()
        attempt(form, ACTIONS[move], one, by=request.user, at=timezone.now(), expect=expect, **words)
    if form.errors:
        return show(request, mine(request.user, pk), form)
    messages.success(request, f"“{one.duty}”已{FLOW.moves[move].label}")
    return redirect("visits:task", pk=pk)


@require_POST
@submit_once
@require(*READERS)
def task_tick(request: HttpRequest, pk: int, check: int, way: str) -> HttpResponse:
    """打勾, or 取消打勾 with its reason."""
    one = mine(request.user, pk)
    line: TaskCheck = load(one.checks.all(), pk=check)
    line.task = one
    form = UntickForm(way, request.POST)
    if form.is_valid():
        act: Any = {"tick": ticking.tick, "untick": ticking.untick}[way]
        attempt(form, act, line, by=request.user, at=timezone.now(), **form.words())
    if form.errors:
        return show(request, mine(request.user, pk), form)
    messages.success(request, f"“{line.words}”已{'打勾' if way == 'tick' else '取消打勾'}")
    return redirect(f"{one.get_absolute_url()}#checks")


@require_POST
@require(*READERS)
@judged
@submit_once
def task_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """传照片: a photograph as evidence."""
    one = mine(request.user, pk)
    form = PhotoForm(request.POST, request.judged)  # type: ignore[attr-defined]
    if form.is_valid():
        for file in form.judged:
            attempt(form, ticking.photograph, one, file.found, by=request.user, at=timezone.now())
    if form.errors:
        return show(request, mine(request.user, pk), form)
    messages.success(request, "照片已存好")
    return redirect(f"{one.get_absolute_url()}#photos")
