"""What is written of a day: reasons, the hand-over, the other signatures."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from helpdesk.daybook.actions import explain, hand
from helpdesk.daybook.forms import HandForm, WhyForm
from helpdesk.daybook.gathering import left_open
from helpdesk.daybook.models import Day
from helpdesk.daybook.policies import PROCEDURE
from helpdesk.daybook.views import show
from helpdesk.daybook.views_moves import DOORS
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt


@require_POST
@submit_once
@require(Can.LOG_CALL)
def day_explain(request: HttpRequest, on: date) -> HttpResponse:
    """Keep the reasons that were filled in; what is missing may follow until 交班."""
    at = timezone.now()
    known = {row.no: row for found in Day.objects.filter(on=on) for row in found.carried.all()}
    form = WhyForm(left_open(on, at), known, request.POST)
    if form.is_valid():
        in_time = bool(form.cleaned_data["in_time"])
        done = attempt(form, explain, on, by=request.user, at=at, whys=form.whys(), in_time=in_time)
        if done is not None:
            messages.success(request, f"已保存 {done[1]} 件的原因" if done[1] else "没有改动，原来写的都还在")
            return redirect("helpdesk:day", on=on)
    return show(request, on, why=form)


@require_POST
@submit_once
@require(Can.LOG_CALL)
def day_hand(request: HttpRequest, on: date) -> HttpResponse:
    """交班签字."""
    form = HandForm(request.POST)
    if form.is_valid():
        given, expect = form.inputs(), form.cleaned_data["revision"]
        done = attempt(form, hand, on, by=request.user, at=timezone.now(), expect=expect or None, **given)
        if done is not None:
            messages.success(request, f"{done}已交班，请接班的同事签字")
            return redirect("helpdesk:day", on=on)
    return show(request, on, hand=form)


@require_POST
@submit_once
@require(Can.VIEW_DESK)
def day_move(request: HttpRequest, on: date, move: str) -> HttpResponse:
    """接班签字, 审阅签字, 退回补写."""
    found, door = load(Day.objects.visible_to(request.user), on=on), DOORS.get(move)
    if door is None:
        raise Http404("工作日汇总没有这个动作。")
    form = door.form(request.POST, auto_id=f"id_{move}_%s")
    if form.is_valid():
        given, expect = form.inputs(), form.cleaned_data["revision"]
        attempt(form, door.run, found, by=request.user, at=timezone.now(), expect=expect, **given)
    if form.errors:
        form.see(load(Day.objects.all(), on=on).revision)
        return show(request, on, form=form, move=move)
    messages.success(request, f"{found}：已{PROCEDURE.flow.moves[move].label}")
    return redirect(found)
