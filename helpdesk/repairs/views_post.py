"""The one address that makes a move of an order."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from helpdesk.repairs.forms import ReworkForm
from helpdesk.repairs.models import Repair
from helpdesk.repairs.opening import rework
from helpdesk.repairs.policies import PROCEDURE
from helpdesk.repairs.views import show
from helpdesk.repairs.views_moves import DOORS
from helpdesk.repairs.views_scope import mine_or_all
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt

# What `next` may ask for: the pages that make moves of orders beside the order's own.
PAGES = {"my": "helpdesk:my_repairs", "board": "helpdesk:repair_board"}


@require_POST
@submit_once
@require(Can.VIEW_DESK, Can.DO_REPAIR)
def repair_move(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """Make one move; a refusal shows the page again with the sentence and what was typed (409, 422, 403)."""
    order = load(mine_or_all(request.user), no=no)
    door = DOORS.get(move)
    if door is None:
        raise Http404("维修单没有这个动作。")
    form = door.form(request.POST, auto_id=f"id_{move}_%s")
    if form.is_valid():
        attempt(
            form,
            door.run,
            order,
            by=request.user,
            at=timezone.now(),
            expect=form.cleaned_data["revision"],
            **form.inputs(),
        )
    if form.errors:
        return show(request, load(mine_or_all(request.user), no=no), form, move)
    messages.success(request, f"{order.no} 已{PROCEDURE.flow.moves[move].label}")
    return redirect(next_page(request, order))


def next_page(request: HttpRequest, order: Repair) -> str:
    """Back to where it was pressed; a repairer who gave the order back has nothing more to see of it."""
    user, asked = request.user, request.POST.get("next", "")
    if not user.may(Can.VIEW_DESK) and order.repairer_id != user.pk:
        return reverse("helpdesk:my_repairs")
    if asked == "slip":
        return reverse("helpdesk:repair_slip", args=[order.no])
    return reverse(PAGES[asked]) if asked in PAGES else order.get_absolute_url()


@require_POST
@submit_once
@require(Can.LOG_CALL)
def repair_rework(request: HttpRequest, no: str) -> HttpResponse:
    """再报返修: a child of this order with the same place, person and category, and clocks of its own (records §2.1)."""
    order = load(mine_or_all(request.user), no=no)
    form = ReworkForm(request.POST, auto_id="id_rework_%s")
    made: Repair | None = None
    if form.is_valid():
        words = form.cleaned_data["content"]
        made = attempt(form, rework, order, by=request.user, at=timezone.now(), content=words)
    if made is None:
        return show(request, load(mine_or_all(request.user), no=no), form, "rework")
    messages.success(request, f"{made.no} 已登记为 {order.no} 的返修，请派工")
    return redirect(made.get_absolute_url())
