"""接待清单: what a reception did cost, entered, corrected, handed in and printed (records §1.2, A7a, A7b)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.costs.forms import CorrectForm, StrikeForm, rows_form
from visits.costs.models_sheet import Expense
from visits.costs.policies import check_writes
from visits.requests import settling
from visits.requests.forms_decide import MoveForm
from visits.requests.models import Reception
from visits.requests.views_costs_page import paper, settle_form, show

READERS = (
    Can.APPLY_RECEPTION, Can.DECIDE_RECEPTION, Can.RUN_RECEPTION, Can.ARCHIVE_RECEPTION, Can.VIEW_RECEPTIONS,
    Can.AUDIT_COSTS,
)  # fmt: skip


def whole(user: User, no: str) -> Reception:
    """The reception with its list, as far as `user` may see it; 404 before it was approved."""
    rows = Reception.objects.visible_to(user).for_page().filter(sheet__isnull=False)
    return load(rows, no=no)


def row_of(reception: Reception, number: int) -> Expense:
    """A row of this list, else 404."""
    return load(reception.sheet.rows.select_related("replaced_by"), number=number)


@require(*READERS)
@submit_once
def sheet(request: HttpRequest, no: str) -> HttpResponse:
    """The list; POST appends the rows that were typed."""
    reception = whole(request.user, no)
    if request.method != "POST":
        return show(request, reception)
    entry, form = rows_form(request.POST), MoveForm(request.POST)
    if form.is_valid() and entry.is_valid():
        rows = entry.filled()
        attempt(
            form, settling.spend, reception, by=request.user, at=timezone.now(), rows=rows, expect=form.seen
        )
    elif not entry.is_valid():
        form.add_error(None, "有几行没有填好，请看标红的地方。")
    if form.errors:
        return show(request, whole(request.user, no), entry=entry, refused=form)
    messages.success(request, f"已登记 {len(rows)} 行费用")
    return redirect("visits:costs", no=no)


@require_POST
@submit_once
@require(*READERS)
def void(request: HttpRequest, no: str, number: int) -> HttpResponse:
    """作废 a row, with its reason."""
    reception = whole(request.user, no)
    row, form = row_of(reception, number), StrikeForm(request.POST)
    if form.is_valid():
        got = form.cleaned_data
        attempt(
            form, settling.void, row, reception, by=request.user, at=timezone.now(), reason=got["reason"], expect=form.seen
        )  # fmt: skip
    if form.errors:
        return show(request, whole(request.user, no), refused=form, strike=number)
    messages.success(request, f"第 {number} 行已作废")
    return redirect("visits:costs", no=no)


@require(*READERS)
@submit_once
def correct(request: HttpRequest, no: str, number: int) -> HttpResponse:
    """更正 a row: it is struck through and a new one takes its place."""
    reception = whole(request.user, no)
    row = row_of(reception, number)
    if request.method != "POST":
        check_writes(reception, request.user)
        return correction(request, reception, row, CorrectForm(row=row))
    form = CorrectForm(request.POST, row=row)
    if form.is_valid():
        attempt(form, settling.correct, row, reception, **_correcting(request, form))
    if form.errors:
        return correction(request, whole(request.user, no), row, form)
    messages.success(request, f"第 {number} 行已更正，原来的一行划去保留")
    return redirect("visits:costs", no=no)


def _correcting(request: HttpRequest, form: CorrectForm) -> dict[str, Any]:
    """Keyword arguments of the action."""
    return {"by": request.user, "at": timezone.now(), "reason": form.cleaned_data["reason"], "values": form.values(),
            "expect": form.seen}  # fmt: skip


def correction(request: HttpRequest, reception: Reception, row: Expense, form: CorrectForm) -> HttpResponse:
    """The page of one correction."""
    context = {"reception": reception, "row": row, "form": form}
    return render(request, "visits/costs/correct.html", context, status=http_status(form))


def settle(request: HttpRequest, no: str) -> HttpResponse:
    """提交结算; a refusal shows the list again with the sentence. Called by request_move."""
    reception = whole(request.user, no)
    form = settle_form(reception, request.POST)
    if form.is_valid():
        got = form.cleaned_data
        attempt(
            form, settling.settle, reception, by=request.user, at=timezone.now(), over_reason=got["over_reason"],
            approver=got["approver"], note=got["note"], expect=form.seen,
        )  # fmt: skip
    if form.errors:
        return show(request, whole(request.user, no), settle=form, refused=form)
    messages.success(request, f"{no} 已提交结算，等办公室审核")
    return redirect(reception)


@require_GET
@require(*READERS)
def sheet_print(request: HttpRequest, no: str) -> HttpResponse:
    """接待清单 on A4 (A9's paper), with the signatures that were given."""
    return render(request, "visits/costs/print.html", paper(whole(request.user, no), timezone.now()))
