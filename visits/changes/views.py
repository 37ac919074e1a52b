"""变更: begun, written, submitted, answered; every version stays readable at its address."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt
from visits.changes import actions
from visits.changes.flow import FLOW
from visits.changes.forms import AnswerForm
from visits.changes.models import Change
from visits.changes.views_page import show
from visits.requests.forms_decide import MoveForm
from visits.requests.models import Reception
from visits.requests.views_door import READERS
from visits.requests.views_show import show as show_reception


def mine(user: User, no: str, number: int) -> Change:
    """The change as far as `user` may see its reception, else 404."""
    reception = load(Reception.objects.visible_to(user, timezone.now()), no=no)
    return load(Change.objects.seen_by(user).for_page(), reception=reception, number=number)


@require_POST
@require(Can.APPLY_RECEPTION)
@submit_once
def change_start(request: HttpRequest, no: str) -> HttpResponse:
    """发起变更; its form opens at once. A refusal shows the reception again with the sentence."""
    reception = load(Reception.objects.visible_to(request.user).for_page(), no=no)
    form = MoveForm({})
    form.is_valid()
    change = attempt(form, actions.start, reception, by=request.user, at=timezone.now())
    if change is None:
        return show_reception(request, reception, form, "change")
    messages.success(request, f"{change} 已建好：改好要变更的地方，写明原因再提交")
    return redirect("visits:change_edit", no=no, number=change.number)


@require_GET
@require(*READERS)
def change_show(request: HttpRequest, no: str, number: int) -> HttpResponse:
    """Both versions side by side, whatever the state."""
    return show(request, mine(request.user, no, number))


@require_POST
@require(*READERS)
@submit_once
def change_move(request: HttpRequest, no: str, number: int, move: str) -> HttpResponse:
    """同意, 不同意, 撤回; a refusal shows the page again with what was typed."""
    change = mine(request.user, no, number)
    if move == "answer":
        move = request.POST.get("do", "")
    if move not in ("approve", "refuse", "withdraw"):
        raise Http404("变更没有这个动作。")
    form = AnswerForm(request.POST)
    if form.is_valid():
        attempt(form, run, form, change, move, by=request.user, at=timezone.now())
    if form.errors:
        return show(request, mine(request.user, no, number), form)
    messages.success(request, said(change, move))
    return redirect(change.reception if move == "withdraw" else change)


def run(form: AnswerForm, change: Change, move: str, *, by: User, at: Any) -> Change:
    """The action behind an answer. The admin's page calls the same. Raises Refused."""
    common: dict[str, Any] = {"by": by, "at": at, "expect": form.seen}
    words = form.cleaned_data.get("reason", "")
    if move == "approve":
        return actions.approve(change, opinion=words, **form.amounts(), **common)
    if move == "refuse":
        return actions.refuse(change, opinion=words, **common)
    return actions.withdraw(change, reason=words, **common)


def said(change: Change, move: str) -> str:
    """What was done, for the flash line."""
    if move == "approve":
        return f"{change} 已同意，第 {change.version} 版已生效，已告知有关的人"
    return f"{change} 已{FLOW.moves[move].label.removesuffix('变更')}"
