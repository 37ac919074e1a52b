"""The one address that makes a move of a matter."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from helpdesk.matters.forms import ResultForm
from helpdesk.matters.policies import PROCEDURE
from helpdesk.matters.views import seen_by, show
from helpdesk.matters.views_moves import DOORS
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt


@require_POST
@submit_once
def matter_move(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """Make one move; a refusal shows the page again with the sentence and what was typed (409, 422, 403)."""
    found, door = load(seen_by(request.user), no=no), DOORS.get(move)
    if door is None:
        raise Http404("其他问题没有这个动作。")
    form = door.form(request.POST, auto_id=f"id_{move}_%s")
    if isinstance(form, ResultForm):
        form.about(found)
    if form.is_valid():
        given, expect = form.inputs(), form.cleaned_data["revision"]
        attempt(form, door.run, found, by=request.user, at=timezone.now(), expect=expect, **given)
    if form.errors:
        return show(request, load(seen_by(request.user), no=no), form, move)
    state = found.get_status_display()
    messages.success(request, f"{found.no} 已办：{PROCEDURE.flow.moves[move].label}，现在是“{state}”")
    # Who gave it back sees it no longer.
    return redirect(found if seen_by(request.user).filter(pk=found.pk).exists() else "home:todo")
