"""The one address that makes a move of a call."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from helpdesk.log.models import Call
from helpdesk.log.policies import PROCEDURE
from helpdesk.log.views import PARTS, show
from helpdesk.log.views_moves import doors
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt


@require_POST
@submit_once
@require(Can.VIEW_DESK)
def call_move(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """Make one move; a refusal shows the page again with the sentence and what was typed (409, 422, 403)."""
    rows = Call.objects.select_related(*PARTS)
    found = load(rows, no=no)
    door = doors(found).get(move)
    if door is None:
        raise Http404("来电记录没有这个动作。")
    form = door.form(request.POST, auto_id=f"id_{move}_%s")
    done: Any = None
    if form.is_valid():
        done = attempt(
            form,
            door.run,
            found,
            by=request.user,
            at=timezone.now(),
            expect=form.cleaned_data["revision"],
            **form.inputs(),
        )
    if form.errors:
        return show(request, load(rows, no=no), form, move)
    messages.success(request, f"{found.no} 已{PROCEDURE.flow.moves[move].label}")
    return redirect(done if hasattr(done, "get_absolute_url") else found)
