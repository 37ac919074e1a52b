"""Pages of recorded calls: the list, and one call with what may be done next."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_faces import CALL_TONES, Mark, face
from helpdesk.corrections.sheets import corrected
from helpdesk.log.choices import Status
from helpdesk.log.models import Call
from helpdesk.log.paper_form import paper
from helpdesk.log.queries import SUBJECT
from helpdesk.log.views_list import COLUMNS, PAPERS, PLACES, cells, filtered, listed
from helpdesk.log.views_moves import move_items
from helpdesk.repairs.models import Repair
from helpdesk.repairs.views_show import Household, Row
from reception.core.clock.reading import clocks_of
from reception.core.ledger import events_of
from reception.core.paper.views import filed, printed
from reception.core.people.roles import Can
from reception.core.templatetags.core import why_url
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import remembered, workbook
from reception.core.web.loaders import load
from reception.core.web.refusals import http_status

LED = (Status.LED_ON, Status.CLOSED)
PARTS = ("unit", "category__parent", "recorder", "replied_by", "resident", "void_by")


@require_safe
@require(Can.VIEW_DESK)
@remembered("calls", "q", "channel", "kind", "status", "since", "until")
def call_list(request: HttpRequest) -> HttpResponse:
    """Calls, newest first, filtered by channel, kind, state, days and words; 50 a page."""
    found = filtered(request)
    page = keyset(found.rows, request.GET.get("before"), at_field="recorded_at")
    context = {
        "page": page,
        "rows": listed(page.rows, request.user),
        "filter": found,
        "paper": PAPERS.get(request.GET.get("channel", ""), "来电记录"),
        "papers": PAPERS.items(),
        "channel": request.GET.get("channel", ""),
        "desk_url": reverse("desk:desk"),
    }
    return render(request, "helpdesk/calls/list.html", context)


@require_safe
@require(Can.VIEW_DESK)
def call_list_xlsx(request: HttpRequest) -> HttpResponse:
    """电话记录.xlsx, 顾客接待记录.xlsx, or all of them: the list under its filters (D6)."""
    found = filtered(request)
    calls = found.rows.order_by("-recorded_at", "-pk").iterator(500)
    sheet = corrected(calls, lambda rows: cells(rows, request.user), COLUMNS, PLACES, request.user)
    title = PAPERS.get(request.GET.get("channel", ""), "来电记录")
    return workbook(request, title=title, **sheet, at=timezone.now(), total=found.rows.count)


@require_safe
@require(Can.VIEW_DESK)
def call(request: HttpRequest, no: str) -> HttpResponse:
    """One call, as it was recorded, and everything that followed."""
    return show(request, load(Call.objects.select_related(*PARTS), no=no))


def show(request: HttpRequest, found: Call, form: MoveForm | None = None, move: str = "") -> HttpResponse:
    """The call's page; a refused `form` of `move` stands open with what was typed."""
    at = timezone.now()
    if form is not None:
        form.see(found.revision)
    glyph, tone = face(found.kind)
    late = any(clock.late(at) for clock in clocks_of(found))
    context: dict[str, Any] = {
        "call": found,
        "form": form,
        "moves": move_items(found, request.user, at, form, move),
        "events": events_of(found),
        "glyph": glyph,
        "tone": tone,
        "state_tone": CALL_TONES.get(found.status, ""),
        "phone_open": True,
        "now": at,
        "marks": [
            Mark("超时未回复" if found.status == Status.OPEN else "曾超时", "bad", why_url(SUBJECT, found.pk))
        ]
        if late
        else [],
        # Asked for "no order", the engine would read every order there is.
        "repairs": list(Repair.objects.filter(Q(call=found) | Q(pk=found.joined_id or 0))),
        "cases": [
            *found.emergencies.all(),
            *found.complaints.all(),
            *found.matters.all(),
            *found.enquiries.all(),
        ]
        if found.status in LED
        else [],
        "handling": found.handling or "已登记，待处理",
        "household": household(found),
    }
    return render(request, "helpdesk/calls/detail.html", context, status=http_status(form) if form else 200)


def household(found: Call) -> Household:
    """The latest other calls of the same unit, or of the same number."""
    same = {"unit_id": found.unit_id} if found.unit_id else {"number": found.number} if found.number else None
    if same is None:
        return Household()
    rows = Call.objects.filter(**same).exclude(pk=found.pk).order_by("-recorded_at", "-pk")[:4]
    words = found.unit.label if found.unit else found.number
    return Household(
        [
            Row(
                *face(row.kind),
                row.title,
                f"{row.recorded_at:%m-%d}·{row.get_status_display()}",
                row.get_absolute_url(),
            )
            for row in rows
        ],
        f"{reverse('helpdesk:call_list')}?q={words}",
    )


@require_safe
@require(Can.VIEW_DESK)
def call_print(request: HttpRequest, no: str) -> HttpResponse:
    """《电话记录》, or 《顾客接待记录》 of who came in person, on A5, signed by its recorder (D4.1, D4.3.5)."""
    return printed(
        request,
        paper(load(Call.objects.select_related(*PARTS, "joined"), no=no), request.user, timezone.now()),
    )


@require_safe
@require(Can.VIEW_DESK)
def call_form(request: HttpRequest, no: str) -> HttpResponse:
    """The same form as a workbook (D6)."""
    found, at = load(Call.objects.select_related(*PARTS, "joined"), no=no), timezone.now()
    return filed(request, paper(found, request.user, at), at)
