"""Pages of complaints: the list, one complaint, its paper (D4.4.2, D6, E5.4)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.cases.forms import MoveForm
from helpdesk.complaints.models import Complaint
from helpdesk.complaints.paper_form import paper
from helpdesk.complaints.views_list import COLUMNS, PLACES, TONES, cells, filtered, row
from helpdesk.complaints.views_moves import move_items
from helpdesk.complaints.views_show import facts
from helpdesk.corrections.sheets import corrected
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
    "category__parent", "call", "created_by", "department__head", "against_department__head", "against_person",
    "verified_by", "confirmed_by", "signed_by", "done_by", "fed_back_by", "closed_by", "void_by", "worker",
)  # fmt: skip


def seen_by(user: User) -> Any:
    """The complaints that `user` may see, with everything that their page shows."""
    return Complaint.objects.visible_to(user).select_related(*PARTS)


@require_safe
@require(Can.VIEW_DESK, Can.CONFIRM_COMPLAINT)
@remembered("complaints", "q", "state", "late", "department", "category")
def complaint_list(request: HttpRequest) -> HttpResponse:
    """Complaints, newest first, filtered by state, lateness, department, category and words; 50 a page."""
    found = filtered(request, timezone.now())
    page = keyset(found.rows, request.GET.get("before"))
    context = {
        "page": page,
        "rows": [row(one) for one in page.rows],
        "filter": found,
        "desk_url": reverse("desk:desk") if request.user.may(Can.LOG_CALL) else "",
    }
    return render(request, "helpdesk/complaints/list.html", context)


@require_safe
@require(Can.VIEW_DESK, Can.CONFIRM_COMPLAINT)
def complaint_list_xlsx(request: HttpRequest) -> HttpResponse:
    """投诉.xlsx: the list under its filters."""
    at = timezone.now()
    rows = filtered(request, at).rows.order_by("-created_at", "-pk").iterator(500)
    sheet = corrected(rows, cells, COLUMNS, PLACES, request.user)
    return workbook(request, title="投诉", **sheet, at=at)


@require_safe
def complaint(request: HttpRequest, no: str) -> HttpResponse:
    """One complaint: the desk, those who sign, and the department it was sent to see it."""
    return show(request, load(seen_by(request.user), no=no))


def show(
    request: HttpRequest, found: Complaint, form: MoveForm | None = None, move: str = ""
) -> HttpResponse:
    """The complaint's page; a refused `form` of `move` stands open, with its sentence and what was typed."""
    at, user = timezone.now(), request.user
    if form is not None:
        form.see(found.revision)
    context = {
        "complaint": found,
        "form": form,
        "moves": move_items(found, user, at, form, move),
        "state_tone": TONES.get(found.status, ""),
        "sees_desk": user.may(Can.VIEW_DESK),
        "back_url": reverse("helpdesk:complaint_list") if user.may(Can.VIEW_DESK) else reverse("home:todo"),
        "now": at,
        **facts(found, list(events_of(found)), at),
    }
    return render(
        request, "helpdesk/complaints/detail.html", context, status=http_status(form) if form else 200
    )


@require_safe
def complaint_print(request: HttpRequest, no: str) -> HttpResponse:
    """《顾客投诉处理记录表》 on A4 (D6)."""
    return printed(request, paper(load(seen_by(request.user), no=no), request.user, timezone.now()))


@require_safe
def complaint_form(request: HttpRequest, no: str) -> HttpResponse:
    """The same form as a workbook (D6)."""
    found, at = load(seen_by(request.user), no=no), timezone.now()
    return filed(request, paper(found, request.user, at), at)
