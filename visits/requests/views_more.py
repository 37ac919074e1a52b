"""复制新建 and 催办: two buttons of the detail page that are no moves of the procedure."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt
from visits.models import Reception
from visits.requests.copying import copy
from visits.requests.forms_decide import MoveForm
from visits.requests.urging import urge
from visits.requests.views_show import show


@require_POST
@require(Can.APPLY_RECEPTION)
@submit_once
def request_copy(request: HttpRequest, no: str) -> HttpResponse:
    """A new draft from this one; it opens at once. A refusal shows the page again with the sentence."""
    source = load(Reception.objects.visible_to(request.user).for_page(), no=no)
    form = MoveForm({})
    form.is_valid()
    made = attempt(form, copy, source, by=request.user, at=timezone.now())
    if made is None:
        return show(request, source, form, "copy")
    messages.success(request, f"已按 {source.no} 新建 {made.no}，请填写到达和离开时间，核对名单后提交")
    return redirect("visits:request_edit", no=made.no)


@require_POST
@require(Can.APPLY_RECEPTION)
@submit_once
def request_urge(request: HttpRequest, no: str) -> HttpResponse:
    """催办; a refusal shows the page again with the sentence (403, 409)."""
    reception = load(Reception.objects.visible_to(request.user).for_page(), no=no)
    form = MoveForm({})
    form.is_valid()
    people = attempt(form, urge, reception, by=request.user, at=timezone.now())
    if people is None:
        return show(request, reception, form, "urge")
    messages.success(request, f"{reception.no} 已催办，已告知{'、'.join(str(person) for person in people)}")
    return redirect(reception)
