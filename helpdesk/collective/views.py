"""Pages of collective reports: the list, one report with whom to call back (D4.4.4)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from helpdesk.cases.forms import MoveForm
from helpdesk.collective.forms import CallBackForm
from helpdesk.collective.models import Collective
from helpdesk.collective.paper_form import paper
from helpdesk.collective.policies import PROCEDURE
from helpdesk.collective.queries import CALL_BACK
from helpdesk.collective.views_moves import DOORS, move_items
from reception.core.clock.reading import clocks_of
from reception.core.ledger import events_of
from reception.core.paper.views import filed, printed
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status

PARTS = ("building", "category__parent", "emergency", "created_by", "accepted_by", "ended_by")
TONES = {"proposed": "bad", "accepted": "warn", "finished": "ok"}


def seen_by(user: User) -> Any:
    """The reports that `user` may see, with everything that their page shows."""
    return Collective.objects.visible_to(user).select_related(*PARTS)


@require_safe
@require(Can.VIEW_DESK)
def collective_list(request: HttpRequest) -> HttpResponse:
    """Collective reports, newest first; 50 a page."""
    page = keyset(seen_by(request.user), request.GET.get("before"))
    rows = [(one, TONES.get(one.status, "")) for one in page.rows]
    return render(request, "helpdesk/collective/list.html", {"page": page, "rows": rows})


@require_safe
@require(Can.VIEW_DESK)
def collective(request: HttpRequest, no: str) -> HttpResponse:
    """One report and its list."""
    return show(request, load(seen_by(request.user), no=no))


def show(
    request: HttpRequest, found: Collective, form: MoveForm | None = None, move: str = ""
) -> HttpResponse:
    """The report's page; a refused `form` of `move` stands open, with its sentence and what was typed."""
    at, user = timezone.now(), request.user
    if form is not None:
        form.see(found.revision)
    chosen = request.GET.get("household", "")
    clocks = [clock for clock in clocks_of(found) if clock.rule == CALL_BACK]
    context = {
        "collective": found,
        "households": list(found.households.select_related("unit", "call", "called_by")),
        "form": form,
        "moves": move_items(found, user, at, form, move, chosen),
        "tone": TONES.get(found.status, ""),
        "clock": clocks[-1] if clocks else None,
        "events": events_of(found),
        "may_call": user.may(Can.LOG_CALL) and found.status == "accepted",
        "now": at,
    }
    status = http_status(form) if form else 200
    return render(request, "helpdesk/collective/detail.html", context, status=status)


@require_safe
@require(Can.VIEW_DESK)
def collective_print(request: HttpRequest, no: str) -> HttpResponse:
    """《集体反映回访记录》 on A4 (D4.4.4, D6)."""
    return printed(request, paper(load(seen_by(request.user), no=no), request.user, timezone.now()))


@require_safe
@require(Can.VIEW_DESK)
def collective_form(request: HttpRequest, no: str) -> HttpResponse:
    """The same form as a workbook (D6)."""
    found, at = load(seen_by(request.user), no=no), timezone.now()
    return filed(request, paper(found, request.user, at), at)


@require_POST
@submit_once
@require(Can.VIEW_DESK)
def collective_move(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """Make one move; a refusal shows the page again with the sentence and what was typed (409, 422, 403)."""
    found, door = load(seen_by(request.user), no=no), DOORS.get(move)
    if door is None:
        raise Http404("集体反映没有这个动作。")
    form = door.form(request.POST, auto_id=f"id_{move}_%s")
    if isinstance(form, CallBackForm):
        form.about(found)
    if form.is_valid():
        given, expect = form.inputs(), form.cleaned_data["revision"]
        attempt(form, door.run, found, by=request.user, at=timezone.now(), expect=expect, **given)
    if form.errors:
        return show(request, load(seen_by(request.user), no=no), form, move)
    said = f"，{found.emergency.no} 已同时报告，请逐户回访" if move == "accept" and found.emergency else ""
    messages.success(request, f"{found.no} 已办：{PROCEDURE.flow.moves[move].label}{said}")
    return redirect(found)
