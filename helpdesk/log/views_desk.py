"""The desk: the call being written on the left, everything open on the right (C7, D4.1, D4.4.1)."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.cases.choices import Kind
from helpdesk.cases.models import Category, ClockRule
from helpdesk.cases.views_faces import company
from helpdesk.log.forms import CallForm
from helpdesk.log.views_open import SHOWN, TABS, Board, board
from helpdesk.log.views_save import save
from helpdesk.repairs.queries import ARRIVE
from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status

MINUTES = 30  # D4.4.1 半小时内, when the rule was taken away
# field asked for, kinds it belongs to, word on the list
ASKS = (
    {"field": "content", "kinds": "repair", "label": "报修内容"},
    {"field": "caller_name", "kinds": "other", "label": "姓氏"},
    {"field": "place", "kinds": "repair", "label": "地址"},
    {"field": "place", "kinds": "other", "label": "单元号"},
    {"field": "company", "kinds": "other", "label": "公司名称"},
    {"field": "caller_name", "kinds": "repair", "label": "联系人"},
    {"field": "number", "kinds": "repair other", "label": "电话"},
    {"field": "when", "kinds": "repair", "label": "预约时间"},
    {"field": "content", "kinds": "other", "label": "事由"},
)


def open_context(state: Board, request: HttpRequest, at: datetime) -> dict[str, Any]:
    """What the right half and the figures need."""
    show = request.GET.get("show", "all")
    show = show if show in dict(TABS) else "all"
    items = state.of(show)
    return {
        "items": items[:SHOWN],
        "hidden_count": max(0, len(items) - SHOWN),
        "tabs": state.tabs(),
        "show": show,
        "figures": state.figures,
        "now": at,
    }


def repairers(loads: Counter[int | None]) -> list[tuple[str, str]]:
    """陈建国·水电组·手上1单, the least busy first."""
    people = sorted(User.objects.in_role("repairer"), key=lambda user: (loads[user.pk], user.pk))
    return [
        (str(user.pk), "·".join(filter(None, [str(user), user.trade, f"手上{loads[user.pk]}单"])))
        for user in people
    ]


def reference() -> tuple[list[tuple[str, str, list[Any]]], int]:
    """(second-level categories by kind as (kind, its name, rows with pk and label), minutes to arrive); one query."""
    groups: dict[str, list[Any]] = {}
    limit = ClockRule.objects.filter(code=ARRIVE).values("minutes")[:1]
    rows = list(Category.objects.annotate(limit=Subquery(limit)))
    parents = {row.parent_id for row in rows}
    for row in rows:
        if row.pk not in parents:
            groups.setdefault(row.kind, []).append({"pk": row.pk, "label": str(row)})
    minutes = rows[0].limit if rows and rows[0].limit else MINUTES
    return [(kind, Kind(kind).label, found) for kind, found in groups.items()], minutes


def page(request: HttpRequest, form: CallForm, at: datetime, state: Board) -> HttpResponse:
    """The desk with the form as it stands."""
    categories, minutes = reference()
    context = {
        **open_context(state, request, at),
        "form": form,
        "may_log": request.user.may(Can.LOG_CALL),
        "asks": ASKS,
        "categories": categories,
        "company": company(),
        "minutes": minutes,
        "by": f"{local(at + timedelta(minutes=minutes)):%H:%M}",
        "calls_url": reverse("helpdesk:call_list"),
    }
    return render(request, "helpdesk/desk.html", context, status=http_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """The desk at one address: read it, or record a call on it."""
    return record(request) if request.method == "POST" else read(request)


@require(Can.VIEW_DESK)
def read(request: HttpRequest) -> HttpResponse:
    """The desk with an empty form."""
    at = timezone.now()
    state = board(at)
    return page(request, CallForm(repairers=repairers(state.loads)), at, state)


@submit_once
@require(Can.LOG_CALL)
def record(request: HttpRequest) -> HttpResponse:
    """Record the call; with the main button a repair is made and dispatched in the same action (one key, D4.4.1)."""
    at = timezone.now()
    form = CallForm(request.POST)
    if form.is_valid():
        done = attempt(form, save, form, by=request.user, at=at, send=request.POST.get("save") == "dispatch")
        if done is not None:
            messages.success(request, done)
            return redirect("desk:desk")
    state = board(at)
    form.name_repairers(repairers(state.loads))
    return page(request, form, at, state)


@require_safe
@require(Can.VIEW_DESK)
def open_items(request: HttpRequest) -> HttpResponse:
    """The right half alone, asked for every 30 seconds; the figures travel along."""
    at = timezone.now()
    return render(request, "helpdesk/desk/open.html", open_context(board(at), request, at))
