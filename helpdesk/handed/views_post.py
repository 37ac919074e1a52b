"""What is done with a report: begun, written, signed, handed in, received, sent back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from helpdesk.handed.actions import begin, write
from helpdesk.handed.models import Submission
from helpdesk.handed.policies import PROCEDURE
from helpdesk.handed.views import edit, sheet_of, show
from helpdesk.handed.views_moves import DOORS
from helpdesk.report.spans import span_of
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt


@require_POST
@submit_once
@require(Can.EDIT_REPORT)
def handed_begin(request: HttpRequest) -> HttpResponse:
    """The draft of the months on the page where the button stands."""
    at, months = timezone.now(), 2 if request.POST.get("months") == "2" else 1
    found = begin(span_of(request.POST.get("month", ""), months, at), by=request.user, at=at)
    messages.success(request, f"{found.title} 可以编写了，结论已按数字写好，可以直接改")
    return redirect("helpdesk:handed_edit", no=found.no)


@require_POST
@submit_once
@require(Can.EDIT_REPORT)
def handed_write(request: HttpRequest, no: str) -> HttpResponse:
    """Keep the sheet, whole."""
    at, found = timezone.now(), load(Submission.objects.visible_to(request.user), no=no)
    form = sheet_of(found, at, request.POST)
    if form.is_valid():
        given, expect = form.given(), form.cleaned_data["revision"]
        if attempt(form, write, found, by=request.user, at=at, expect=expect, **given):
            messages.success(request, f"{found.no} 已保存")
            return redirect(found)
    form.see(load(Submission.objects.all(), no=no).revision)
    return edit(request, found, form)


@require_POST
@submit_once
@require(Can.VIEW_REPORT)
def handed_move(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """制表签字, 审核签字, 报物管中心, 接收并锁定, and back."""
    found, door = load(Submission.objects.visible_to(request.user), no=no), DOORS.get(move)
    if door is None:
        raise Http404("报告没有这个动作。")
    form = door.form(request.POST, auto_id=f"id_{move}_%s")
    if form.is_valid():
        given, expect = form.inputs(), form.cleaned_data["revision"]
        attempt(form, door.run, found, by=request.user, at=timezone.now(), expect=expect, **given)
    if form.errors:
        found = load(Submission.objects.all(), no=no)
        form.see(found.revision)
        return show(request, found, form, move)
    messages.success(request, f"{found.title}：已{PROCEDURE.flow.moves[move].label}")
    return redirect(found)
