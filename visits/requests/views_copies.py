"""抄送: choose who gets it, see who has read it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.copies.actions import opened
from visits.copies.models import Copy
from visits.models import Reception
from visits.requests.copying_to import check_copies, copy_by_hand
from visits.requests.forms_people import CopyForm

SENDERS = (Can.APPLY_RECEPTION, Can.REVIEW_RECEPTION, Can.DECIDE_RECEPTION, Can.RUN_RECEPTION)


@require(*SENDERS)
@submit_once
def copies(request: HttpRequest, no: str) -> HttpResponse:
    """GET: who has it and who may get it; POST: send it."""
    at = timezone.now()
    reception = load(Reception.objects.visible_to(request.user, at).for_page(), no=no)
    if request.method != "POST":
        check_copies(reception, request.user)
        return _show(request, reception, CopyForm(reception=reception))
    form = CopyForm(request.POST, reception=reception)
    sent = attempt(form, copy_by_hand, reception, list(form.cleaned_data["people"]), by=request.user, at=at) if form.is_valid() else None  # fmt: skip
    if sent is None:
        return _show(request, reception, form)
    messages.success(request, f"{reception.no} 已抄送给{'、'.join(map(str, sent))}")
    return redirect(reception)


def _show(request: HttpRequest, reception: Reception, form: CopyForm) -> HttpResponse:
    context = {"reception": reception, "form": form, "receipts": receipts(list(_copies(reception)))}
    return render(request, "visits/requests/copies.html", context, status=http_status(form))


def read_by(reception: Reception, user: User, at: datetime) -> dict[str, Any]:
    """The receipts of the page; opened by someone it was sent to, it is read from now on. One query, and one
    write the first time."""
    found = list(_copies(reception))
    for copy in found:
        if copy.to_id == user.pk and copy.opened_at is None:
            opened(copy, by=user, at=at)
    return receipts(found)


def receipts(found: list[Copy]) -> dict[str, Any]:
    """已阅 5/8, with names."""
    return {"rows": found, "read": sum(copy.opened_at is not None for copy in found), "total": len(found)}


def _copies(reception: Reception) -> Any:
    return reception.copies.select_related("to", "department", "sent_by")
