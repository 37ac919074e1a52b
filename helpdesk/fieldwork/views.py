"""The page of one order on the spot: for whoever is signed in, and for whoever has the link."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.fieldwork.choices import Role
from helpdesk.fieldwork.forms import NoteForm
from helpdesk.fieldwork.holders import holder_of
from helpdesk.fieldwork.page import cards, next_states, stages
from helpdesk.fieldwork.policies import link_ended
from helpdesk.fieldwork.tickets import Ticket, read, ticket_of
from helpdesk.fieldwork.views_step import NO_LINK
from helpdesk.repairs.choices import IN_HAND
from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ARRIVE
from helpdesk.repairs.views_scope import PARTS
from reception.core.clock.reading import clocks_of
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load


@require_safe
@require(Can.DO_REPAIR)
def field(request: HttpRequest, no: str) -> HttpResponse:
    """My order, with my own sign-in."""
    mine = Repair.objects.filter(repairer=request.user, handed_at__isnull=False).select_related(*PARTS)
    order = load(mine, no=no)
    return show(request, order, ticket_of(order), via_link=False)


@login_not_required
@require_safe
def field_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link. One that this house did not sign does not exist; one that ended says what to do (410)."""
    ticket = read(token)
    if ticket is None:
        raise Http404(NO_LINK)
    _, via_link = holder_of(ticket, request.user)
    order = Repair.objects.select_related(*PARTS).filter(pk=ticket.order).first()
    if order is None or link_ended(ticket, order, timezone.now()):
        return render(request, "helpdesk/fieldwork/gone.html", status=410)
    if not via_link:
        return redirect("helpdesk:field", no=order.no)
    return show(request, order, ticket, via_link=True)


def show(request: HttpRequest, order: Repair, ticket: Ticket, *, via_link: bool) -> HttpResponse:
    """The page; the customer's number stands on it only while the order is in hand."""
    at = timezone.now()
    clocks = [clock for clock in clocks_of(order) if clock.rule == ARRIVE]
    context: dict[str, Any] = {
        "repair": order,
        "via_link": via_link,
        "in_hand": order.status in IN_HAND,
        "ticket": ticket,
        "steps_url": reverse("helpdesk:field_step", args=[ticket.token]),
        "cards": cards(order),
        "scene": Role.SCENE,
        "note": NoteForm(auto_id="id_note_%s"),
        "stages": stages(order),
        "flow": json.dumps(next_states()),
        "clock": clocks[-1] if clocks else None,
        "now": at,
    }
    return render(request, "helpdesk/fieldwork/page.html", context)


@login_not_required
@require_safe
def field_worker(request: HttpRequest) -> HttpResponse:
    """The service worker: from our own address, for the pages below /helpdesk/field/ alone."""
    response = HttpResponse(worker(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = request.path.removesuffix("worker.js")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def worker() -> bytes:
    """The script's bytes. Raises FileNotFoundError when it is not there."""
    found = finders.find("js/field-worker.js")
    if not found:
        raise FileNotFoundError("js/field-worker.js")
    return Path(found).read_bytes()
