"""The one address that makes a move of an order."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from helpdesk.repairs.models import Repair
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
PAGES = {"my": "helpdesk:my_repairs"}


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
    return reverse(PAGES[asked]) if asked in PAGES else order.get_absolute_url()
