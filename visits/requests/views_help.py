"""Small answers while the form is being filled in; nothing is written."""

from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from reception.core.flow import Refused
from reception.core.people.roles import Can
from reception.core.sheets.reader import read_lines
from reception.core.web.access import require
from visits.guests.choices import Gender
from visits.guests.roster import MOST, Roster, parse
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
    return render(request, "visits/requests/_roster_preview.html", {"preview": preview(request)})


def sent_roster(request: HttpRequest) -> tuple[Roster, str]:
    """The guests of the pasted text and of the workbook beside it, and what is wrong with that workbook."""
    text, file, refusal = request.POST.get("roster_text", ""), request.FILES.get("roster_file"), ""
    if file is not None:
        try:
            sheet = read_lines(cast(BinaryIO, file), most=MOST + 10, size=file.size)
            text += "\n" + "\n".join("\t".join(tidy(cell) for cell in line.cells) + "\t" for line in sheet)
        except Refused as refused:
            refusal = refused.message
    return parse(text), refusal


def tidy(cell: str) -> str:
    """A cell as one piece of a line."""
    return " ".join(cell.split())


def preview(request: HttpRequest) -> dict[str, Any]:
    """What the preview shows; a guest without 单位 is taken to come from the visiting organisation."""
    found, refusal = sent_roster(request)
    firm = request.POST.get("customer_name", "")[:80]
    words = dict(Gender.choices)
    rows = [
        {**row.as_dict(), "organisation": row.organisation or firm, "gender_text": words.get(row.gender, "")}
        for row in found.rows
    ]
    return {"rows": rows, "problems": found.problems, "refused": refusal}
