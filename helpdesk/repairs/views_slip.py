"""底联 by telephone: the QR on the printed slip opens this page, and one press receives it (E5.3.7)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.repairs.choices import Status
from helpdesk.repairs.views_moves import move_items
from helpdesk.repairs.views_scope import mine_or_all
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load


@require_safe
@require(Can.VIEW_DESK, Can.DO_REPAIR)
def repair_slip(request: HttpRequest, no: str) -> HttpResponse:
    """The slip of one order: to be received with one press, received already, or not due yet.

    Whoever receives no slips is led to the order itself: the code is on the paper for everybody to read.
    """
    order, at = load(mine_or_all(request.user), no=no), timezone.now()
    if not request.user.may(Can.RECEIVE_SLIP):
        return redirect(order.get_absolute_url())
    items = {item.move.name: item for item in move_items(order, request.user, at)}
    take, why = items.get("slip"), items.get("explain")
    context = {
        "repair": order,
        "take": take if take and not take.refusal else None,
        "why": why if why and not why.refusal else None,
        "due": order.status == Status.FINISHED,
    }
    return render(request, "helpdesk/repairs/slip_in.html", context)
