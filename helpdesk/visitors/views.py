"""Pages of visitors: the list, the sign-in, one record, the fire list (C4, C5)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_faces import company
from helpdesk.corrections.sheets import corrected
from helpdesk.visitors.actions import sign_in
from helpdesk.visitors.forms import VisitorForm
from helpdesk.visitors.models import Visitor
from helpdesk.visitors.paper_form import paper
from helpdesk.visitors.views_list import COLUMNS, PLACES, TONES, cells, filtered, known_as, recognised, today
from helpdesk.visitors.views_moves import move_items
from reception.core.expected import Expected
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


def seen_by(user: User) -> Any:
    """The records that `user` may see, with everything that their page shows."""
    return Visitor.objects.visible_to(user).select_related(
        "host", "department", "created_by", "left_by", "void_by"
    )


@require_safe
@require(Can.VIEW_DESK)
@remembered("visitors", "q", "state")
def visitor_list(request: HttpRequest) -> HttpResponse:
    """Visitors, newest first, and how many people are in the building now."""
    found = filtered(request)
    page = keyset(found.rows, request.GET.get("before"))
    context = {
        "page": page,
        "rows": page.rows,
        "tones": TONES,
        "filter": found,
        "inside": sum(Visitor.objects.inside().values_list("people", flat=True)),
        "may_log": request.user.may(Can.LOG_CALL),
    }
    return render(request, "helpdesk/visitors/list.html", context)


@require_safe
@require(Can.VIEW_DESK)
def visitor_list_xlsx(request: HttpRequest) -> HttpResponse:
    """访客.xlsx: the list under its filters."""
    rows = filtered(request).rows.order_by("-created_at", "-pk").iterator(500)
    sheet = corrected(rows, cells, COLUMNS, PLACES, request.user)
    return workbook(request, title="访客", **sheet, at=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@submit_once
@require(Can.LOG_CALL)
def visitor_new(request: HttpRequest) -> HttpResponse:
    """The sign-in: who is expected today stands beside it and is taken over with one press."""
    at, posted = timezone.now(), request.method == "POST"
    guest = recognised(request.user, at, (request.POST if posted else request.GET).get("key", "")[:60])
    form = VisitorForm(request.POST) if posted else VisitorForm(initial=known(guest))
    if posted and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        found = attempt(form, sign_in, by=request.user, at=at, guest=guest, **given)
        if found is not None:
            messages.success(request, f"{found.no} 已登记，已通知{found.to_whom}")
            return redirect(found)
    context = {"form": form, "guest": guest, "expected": today(request.user, at)}
    return render(request, "helpdesk/visitors/new.html", context, status=http_status(form))


def known(guest: Expected | None) -> dict[str, Any]:
    """What is known of an expected guest before anything is asked."""
    if guest is None:
        return {}
    told = {"name": guest.name, "title": guest.title, "company": guest.company, "purpose": guest.purpose}
    return {**told, "key": guest.key, "host": guest.host, "people": 1, "booked": True}


@require_safe
@require(Can.LOG_CALL)
def visitor_hint(request: HttpRequest) -> HttpResponse:
    """While the name is typed: is it somebody who is expected?"""
    found = known_as(request.user, timezone.now(), request.GET.get("name", "")[:40])
    return render(request, "helpdesk/visitors/_hint.html", {"found": found})


@require_safe
def visitor(request: HttpRequest, no: str) -> HttpResponse:
    """One record: the desk's readers, and the host, see it."""
    return show(request, load(seen_by(request.user), no=no))


def show(request: HttpRequest, found: Visitor, form: MoveForm | None = None, move: str = "") -> HttpResponse:
    """The record's page; a refused `form` of `move` stands open, with its sentence and what was typed."""
    if form is not None:
        form.see(found.revision)
    context = {
        "visitor": found,
        "form": form,
        "moves": move_items(found, request.user, timezone.now(), form, move),
        "events": events_of(found),
        "tone": TONES.get(found.status, ""),
        "sees_desk": request.user.may(Can.VIEW_DESK),
    }
    return render(
        request, "helpdesk/visitors/detail.html", context, status=http_status(form) if form else 200
    )


@require_safe
@require(Can.VIEW_DESK)
def visitors_inside(request: HttpRequest) -> HttpResponse:
    """在楼人员清单: who is in the building at this moment, to be printed and taken along (C5)."""
    rows = list(Visitor.objects.inside().select_related("host", "department").order_by("created_at", "pk"))
    context = {
        "rows": rows,
        "people": sum(row.people for row in rows),
        "company": company(),
        "now": timezone.now(),
    }
    return render(request, "helpdesk/visitors/fire.html", context)


@require_safe
def visitor_print(request: HttpRequest, no: str) -> HttpResponse:
    """《顾客接待记录》 on A5, signed by who received the visitor (C4, D4.3.5)."""
    return printed(request, paper(load(seen_by(request.user), no=no), request.user, timezone.now()))


@require_safe
def visitor_form(request: HttpRequest, no: str) -> HttpResponse:
    """The same form as a workbook (D6)."""
    found, at = load(seen_by(request.user), no=no), timezone.now()
    return filed(request, paper(found, request.user, at), at)
