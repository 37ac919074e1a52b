"""我的日程: what one has ahead, and when one (or those one keeps the calendar of) will be away."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from reception.core.people.models import User
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.hosts import actions
from visits.hosts.forms import AbsenceForm
from visits.hosts.free import clashes
from visits.hosts.models import Absence
from visits.hosts.policies import PLANNERS, everybody

AHEAD = timedelta(days=60)
MOST = 100


@require(*PLANNERS)
@submit_once
def absences(request: HttpRequest) -> HttpResponse:
    """GET: what is ahead; POST: one more absence."""
    people = names(request.user)
    if request.method != "POST":
        return show(request, AbsenceForm(people=people, initial={"user": request.user.pk, "kind": "trip"}))
    form = AbsenceForm(request.POST, people=people)
    if form.is_valid():
        got = dict(form.cleaned_data)
        attempt(form, actions.enter, got.pop("user"), by=request.user, at=timezone.now(), **got)
    if form.errors:
        return show(request, form)
    messages.success(request, "外出已登记，受影响的接待已通知经办人")
    return redirect("visits:absences")


@require_POST
@submit_once
@require(*PLANNERS)
def absence_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销. A refusal is a page of its own."""
    rows = Absence.objects.visible_to(request.user).select_related("user__department")
    one = load(rows, pk=pk)
    actions.withdraw(one, by=request.user, at=timezone.now())
    messages.success(request, f"{one.user}的外出已撤销")
    return redirect("visits:absences")


def show(request: HttpRequest, form: AbsenceForm) -> HttpResponse:
    """The page with whatever was typed."""
    at, user = timezone.now(), request.user
    rows = Absence.objects.standing().visible_to(user).filter(end__gt=at).select_related("user", "created_by")
    context = {"form": form, "ahead": ahead(user, at), "rows": list(rows[:MOST]), "keeper": everybody(user)}
    return render(request, "visits/hosts/absences.html", context, status=http_status(form))


def ahead(user: User, at: datetime) -> list[Any]:
    """What this person has in the weeks to come, absences apart: they stand in the other list."""
    return [one for one in clashes(user, at, at + AHEAD) if one.url]


def names(user: User) -> list[tuple[int, str]]:
    """(id, name·department) of those this person may enter for, oneself first."""
    people = User.objects.filter(is_active=True).exclude(pk=user.pk).select_related("department")
    if not everybody(user):
        people = people.filter(department__head=user)
    return [(user.pk, f"{user}（本人）"), *((one.pk, f"{one}·{one.department or ''}") for one in people)]
