"""What the application page is made of."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reception.core.ledger import events_of
from reception.core.web.refusals import http_status
from visits.customers.views import hint_for
from visits.hosts.naming import pickable
from visits.models import Reception
from visits.requests.choices import Status
from visits.requests.forms import ApplyForm
from visits.requests.forms_roster import Roster, roster
from visits.requests.forms_words import parts_of
from visits.requests.papers import panel
from visits.requests.views_help import preview
from visits.requests.views_side import side_of_form


def show(
    request: HttpRequest, form: ApplyForm, guests: Roster, reception: Reception | None, **more: Any
) -> HttpResponse:
    """The page with whatever was typed; 422 or 409 when something was refused."""
    side = side_of_form(form, reception, request.user, timezone.now()) | {"colleagues": pickable()}
    context = {
        "form": form, "reception": reception, "side": side, "parts": parts_of(form, side["rule"]),
        "revision": reception.revision if reception else "",
        "applicant": reception.applicant if reception else request.user,
        "returned": returned(reception), "hint": _hint(form, request), "next_hint": _next(side),
        "roster": _roster(request, guests, **more), "files": panel(reception, request.user),
    }  # fmt: skip
    status = http_status(form)
    if status == 200 and guests.is_bound and not guests.is_valid() and request.POST.get("do") != "roster":
        status = 422
    return render(request, "visits/requests/form.html", context, status=status)


def pasted(
    request: HttpRequest, form: ApplyForm, guests: Roster, reception: Reception | None
) -> HttpResponse:
    """识别名单 without a script: the pasted rows stand in the form, nothing is stored yet."""
    found = preview(request)
    typed = guests.guests()
    names = {row["name"] for row in typed}
    rows = typed + [row for row in found["rows"] if row["name"] not in names]
    return show(request, form, roster(initial=rows), reception, preview=found, open=True)


def returned(reception: Reception | None) -> Any:
    """The event that sent the form back, when it is back."""
    if reception is None or reception.status != Status.RETURNED:
        return None
    return events_of(reception).filter(verb="return_back").last()


def _hint(form: ApplyForm, request: HttpRequest) -> dict[str, Any] | None:
    """What is known of the organisation in the form."""
    name = form["customer_name"].value()
    return hint_for(name, request.user) if name and len(name) <= 80 and "\x00" not in name else None


def _next(side: dict[str, Any]) -> str:
    """提交后邱实会马上收到待办."""
    return f"提交后{side['steps'][1]['who'].split('·')[0]}会马上收到待办" if len(side["steps"]) > 1 else ""


def _roster(request: HttpRequest, guests: Roster, **more: Any) -> dict[str, Any]:
    """The roster part: rows, how many are filled, what was pasted."""
    wrong = guests.is_bound and not guests.is_valid()
    filled = sum(bool(row["name"].value()) for row in guests.forms)
    errors = [str(error) for error in guests.non_form_errors()] if wrong else []
    return {"formset": guests, "filled": filled, "has_errors": wrong, "errors": errors,
            "text": request.POST.get("roster_text", ""), **more}  # fmt: skip
