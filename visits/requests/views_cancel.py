"""取消: the page says exactly what will happen, counts and names, before anybody confirms (records §1.2)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.models import Reception
from visits.requests import cancelling
from visits.requests.cancelling import CANCELLING, consequences
from visits.requests.flow import FLOW
from visits.requests.forms_decide import MoveForm
from visits.requests.policies import choices_for
from visits.requests.views_door import READERS
from visits.requests.views_moves import arguments
from visits.requests.views_words import host_line, span, yuan

SAID = {
    "cancel": "已取消，已告知有关的人",
    "ask_cancel": "已申请取消，等领导确认；确认以前照常准备",
    "unask": "已撤回取消申请，照常准备",
    "keep": "没有同意取消，照常准备",
}


@require(*READERS)
@submit_once
def request_cancel(request: HttpRequest, no: str) -> HttpResponse:
    """GET shows the consequences; POST is one of the four moves, named by the button."""
    if request.method == "POST":
        return answer(request, no, request.POST.get("do", ""))
    reception = load(Reception.objects.visible_to(request.user, timezone.now()).for_page(), no=no)
    return show(request, reception, MoveForm(initial={"revision": reception.revision}))


def answer(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """One of CANCELLING, from whichever address: a refusal shows the consequences again with what was typed."""
    if move not in CANCELLING:
        raise Http404("取消没有这个动作。")
    mine = Reception.objects.visible_to(request.user, timezone.now()).for_page()
    reception, form = load(mine, no=no), MoveForm(request.POST)
    if form.is_valid():
        attempt(form, getattr(cancelling, move), reception, **arguments(request, form, move))
    if form.errors:
        return show(request, load(mine, no=no), form)
    messages.success(request, f"{reception.no} {SAID[move]}")
    # Who was asked about a secret one may have no need to know of it any more.
    return redirect(reception if mine.filter(pk=reception.pk).exists() else "home:todo")


def show(request: HttpRequest, reception: Reception, form: MoveForm) -> HttpResponse:
    """The page with whatever was typed; 409, 422 or 403 when it was refused."""
    found = consequences(reception)
    allowed = {c.move.name for c in choices_for(reception, request.user, timezone.now()) if not c.refusal}
    departments: dict[str, list[str]] = {}
    for department, duty in found.tasks:
        departments.setdefault(department, []).append(duty)
    context: dict[str, Any] = {
        "reception": reception, "form": form, "found": found, "departments": list(departments.items()),
        "may": {name: name in allowed for name in CANCELLING}, "any": bool(allowed & set(CANCELLING)),
        "labels": {name: FLOW.moves[name].label for name in CANCELLING}, "spent": yuan(found.spent, "—"),
        "time_line": span(reception.arrive_at, reception.leave_at), "host_line": host_line(reception),
    }  # fmt: skip
    return render(request, "visits/requests/cancel.html", context, status=http_status(form))
