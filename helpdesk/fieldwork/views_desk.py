"""The desk's side of the field: the link as a QR code, a new one, and the manager's word about a time on the spot."""

from typing import Any

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from helpdesk.fieldwork.actions import accept_site_time, issue_link
from helpdesk.fieldwork.forms import AcceptForm
from helpdesk.fieldwork.models import FieldStep
from helpdesk.fieldwork.tickets import ticket_of
from helpdesk.repairs.choices import IN_HAND
from helpdesk.repairs.models import Repair
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status


@require_safe
@require(Can.DISPATCH_REPAIR)
def field_invite(request: HttpRequest, no: str) -> HttpResponse:
    """The link to give to the repairer: a QR code and an address; none when the order is in nobody's hand."""
    order = load(Repair.objects.select_related("repairer"), no=no)
    context: dict[str, Any] = {"repair": order, "ticket": None}
    if order.status in IN_HAND:
        ticket = ticket_of(order)
        url = request.build_absolute_uri(reverse("helpdesk:field_link", args=[ticket.token]))
        code = segno.make(url, micro=False, error="l")
        qr = mark_safe(code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None))
        context |= {"ticket": ticket, "address": url, "qr": qr}
    return render(request, "helpdesk/fieldwork/invite.html", context)


@require_POST
@submit_once
@require(Can.DISPATCH_REPAIR)
def field_issue(request: HttpRequest, no: str) -> HttpResponse:
    """换发: those given out before stop working."""
    order = load(Repair.objects.select_related("repairer"), no=no)
    issue_link(order, by=request.user, at=timezone.now())
    messages.success(request, f"{order.no} 的现场链接已换新，原来的打不开了")
    return redirect("helpdesk:field_invite", no=no)


@require_POST
@submit_once
@require(Can.VIEW_DESK)
def field_accept(request: HttpRequest, no: str, pk: int) -> HttpResponse:
    """认可现场时间, with its reason."""
    step = load(FieldStep.objects.select_related("repair", "created_by"), pk=pk, repair__no=no)
    form = AcceptForm(request.POST)
    if form.is_valid():
        attempt(form, accept_site_time, step, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        context = {"repair": step.repair, "step": step, "form": form}
        return render(request, "helpdesk/fieldwork/accept.html", context, status=http_status(form))
    messages.success(request, f"{no} 的现场时间已认可，到场时限的记录不变")
    return redirect(step.repair.get_absolute_url())
