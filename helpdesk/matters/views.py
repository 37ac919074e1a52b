"""Pages of matters: the list, a new one, one matter, its paper, who was praised (D4.4.3)."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_faces import face
from helpdesk.corrections.sheets import corrected
from helpdesk.matters.actions import open_matter
from helpdesk.matters.forms import MatterForm
from helpdesk.matters.models import Matter
from helpdesk.matters.paper_form import paper
from helpdesk.matters.views_list import COLUMNS, PLACES, TONES, cells, filtered, row
from helpdesk.matters.views_moves import move_items
from helpdesk.matters.views_show import facts
from reception.core.ledger import events_of
from reception.core.paper.views import filed, printed
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import remembered, workbook
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status

PARTS = (
    "category__parent", "call", "created_by", "department__head", "worker__department", "praised__department",
    "praised_department", "assigned_by", "signed_by", "done_by", "fed_back_by", "closed_by", "void_by",
)  # fmt: skip
PRAISE_DAYS = 365


def seen_by(user: User) -> Any:
    """The matters that `user` may see, with everything that their page shows."""
    return Matter.objects.visible_to(user).select_related(*PARTS)


@require_safe
@require(Can.VIEW_DESK)
@remembered("matters", "q", "kind", "state", "late", "department")
def matter_list(request: HttpRequest) -> HttpResponse:
    """Matters, newest first, filtered by kind, state, lateness, department and words; 50 a page."""
    found = filtered(request, timezone.now())
    page = keyset(found.rows, request.GET.get("before"))
    context = {
        "page": page,
        "rows": [row(one) for one in page.rows],
        "filter": found,
        "may_log": request.user.may(Can.LOG_CALL),
    }
    return render(request, "helpdesk/matters/list.html", context)


@require_safe
@require(Can.VIEW_DESK)
def matter_list_xlsx(request: HttpRequest) -> HttpResponse:
    """其他问题.xlsx: the list under its filters."""
    at = timezone.now()
    rows = filtered(request, at).rows.order_by("-created_at", "-pk").iterator(500)
    sheet = corrected(rows, cells, COLUMNS, PLACES, request.user)
    return workbook(request, title="其他问题", **sheet, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@submit_once
@require(Can.LOG_CALL)
def matter_new(request: HttpRequest) -> HttpResponse:
    """登记其他问题 that came by no call."""
    form = MatterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        found = attempt(form, open_matter, by=request.user, at=timezone.now(), **form.cleaned_data)
        if found is not None:
            messages.success(request, f"{found.no} 已登记，请交办或前台办结")
            return redirect(found)
    return render(request, "helpdesk/matters/new.html", {"form": form}, status=http_status(form))


@require_safe
def matter(request: HttpRequest, no: str) -> HttpResponse:
    """One matter: the desk, whoever was given it, and whoever is praised see it."""
    return show(request, load(seen_by(request.user), no=no))


def show(request: HttpRequest, found: Matter, form: MoveForm | None = None, move: str = "") -> HttpResponse:
    """The matter's page; a refused `form` of `move` stands open, with its sentence and what was typed."""
    at, user = timezone.now(), request.user
    if form is not None:
        form.see(found.revision)
    context = {
        "matter": found,
        "face": face(found.kind),
        "form": form,
        "moves": move_items(found, user, at, form, move),
        "state_tone": TONES.get(found.status, ""),
        "sees_desk": user.may(Can.VIEW_DESK),
        "back_url": reverse("helpdesk:matter_list") if user.may(Can.VIEW_DESK) else reverse("home:todo"),
        "now": at,
        **facts(found, list(events_of(found)), at),
    }
    status = http_status(form) if form else 200
    return render(request, "helpdesk/matters/detail.html", context, status=status)


@require_safe
def matter_print(request: HttpRequest, no: str) -> HttpResponse:
    """《其他问题处理记录》 on A4 (D4.4.3, D6)."""
    return printed(request, paper(load(seen_by(request.user), no=no), request.user, timezone.now()))


@require_safe
def matter_form(request: HttpRequest, no: str) -> HttpResponse:
    """The same form as a workbook (D6)."""
    found, at = load(seen_by(request.user), no=no), timezone.now()
    return filed(request, paper(found, request.user, at), at)


@require_safe
def praise(request: HttpRequest) -> HttpResponse:
    """表扬榜: who was praised how often in the last year; others than the desk see the praise of themselves."""
    at = timezone.now()
    rows = Matter.objects.visible_to(request.user)
    newest = rows.praise().select_related("praised", "praised_department").order_by("-created_at", "-pk")
    context = {
        "counts": list(rows.praise_counts(at - timedelta(days=PRAISE_DAYS), at)),
        "newest": list(newest[:20]),
        "sees_desk": request.user.may(Can.VIEW_DESK),
    }
    return render(request, "helpdesk/matters/praise.html", context)
