"""Pages of enquiries: the list, one 信息接待记录, its paper, the documents that fit (C3, E5.2)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.cases.forms import MoveForm
from helpdesk.corrections.sheets import corrected
from helpdesk.enquiries.choices import WITH_SPECIALIST
from helpdesk.enquiries.documents import look_up, picked
from helpdesk.enquiries.forms import CITED
from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.paper_form import paper
from helpdesk.enquiries.views_list import COLUMNS, PLACES, TONES, cells, filtered, row
from helpdesk.enquiries.views_moves import move_items
from helpdesk.enquiries.views_show import facts
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
    "category__parent", "call", "created_by", "specialist__department", "notified_by", "taken_by", "sent_by", "accepted_by",
    "advised_by", "replied_by", "closed_by", "void_by",
)  # fmt: skip


def seen_by(user: User) -> Any:
    """The enquiries that `user` may see, with everything that their page shows."""
    return Enquiry.objects.visible_to(user).select_related(*PARTS)


@require_safe
@require(Can.VIEW_DESK)
@remembered("enquiries", "q", "state", "late", "category")
def enquiry_list(request: HttpRequest) -> HttpResponse:
    """Enquiries, newest first, filtered by state, lateness, category and words; 50 a page."""
    found = filtered(request, timezone.now())
    page = keyset(found.rows, request.GET.get("before"))
    context = {
        "page": page,
        "rows": [row(one) for one in page.rows],
        "filter": found,
        "may_log": request.user.may(Can.LOG_CALL),
    }
    return render(request, "helpdesk/enquiries/list.html", context)


@require_safe
@require(Can.VIEW_DESK)
def enquiry_list_xlsx(request: HttpRequest) -> HttpResponse:
    """信息接待记录.xlsx: the list under its filters."""
    at = timezone.now()
    rows = filtered(request, at).rows.order_by("-created_at", "-pk").iterator(500)
    sheet = corrected(rows, cells, COLUMNS, PLACES, request.user)
    return workbook(request, title="信息接待记录", **sheet, at=at)


@require_safe
def enquiry(request: HttpRequest, no: str) -> HttpResponse:
    """One enquiry: the desk sees it, and the specialist who was asked."""
    return show(request, load(seen_by(request.user), no=no))


def show(request: HttpRequest, found: Enquiry, form: MoveForm | None = None, move: str = "") -> HttpResponse:
    """The enquiry's page; a refused `form` of `move` stands open, with its sentence and what was typed."""
    at, user = timezone.now(), request.user
    if form is not None:
        form.see(found.revision)
    sees_desk = user.may(Can.VIEW_DESK)
    context = {
        "enquiry": found,
        "form": form,
        "moves": move_items(found, user, at, form, move),
        "state_tone": TONES.get(found.status, ""),
        "with_specialist": found.status in WITH_SPECIALIST,
        "sees_desk": sees_desk,
        "back_url": reverse("helpdesk:enquiry_list") if sees_desk else reverse("home:todo"),
        "now": at,
        **facts(found, list(events_of(found)), at),
    }
    return render(
        request, "helpdesk/enquiries/detail.html", context, status=http_status(form) if form else 200
    )


@require_safe
def enquiry_print(request: HttpRequest, no: str) -> HttpResponse:
    """《信息接待记录》 on A4 (D6, E5.2.1d)."""
    return printed(request, paper(load(seen_by(request.user), no=no), request.user, timezone.now()))


@require_safe
def enquiry_form(request: HttpRequest, no: str) -> HttpResponse:
    """The same form as a workbook (D6)."""
    found, at = load(seen_by(request.user), no=no), timezone.now()
    return filed(request, paper(found, request.user, at), at)


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """While the answer is written: the documents that fit ?look=, those ticked already first (C3)."""
    at = timezone.now()
    chosen = picked(request.GET.getlist("sources")[:CITED], by=request.user, at=at)
    keys = {one.key for one in chosen}
    text = request.GET.get("look", "").replace("\x00", "")[:60].strip()
    found = [one for one in look_up(text, by=request.user, at=at) if one.key not in keys] if text else []
    context = {"chosen": chosen, "found": found, "text": text}
    return render(request, "helpdesk/enquiries/_found.html", context)
