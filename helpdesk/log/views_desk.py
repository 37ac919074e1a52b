"""The desk: the call being written on the left, everything open on the right (C7, D4.1, D4.4.1)."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.begun.actions import registered
from helpdesk.cases.views_faces import company
from helpdesk.log.forms import CallForm
from helpdesk.log.models import Call
from helpdesk.log.views_open import SHOWN, TABS, Board, board
from helpdesk.log.views_reference import reference
from helpdesk.log.views_save import save
from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status

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


def page(request: HttpRequest, form: CallForm, at: datetime) -> HttpResponse:
    """The desk with the form as it stands."""
    state, offered = board(at), reference()
    form.name_repairers(offered.choices(state.loads))
    form.name_praised(offered.staff, offered.departments)
    context = {
        **open_context(state, request, at),
        "form": form,
        "may_log": request.user.may(Can.LOG_CALL),
        "asks": ASKS,
        "categories": offered.categories,
        "scripts": offered.scripts(company()),
        "minutes": offered.minutes,
        "by": f"{local(at + timedelta(minutes=offered.minutes)):%H:%M}",
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
    return page(request, CallForm(), timezone.now())


@submit_once
@require(Can.LOG_CALL)
def record(request: HttpRequest) -> HttpResponse:
    """Record the call; with the main button a repair is made and dispatched in the same action (one key, D4.4.1)."""
    at = timezone.now()
    form = CallForm(request.POST)
    if form.is_valid():
        done = attempt(form, save, form, by=request.user, at=at, how=request.POST.get("save", ""))
        if done is not None:
            end_begun(request.user, form.cleaned_data["begun"], at)
            messages.success(request, done)
            return redirect("desk:desk")
    return page(request, form, at)


def end_begun(by: User, key: str, at: datetime) -> None:
    """What was kept of this call while it was typed gives way to the record just made (E5.2.1d)."""
    made = Call.objects.filter(recorder=by, created_at=at).order_by("-pk").values("pk")[:1]
    if key:
        registered(by=by, at=at, key=key, call=made)


@require_safe
@require(Can.VIEW_DESK)
def open_items(request: HttpRequest) -> HttpResponse:
    """The right half alone, asked for every 30 seconds; the figures travel along."""
    at = timezone.now()
    return render(request, "helpdesk/desk/open.html", open_context(board(at), request, at))
