"""Receptions: the list, one of them, its paper, and the moves."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.ledger import events_of
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import remembered, workbook
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt
from visits.models import Reception
from visits.readiness.views_panel import lit
from visits.requests import actions, views_cancel, views_costs, views_decide
from visits.requests.cancelling import CANCELLING
from visits.requests.flow import FLOW
from visits.requests.forms_decide import MoveForm
from visits.requests.views_door import READERS, readers_only
from visits.requests.views_list import SHEET, Filters, cells, row_of
from visits.requests.views_moves import arguments
from visits.requests.views_print import paper
from visits.requests.views_show import show


@require_GET
@require(*READERS)
@remembered("receptions", "q", "scope", "status", "tier", "department")
def request_list(request: HttpRequest) -> HttpResponse:
    """What this person may see, newest first."""
    at, filters = timezone.now(), Filters(request.GET)
    page = keyset(filters.rows(request.user, at), request.GET.get("before"))
    context = {
        "page": page, "rows": lit(page.rows, [row_of(row, at) for row in page.rows], at), "filters": filters, "tabs": filters.tabs(),
        "scope": filters.scope, "can_apply": request.user.may(Can.APPLY_RECEPTION),
    }  # fmt: skip
    return render(request, "visits/requests/list.html", context)


@require_GET
@require(*READERS)
def request_list_xlsx(request: HttpRequest) -> HttpResponse:
    """接待.xlsx: the list under its filters, within what this person may see."""
    at, filters = timezone.now(), Filters(request.GET)
    rows = filters.rows(request.user, at).order_by("-created_at", "-id").iterator(500)
    return workbook(request, title="接待", columns=SHEET, rows=map(cells, rows), at=at)


@require_GET
@readers_only(*READERS)
def request_show(request: HttpRequest, no: str) -> HttpResponse:
    """One reception."""
    return show(request, load(Reception.objects.visible_to(request.user, timezone.now()).for_page(), no=no))


@require_GET
@require(*READERS)
def request_print(request: HttpRequest, no: str) -> HttpResponse:
    """接待申请表 on one A4 page, with the signatures that were given (A9)."""
    reception = load(Reception.objects.visible_to(request.user, timezone.now()).for_page(), no=no)
    events = list(events_of(reception))
    return render(request, "visits/requests/print.html", paper(reception, events, timezone.now()))


@require_POST
@submit_once
@require(*READERS)
def request_move(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """One move of the procedure; a refusal shows the page again with the sentence (409, 422, 403)."""
    if move in ("approve", "hand_on"):
        return views_decide.answer(request, no, move)
    if move == "settle":
        return views_costs.settle(request, no)
    if move in CANCELLING:
        return views_cancel.answer(request, no, move)
    if move not in FLOW.moves:
        raise Http404("接待没有这个动作。")
    reception = load(Reception.objects.visible_to(request.user, timezone.now()).for_page(), no=no)
    form = MoveForm(request.POST)
    if form.is_valid():
        attempt(form, getattr(actions, move), reception, **arguments(request, form, move))
    if form.errors:
        return show(
            request,
            load(Reception.objects.visible_to(request.user, timezone.now()).for_page(), no=no),
            form,
            move,
        )
    messages.success(request, f"{reception.no} 已{FLOW.moves[move].label}")
    return redirect(reception)
