"""What the desk keeps of calls that were begun: JSON for the page that types, one list for all to see (E5.2.1d)."""

import json
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from helpdesk.begun.actions import drop, keep
from helpdesk.begun.forms import DropForm
from helpdesk.begun.models import CLOSED, Begun
from reception.core.clock.periods import day_bounds, local
from reception.core.flow import Refused
from reception.core.people.roles import Can
from reception.core.web.access import View, require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status

LARGEST = 60_000  # characters of one save
SHOWN = 100


def told(view: View) -> View:
    """Refusals as JSON: a script asks, and shows the sentence."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return JsonResponse({"error": refused.message}, status=refused.http_status)

    return wrapped


@require_safe
@told
@require(Can.LOG_CALL)
def begun(request: HttpRequest) -> JsonResponse:
    """The own calls that are not recorded yet, oldest first; of the asked ?keys= those that ended meanwhile."""
    own = Begun.objects.of(request.user)
    keys = request.GET.get("keys", "").replace("\x00", "").split(",")[:SHOWN]
    ended = own.filter(CLOSED, key__in=keys).values_list("key", flat=True) if any(keys) else []
    return JsonResponse({"rows": [line(row) for row in own.open()[:SHOWN]], "ended": list(ended)})


def line(row: Begun) -> dict[str, Any]:
    """One row as the desk's script keeps it; began in milliseconds, as browsers count."""
    return {
        "key": row.key,
        "turn": row.turn,
        "parked": row.parked,
        "began": int(row.created_at.timestamp() * 1000),
        "values": row.values,
        "focus": row.focus,
        "caret": row.caret,
        "caret_end": row.caret_end,
    }


@require_POST
@told
@require(Can.LOG_CALL)
def save(request: HttpRequest) -> JsonResponse:
    """Store what is typed; answers with when it was stored, or that there is nothing to store."""
    at = timezone.now()
    text = request.POST.get("data", "")
    try:
        data = json.loads(text) if len(text) <= LARGEST else None
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise Refused("invalid", "草稿的内容读不懂，请刷新工作台再写。")
    wanted = {name: data.get(name) for name in ("values", "focus", "caret", "caret_end", "parked", "turn")}
    row = keep(by=request.user, at=at, key=request.POST.get("key", "")[:40], **wanted)
    return JsonResponse({"kept": row is not None, "at": f"{local(at):%H:%M:%S}"})


@require_POST
@submit_once
@require(Can.LOG_CALL)
def begun_drop(request: HttpRequest, key: str) -> HttpResponse:
    """不登记, with its reason: back to the list, or `true` for the desk's script."""
    row = load(Begun.objects.of(request.user), key=key)
    form, at = DropForm(request.POST), timezone.now()
    done = None
    if form.is_valid():
        done = attempt(form, drop, row, by=request.user, at=at, **form.cleaned_data)
    if request.headers.get("Accept") == "application/json":
        said = next(iter(form.errors.values()), [""])[0]
        return JsonResponse({"done": bool(done), "error": said}, status=http_status(form) if said else 200)
    if not done:
        return page(request, at, form, key)
    messages.success(request, "已写明原因，不登记")
    return redirect("helpdesk:begun_list")


@require_safe
@require(Can.VIEW_DESK)
def begun_list(request: HttpRequest) -> HttpResponse:
    """未登记的来电: whose, since when, and those that got a reason today; the words are their writers' alone."""
    return page(request, timezone.now())


def page(request: HttpRequest, at: datetime, form: DropForm | None = None, key: str = "") -> HttpResponse:
    """The list; a refused `form` of the row `key` stands there with what was typed."""
    start, end = day_bounds(local(at).date())
    rows = Begun.objects.select_related("created_by")
    context = {
        "rows": rows.open().order_by("-created_at", "-pk")[:SHOWN],
        "dropped": rows.filter(dropped_at__gte=start, dropped_at__lt=end).order_by("-dropped_at")[:SHOWN],
        "form": form,
        "refused_key": key,
        "may_log": request.user.may(Can.LOG_CALL),
        "blank": DropForm(auto_id=False),
    }
    return render(request, "helpdesk/calls/begun.html", context, status=http_status(form) if form else 200)
