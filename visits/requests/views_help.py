"""Small answers while the form is being filled in; nothing is written."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from reception.core.people.roles import Can
from reception.core.web.access import require
from visits.guests.choices import Gender
from visits.guests.roster import Roster, parse
from visits.models import Tier
from visits.requests.forms import ApplyForm
from visits.requests.forms_words import parts_of
from visits.requests.views_side import side_of_form


@require_POST
@require(Can.APPLY_RECEPTION)
def estimate(request: HttpRequest) -> HttpResponse:
    """The panel for what is typed: cost against the standard, the host rule, who decides (A4, A7a)."""
    form = ApplyForm(request.POST, tiers=list(Tier.objects.all()))
    side = side_of_form(form, None, request.user, timezone.now())
    return render(
        request, "visits/requests/estimate.html", {"side": side, "parts": parts_of(form, side["rule"])}
    )


@require_POST
@require(Can.APPLY_RECEPTION)
def roster_parse(request: HttpRequest) -> HttpResponse:
    """Pasted text as rows, each with what a person should look at."""
    found = parse(request.POST.get("roster_text", ""))
    return render(request, "visits/requests/_roster_preview.html", {"preview": preview(found, request)})


def preview(found: Roster, request: HttpRequest) -> dict[str, Any]:
    """What the preview shows; a guest without 单位 is taken to come from the visiting organisation."""
    firm = request.POST.get("customer_name", "")[:80]
    words = dict(Gender.choices)
    rows = [
        {**row.as_dict(), "organisation": row.organisation or firm, "gender_text": words.get(row.gender, "")}
        for row in found.rows
    ]
    return {"rows": rows, "problems": found.problems}
