"""交接班 within the day: a shift hands over, the next one takes over (records §2.3)."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from helpdesk.cases.forms import MoveForm
from helpdesk.daybook.forms import TurnForm
from helpdesk.daybook.handing import hand_turn, take_turn
from helpdesk.daybook.shifts import Turn
from helpdesk.daybook.views import show
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt


@require_POST
@submit_once
@require(Can.LOG_CALL)
def turn_hand(request: HttpRequest, on: date, number: int) -> HttpResponse:
    """交班签字 of one shift."""
    form = TurnForm(request.POST, auto_id="id_turn_%s")
    if form.is_valid():
        given, expect = form.inputs(), form.cleaned_data["revision"] or None
        done = attempt(
            form, hand_turn, on, number, by=request.user, at=timezone.now(), expect=expect, **given
        )
        if done is not None:
            messages.success(request, f"{done.name}已交班，请接班的同事签字")
            return redirect("helpdesk:day", on=on)
    return show(request, on, turn=form)


@require_POST
@submit_once
@require(Can.LOG_CALL)
def turn_take(request: HttpRequest, on: date, number: int) -> HttpResponse:
    """接班签字 of one shift."""
    turn, form = load(Turn.objects.select_related("day"), day__on=on, number=number), MoveForm(request.POST)
    if form.is_valid():
        expect = form.cleaned_data["revision"]
        attempt(form, take_turn, turn, by=request.user, at=timezone.now(), expect=expect)
    if form.errors:
        return show(request, on, turn=form)
    messages.success(request, f"{turn.name}已接班")
    return redirect("helpdesk:day", on=on)
