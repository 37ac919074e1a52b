"""The application form: opened, kept as a draft while it is typed, submitted (A3.1a)."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from reception.core.files.uploads import judged
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt
from visits.models import Reception, Tier
from visits.requests import actions
from visits.requests.completeness import problems
from visits.requests.findings import warnings
from visits.requests.forms import ApplyForm
from visits.requests.forms_roster import Roster, roster
from visits.requests.policies import check_edits
from visits.requests.views_apply_page import pasted, show
from visits.requests.views_files import with_files
from visits.requests.views_words import hm


@require(Can.APPLY_RECEPTION)
@judged
@submit_once
def request_new(request: HttpRequest) -> HttpResponse:
    """GET makes nothing; the first save makes the draft."""
    if request.method == "POST":
        return _post(request, None)
    form = ApplyForm(tiers=list(Tier.objects.all()), initial=first_values(request.user))
    return show(request, form, roster(), None)


@require(Can.APPLY_RECEPTION)
@judged
@submit_once
def request_edit(request: HttpRequest, no: str) -> HttpResponse:
    """A draft or a returned form, by its applicant. Raises Refused for others and for later states."""
    reception = load(Reception.objects.visible_to(request.user).for_page(), no=no)
    if request.method == "POST":
        return _post(request, reception)
    check_edits(reception, request.user)
    form = ApplyForm(tiers=list(Tier.objects.all()), reception=reception)
    guests = [{**row} for row in reception.guests.values()]
    return show(request, form, roster(initial=guests), reception)


def first_values(user: Any) -> dict[str, Any]:
    """What a new form knows already."""
    return {"nature": "business", "department": user.department_id, "applicant_phone": user.phone}


def _post(request: HttpRequest, reception: Reception | None) -> HttpResponse:
    """One of the form's four buttons: auto, roster, save, submit."""
    what = request.POST.get("do", "save")
    form = ApplyForm(request.POST, tiers=list(Tier.objects.all()), strict=what == "submit")
    guests = roster(request.POST)
    form.is_valid()
    guests.is_valid()
    if what == "auto":
        return _autosave(request, form, guests, reception)
    if what == "roster":
        return pasted(request, form, guests, reception)
    return (
        _submit(request, form, guests, reception)
        if what == "submit"
        else _save(request, form, guests, reception)
    )


def keep(
    request: HttpRequest, form: ApplyForm, guests: Roster, reception: Reception | None
) -> Reception | None:
    """Store what was typed well. None when it was refused; the sentence is then on the form."""
    values: dict[str, Any] = {"by": request.user, "at": timezone.now(), "fields": form.columns()}
    values |= {"guests": guests.guests(), "lines": form.lines(), "rows": form.rows()}
    if reception is None:
        return with_files(request, form, attempt(form, actions.create_draft, **values))
    seen = request.POST.get("revision", "")
    expect = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    return with_files(request, form, attempt(form, actions.save_draft, reception, expect=expect, **values))


def _autosave(
    request: HttpRequest, form: ApplyForm, guests: Roster, reception: Reception | None
) -> HttpResponse:
    """Keep what is good of a form in the middle of typing, and say when."""
    kept = keep(request, form, guests, reception)
    if kept is None:
        message = next(iter(form.errors.values()))[-1]
        return JsonResponse({"message": f"没有存上：{message}"}, status=form.http_status)
    links = {
        "edit": reverse("visits:request_edit", args=[kept.no]),
        "print": reverse("visits:request_print", args=[kept.no]),
    }
    # What could not be read is not kept here, so the browser must go on keeping it.
    whole = not form.errors and guests.is_valid()
    return JsonResponse(
        {"no": kept.no, "revision": kept.revision, "at": hm(timezone.now()), "whole": whole, **links}
    )


def _save(request: HttpRequest, form: ApplyForm, guests: Roster, reception: Reception | None) -> HttpResponse:
    """存草稿: half-empty is fine, unreadable is not."""
    if form.errors or not guests.is_valid():
        return show(request, form, guests, reception)
    kept = keep(request, form, guests, reception)
    if kept is None:
        return show(request, form, guests, reception)
    messages.success(request, f"{kept.no} 已存为草稿，随时可以接着填")
    return redirect("visits:request_edit", no=kept.no)


def _submit(
    request: HttpRequest, form: ApplyForm, guests: Roster, reception: Reception | None
) -> HttpResponse:
    """提交审批: all gaps at once, each on its field; nothing is kept of a refused submission but the page."""
    with transaction.atomic():
        kept = _sent(request, form, guests, reception)
        if kept is None:
            transaction.set_rollback(True)
    if kept is None:
        fresh = Reception.objects.for_page().filter(pk=reception.pk).first() if reception else None
        return show(request, form, guests, fresh)
    messages.success(request, f"{kept.no} 已提交，{kept.get_status_display()}")
    return redirect(kept)


def _sent(
    request: HttpRequest, form: ApplyForm, guests: Roster, reception: Reception | None
) -> Reception | None:
    """The submitted reception, or None with all sentences on the form."""
    kept = keep(request, form, guests, reception)
    if kept is None:
        return None
    at = timezone.now()
    for refused in problems(kept, at):
        if refused.field not in form.errors and not form.blame(refused):
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    if form.errors or not guests.is_valid():
        return None
    spoken = warnings(kept, at)
    anyway = bool(form.cleaned_data.get("host_anyway"))
    done = attempt(form, actions.submit, kept, by=request.user, at=at, host_anyway=anyway)
    for sentence in spoken if done else ():
        messages.warning(request, sentence)
    return done
