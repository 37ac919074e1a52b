"""The one address that makes a move of an enquiry."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from helpdesk.enquiries.policies import PROCEDURE
from helpdesk.enquiries.views import seen_by, show
from helpdesk.enquiries.views_moves import DOORS
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt


@require_POST
@submit_once
def enquiry_move(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """Make one move; a refusal shows the page again with the sentence and what was typed (409, 422, 403)."""
    found, door = load(seen_by(request.user), no=no), DOORS.get(move)
    if door is None:
        raise Http404("查询没有这个动作。")
    form = door.form(request.POST, auto_id=f"id_{move}_%s")
    if form.is_valid():
        given = form.inputs()
        at, expect = timezone.now(), form.cleaned_data["revision"]
        attempt(form, door.run, found, by=request.user, at=at, expect=expect, **given)
    if form.errors:
        return show(request, load(seen_by(request.user), no=no), form, move)
    state = found.get_status_display()
    messages.success(request, f"{found.no} 已办：{PROCEDURE.flow.moves[move].label}，现在是“{state}”")
    return redirect("home:notices" if request.POST.get("next") == "notices" else found.get_absolute_url())
