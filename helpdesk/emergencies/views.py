"""Pages of emergencies: the list, one emergency, its paper (D4.4.4, D6)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_faces import company
from helpdesk.corrections.sheets import corrected
from helpdesk.emergencies.models import Emergency
from helpdesk.emergencies.paper_form import paper
from helpdesk.emergencies.views_list import COLUMNS, PLACES, TONES, cells, filtered, row
from helpdesk.emergencies.views_moves import APART, move_items
from helpdesk.emergencies.views_show import facts
from reception.core.ledger import events_of
from reception.core.paper.views import filed, printed
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import remembered, workbook
from reception.core.web.loaders import load
from reception.core.web.refusals import http_status

PARTS = (
    "category__parent",
    "call",
    "collective",
    "created_by",
    "written_by",
    "prevented_by",
    "reviewed_by",
    "closed_by",
    "void_by",
)


def seen_by(user: User) -> Any:
    """The emergencies that `user` may see, with everything that their page shows."""
    return Emergency.objects.visible_to(user).select_related(*PARTS)


@require_safe
@require(Can.VIEW_DESK, Can.HANDLE_EMERGENCY)
@remembered("emergencies", "q", "state", "category", "grade")
def emergency_list(request: HttpRequest) -> HttpResponse:
    """Emergencies, newest first, filtered by state, kind, grade and words; 50 a page."""
    found = filtered(request)
    page = keyset(found.rows, request.GET.get("before"))
    context = {
        "page": page,
        "rows": [row(one) for one in page.rows],
        "filter": found,
        "may_raise": request.user.may(Can.LOG_CALL),
    }
    return render(request, "helpdesk/emergencies/list.html", context)


@require_safe
@require(Can.VIEW_DESK, Can.HANDLE_EMERGENCY)
def emergency_list_xlsx(request: HttpRequest) -> HttpResponse:
    """突发.xlsx: the list under its filters."""
    rows = filtered(request).rows.order_by("-created_at", "-pk").iterator(500)
    sheet = corrected(rows, cells, COLUMNS, PLACES, request.user)
    return workbook(request, title="突发", **sheet, at=timezone.now())


@require_safe
def emergency(request: HttpRequest, no: str) -> HttpResponse:
    """One emergency: whoever handles emergencies, and whoever was told of it, sees it."""
    return show(request, load(seen_by(request.user), no=no))


def show(
    request: HttpRequest, found: Emergency, form: MoveForm | None = None, move: str = ""
) -> HttpResponse:
    """The emergency's page; a refused `form` of `move` stands open, with its sentence and what was typed."""
    at, user = timezone.now(), request.user
    if form is not None:
        form.see(found.revision)
    acts = move_items(found, user, at, form, move)
    context = {
        "emergency": found,
        "form": form,
        "acts": acts,
        "moves": [item for name, item in acts.items() if name not in APART],
        "state_tone": TONES.get(found.status, ""),
        "sees_desk": user.may(Can.VIEW_DESK),
        "company": company(),
        "now": at,
        **facts(found, user, list(events_of(found)), at),
    }
    return render(
        request, "helpdesk/emergencies/detail.html", context, status=http_status(form) if form else 200
    )


@require_safe
def emergency_print(request: HttpRequest, no: str) -> HttpResponse:
    """《突发事件、重要问题记录》 on A4 (D6)."""
    return printed(request, paper(load(seen_by(request.user), no=no), request.user, timezone.now()))


@require_safe
def emergency_form(request: HttpRequest, no: str) -> HttpResponse:
    """The same form as a workbook (D6)."""
    found, at = load(seen_by(request.user), no=no), timezone.now()
    return filed(request, paper(found, request.user, at), at)
