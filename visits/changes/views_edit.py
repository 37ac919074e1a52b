"""The form of a change: kept while it is typed, previewed while dates are chosen, submitted."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt
from visits.changes import actions
from visits.changes.choices import Status
from visits.changes.content import guest_rows, with_values, would_be
from visits.changes.forms import ChangeForm
from visits.changes.models import Change
from visits.changes.policies import check_edits, gaps
from visits.changes.views import mine
from visits.changes.views_page import aside, edit
from visits.requests.forms_roster import Roster, roster
from visits.requests.views_help import preview as parsed
from visits.requests.views_words import hm
from visits.tiers.models import Tier


@require(Can.APPLY_RECEPTION)
@submit_once
def change_edit(request: HttpRequest, no: str, number: int) -> HttpResponse:
    """The draft, by its applicant. Raises Refused for others and for later states."""
    change = mine(request.user, no, number)
    if request.method == "POST":
        return _post(request, change)
    check_edits(change, request.user)
    return edit(request, change, bound(change), roster(initial=guest_rows(change.proposed)))


def bound(change: Change, data: Any = None, *, strict: bool = False) -> ChangeForm:
    """The form of this draft, bound to `data` or showing what is stored."""
    it = would_be(actions.current(change.reception), change.proposed)
    return ChangeForm(data, it=it, change=change, tiers=list(Tier.objects.all()), strict=strict)


def _post(request: HttpRequest, change: Change) -> HttpResponse:
    """One of the form's buttons: auto, roster, save, submit."""
    what = request.POST.get("do", "save")
    form, guests = bound(change, request.POST, strict=what == "submit"), roster(request.POST)
    form.is_valid()
    guests.is_valid()
    if what == "auto":
        return _autosave(request, form, guests, change)
    if what == "roster":
        found = parsed(request)
        names = {row["name"] for row in guests.guests()}
        rows = guests.guests() + [row for row in found["rows"] if row["name"] not in names]
        return edit(request, change, form, roster(initial=rows), preview=found, open=True)
    if what == "rows":
        return _move_rows(request, form, guests, change)
    return (_submit if what == "submit" else _save)(request, form, guests, change)


def keep(request: HttpRequest, form: ChangeForm, guests: Roster, change: Change) -> Change | None:
    """Store what was typed well. None when it was refused; the sentence is then on the form."""
    seen = request.POST.get("revision", "")
    expect = int(seen) if seen.isdecimal() and len(seen) < 10 else None
    return attempt(
        form, actions.save, change, by=request.user, at=timezone.now(), fields=form.columns(), guests=guests.guests(),
        lines=form.priced(), rows=form.rows(), reason=form.why(), expect=expect,
    )  # fmt: skip


def _autosave(request: HttpRequest, form: ChangeForm, guests: Roster, change: Change) -> HttpResponse:
    """Keep what is good of a form in the middle of typing, and say when."""
    kept = keep(request, form, guests, change)
    if kept is None:
        message = next(iter(form.errors.values()))[-1]
        return JsonResponse({"message": f"没有存上：{message}"}, status=form.http_status)
    whole = not form.errors and guests.is_valid()
    edit_url = reverse("visits:change_edit", args=[kept.reception.no, kept.number])
    return JsonResponse(
        {"no": kept.no, "revision": kept.revision, "at": hm(timezone.now()), "whole": whole, "edit": edit_url}
    )


def _save(request: HttpRequest, form: ChangeForm, guests: Roster, change: Change) -> HttpResponse:
    """存草稿: half-done is fine, unreadable is not."""
    if form.errors or not guests.is_valid() or keep(request, form, guests, change) is None:
        return edit(request, change, form, guests)
    messages.success(request, f"{change} 已存为草稿，原来的安排照旧有效")
    return redirect("visits:change_edit", no=change.reception.no, number=change.number)


def _move_rows(request: HttpRequest, form: ChangeForm, guests: Roster, change: Change) -> HttpResponse:
    """安排一起移: what is arranged follows the new arrival day by day; what a person moved already stays."""
    kept = None if form.errors or not guests.is_valid() else keep(request, form, guests, change)
    if kept is None:
        return edit(request, change, form, guests)
    count = attempt(form, actions.move_rows, kept, by=request.user, at=timezone.now())
    if count is None:
        return edit(request, mine(request.user, change.reception.no, change.number), form, guests)
    messages.success(request, f"已把 {count} 项安排移到新的日期，请核对")
    return redirect("visits:change_edit", no=kept.reception.no, number=kept.number)


def _submit(request: HttpRequest, form: ChangeForm, guests: Roster, change: Change) -> HttpResponse:
    """提交变更: all gaps at once; nothing is kept of a refused submission but the page."""
    with transaction.atomic():
        done = _sent(request, form, guests, change)
        if done is None:
            transaction.set_rollback(True)
    if done is None:
        fresh = mine(request.user, change.reception.no, change.number)
        return edit(request, fresh, form, guests)
    waits = done.status == Status.PENDING
    ending = "等领导审批，批准以前原来的安排照旧" if waits else f"第 {done.version} 版已生效，已告知有关的人"
    messages.success(request, f"{done} 已提交，{ending}")
    return redirect(done)


def _sent(request: HttpRequest, form: ChangeForm, guests: Roster, change: Change) -> Change | None:
    """The submitted change, or None with all sentences on the form."""
    kept = keep(request, form, guests, change)
    if kept is None:
        return None
    at = timezone.now()
    for refused in gaps(kept, actions.current(kept.reception), at):
        if refused.field not in form.errors and not form.blame(refused):
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    if form.errors or not guests.is_valid():
        return None
    anyway = bool(form.cleaned_data.get("host_anyway"))
    return attempt(form, actions.submit, kept, by=request.user, at=at, host_anyway=anyway)


@require_POST
@require(Can.APPLY_RECEPTION)
def change_preview(request: HttpRequest, no: str, number: int) -> HttpResponse:
    """What is typed right now: what needs approval, what the dates break, what it costs. Nothing is written."""
    change = mine(request.user, no, number)
    check_edits(change, request.user)
    form, guests = bound(change, request.POST), roster(request.POST)
    form.is_valid()
    guests.is_valid()
    reception = actions.current(change.reception)
    content = with_values(
        reception,
        change.proposed,
        form.columns(),
        guests=guests.guests(),
        lines=form.priced(),
        rows=form.rows(),
    )
    context = aside(reception, change, would_be(reception, content), timezone.now())
    return render(
        request,
        "visits/changes/_live.html",
        {"form": form, "change": change, "reception": reception, **context},
    )
