"""What is posted to the register: a person, a number, moving out (E5.2.1a, D4.3.3)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from helpdesk.directory import actions
from helpdesk.directory.models import Resident, Unit
from helpdesk.register.forms import NewPersonForm
from helpdesk.register.views import READERS, show_unit
from helpdesk.register.views_companies import show_company
from helpdesk.register.views_faces import PEOPLE, PHONES, Bound, phone_of
from reception.core.flow import Refused
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt


@require_POST
@submit_once
@require(*READERS)
def person_new(request: HttpRequest, pk: int) -> HttpResponse:
    """登记住户 in a unit."""
    unit = load(Unit.objects.select_related("building"), pk=pk)
    form = NewPersonForm(request.POST, auto_id="id_new_%s")
    if form.is_valid():
        attempt(form, actions.add_resident, by=request.user, at=timezone.now(), unit=unit, **form.inputs())
    if form.errors:
        return show_unit(request, unit, Bound("new", form))
    messages.success(request, f"{unit} 已登记{form.cleaned_data['name']}")
    return redirect(unit)


@require_POST
@submit_once
@require(*READERS)
def person_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Change a person, add a number, moving out and back."""
    people = Resident.objects.select_related("unit__building", "firm")
    return _made(request, PEOPLE, move, f"p{pk}-{move}", load(people, pk=pk), lambda one: one)


@require_POST
@submit_once
@require(*READERS)
def phone_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Correct a number, or stop using it."""
    return _made(request, PHONES, move, f"t{pk}-{move}", load(phone_of(pk)), lambda phone: phone.resident)


def _made(request: HttpRequest, doors: Any, move: str, key: str, subject: Any, whose: Any) -> HttpResponse:
    """Make one move about a person; a refusal shows their page again with the sentence and what was typed."""
    if move not in doors:
        raise Http404("名册没有这个动作。")
    kind, run, said = doors[move]
    resident = whose(subject)
    form = kind(request.POST, auto_id=f"id_{key}_%s")
    if form.is_valid():
        expect, at = form.cleaned_data["revision"], timezone.now()
        attempt(form, run, subject, by=request.user, at=at, expect=expect, **form.inputs())
    if form.errors:
        return _again(
            request, Resident.objects.select_related("unit__building", "firm").get(pk=resident.pk), key, form
        )
    messages.success(request, f"{resident}：{said}")
    return redirect(resident)


def _again(request: HttpRequest, resident: Resident, key: str, form: Any) -> HttpResponse:
    """The page of their unit, or of their company; a page of its own for whom neither knows."""
    form.see(resident.revision)
    if resident.unit:
        return show_unit(request, resident.unit, Bound(key, form))
    if resident.firm:
        return show_company(request, resident.firm, Bound(key, form))
    raise Refused(
        form.refused if hasattr(form, "refused") else "invalid", next(iter(form.errors.values()))[0]
    )
