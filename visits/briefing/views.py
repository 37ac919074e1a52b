"""简报: one page for the host and everybody concerned, on a phone and on A4 (A5.1, A6)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.people.models import User
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.briefing import actions
from visits.briefing.views_page import briefing
from visits.models import Reception
from visits.requests.forms_decide import MoveForm


@require_GET
def briefing_show(request: HttpRequest, no: str) -> HttpResponse:
    """The page. No role is asked: who may not see the reception finds nothing."""
    return show(request, mine(request.user, no))


def mine(user: User, no: str) -> Reception:
    """The reception as far as `user` may see it, else 404."""
    return load(Reception.objects.visible_to(user).for_page(), no=no)


def show(request: HttpRequest, reception: Reception, form: MoveForm | None = None) -> HttpResponse:
    """The page; a refused acknowledgement says why (403, 409)."""
    context: dict[str, Any] = {"form": form, **briefing(reception, request.user, timezone.now())}
    return render(request, "visits/briefing/show.html", context, status=http_status(form) if form else 200)


@require_POST
@submit_once
def acknowledge(request: HttpRequest, no: str) -> HttpResponse:
    """我已知悉."""
    reception, form = mine(request.user, no), MoveForm(request.POST)
    if form.is_valid():
        attempt(form, actions.acknowledge, reception, by=request.user, at=timezone.now(), expect=form.seen)
    if form.errors:
        return show(request, mine(request.user, no), form)
    messages.success(request, "已记下您知悉了这份简报")
    return redirect("visits:briefing", no=no)
