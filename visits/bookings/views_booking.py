"""One booking: who has it when, moved, let go, judged (B4)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.bookings.forms import FreeForm, JudgeForm, MoveForm
from visits.models import Reception, ResourceBooking
from visits.resources import booking
from visits.resources.clashes import instead, span
from visits.resources.flow import FLOW
from visits.resources.policies import READERS, check_judges, check_lets_go

FORMS: dict[str, Any] = {"move": MoveForm, "free": FreeForm, "judge": JudgeForm}
SAID = {"move": "改到", "free": "已释放", "judge": "已评价"}


@require_safe
@require(*READERS)
def booking_show(request: HttpRequest, no: str) -> HttpResponse:
    """The page."""
    return show(request, mine(request.user, no))


def mine(user: User, no: str) -> ResourceBooking:
    """The booking as far as `user` may see it, else 404."""
    rows = ResourceBooking.objects.visible_to(user).for_page()
    return load(rows.select_related("freed_by", "rated_by"), no=no)


@require_POST
@require(*READERS)
@submit_once
def booking_move(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """改时间, 释放 or 评价."""
    if move not in FORMS:
        raise Http404("预订没有这个动作。")
    one, form = mine(request.user, no), FORMS[move](request.POST)
    if form.is_valid():
        got = dict(form.cleaned_data)
        attempt(
            form,
            getattr(booking, move),
            one,
            by=request.user,
            at=timezone.now(),
            expect=got.pop("revision"),
            **got,
        )
    if form.errors:
        return show(request, mine(request.user, no), form, move)
    words = f" {span(one.start, one.end)}" if move == "move" else ""
    messages.success(request, f"{one.resource}{SAID[move]}{words}")
    return redirect(one)


def show(request: HttpRequest, one: ResourceBooking, form: Any = None, opened: str = "") -> HttpResponse:
    """The page; a refused form says why and keeps what was typed (403, 409, 422)."""
    at, user = timezone.now(), request.user
    lets_go = one.status in FLOW.free.sources and allows(check_lets_go, one, user, at)
    forms = {
        name: form if name == opened else kind(auto_id=f"{name}-%s", initial=_first(one, name))
        for name, kind in FORMS.items()
    }
    context = {
        "booking": one, "form": form, "forms": forms, "opened": opened, "span": span(one.start, one.end), "lets_go": lets_go,
        "judges": allows(check_judges, one, user), "overrides": user.may(Can.OVERRIDE_BOOKING),
        "events": list(events_of(one)), "others": _others(one, form, opened),
        "opens": bool(one.reception) and Reception.objects.visible_to(user).filter(pk=one.reception_id or 0).exists(),
    }  # fmt: skip
    return render(
        request, "visits/resources/booking.html", context, status=http_status(form) if form else 200
    )


def _first(one: ResourceBooking, name: str) -> dict[str, Any]:
    first: dict[str, dict[str, Any]] = {
        "move": {"start": one.start, "end": one.end},
        "judge": {"score": one.score, "note": one.rating_note},
    }
    return {"revision": one.revision, **first.get(name, {})}


def _others(one: ResourceBooking, form: Any, opened: str) -> list[Any]:
    """What could be had instead, where a new time was refused."""
    got = getattr(form, "cleaned_data", {})
    if opened != "move" or not (got.get("start") and got.get("end") and got["start"] < got["end"]):
        return []
    return instead(one.resource, got["start"], got["end"], people=one.people, exclude=one.pk)


def allows(rule: Any, *about: Any) -> bool:
    """Whether a rule lets it pass."""
    try:
        rule(*about)
    except Refused:
        return False
    return True
