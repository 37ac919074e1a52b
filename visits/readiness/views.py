"""开始前准备: what blocks a reception, and the decision to begin."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.readiness import actions
from visits.readiness.forms import GoForm
from visits.readiness.views_panel import panel
from visits.requests.models import Reception

READERS = (Can.DO_TASK, Can.APPLY_RECEPTION, Can.RUN_RECEPTION, Can.VIEW_RECEPTIONS, Can.DECIDE_RECEPTION)


@require_GET
@require(*READERS)
def ready(request: HttpRequest, no: str) -> HttpResponse:
    """The whole list, each line with the way to where it is put right."""
    return show(request, load(Reception.objects.visible_to(request.user, timezone.now()).for_page(), no=no))


def show(request: HttpRequest, reception: Reception, form: GoForm | None = None) -> HttpResponse:
    """The page; a refused decision says why and keeps what was typed."""
    context = {
        "reception": reception,
        "form": form,
        "ready": panel(reception, request.user, timezone.now(), form),
    }
    status = http_status(form) if form else 200
    return render(request, "visits/readiness/show.html", context, status=status)


@require_POST
@submit_once
@require(*READERS)
def go(request: HttpRequest, no: str) -> HttpResponse:
    """准备就绪 or 带缺项开始."""
    reception = load(Reception.objects.visible_to(request.user, timezone.now()).for_page(), no=no)
    form = GoForm(request.POST)
    if form.is_valid():
        attempt(form, actions.decide, reception, by=request.user, at=timezone.now(), **form.cleaned_data)
    if form.errors:
        return show(request, reception, form)
    messages.success(request, "已记录开始前决定，并告知主陪和责任部门")
    return redirect("visits:ready", no=no)
