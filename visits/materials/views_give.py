"""发放资料 at a reception: what was handed out there, and the form to hand out more (A5.2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.materials import moving
from visits.materials.forms import GiveForm
from visits.materials.models import Material, StockMove
from visits.materials.policies import READERS, check_gives
from visits.materials.views_list import state_of
from visits.models import Reception

MOST = 200  # materials on one page


@require(*READERS)
@submit_once
def reception_materials(request: HttpRequest, no: str) -> HttpResponse:
    """GET: what was handed out; POST: hand out."""
    at = timezone.now()
    reception = load(Reception.objects.visible_to(request.user, at).for_page(), no=no)
    materials = list(
        Material.objects.in_use()
        .filter(stock__gt=0)
        .select_related("department")
        .order_by("sound", "pk")[:MOST]
    )
    fit = [one for one in materials if not one.expired(local(at).date())]
    form = GiveForm(request.POST or None, materials=fit, initial={"recipient": reception.contact_name})
    if request.method == "POST" and form.is_valid():
        rows = attempt(
            form, moving.give, reception, by=request.user, at=at, counts=form.counts, recipient=form.cleaned_data["recipient"],
            note=form.cleaned_data["note"],
        )  # fmt: skip
        if rows:
            messages.success(request, f"已发放 {len(rows)} 种资料给{form.cleaned_data['recipient']}")
            return redirect("visits:reception_materials", reception.no)
    return _page(request, reception, materials, form, at)


def _page(
    request: HttpRequest, reception: Reception, materials: list[Material], form: GiveForm, at: Any
) -> HttpResponse:
    """The page; a refused form says why and keeps what was typed."""
    refusal, today = "", local(at).date()
    try:
        check_gives(reception, request.user)
    except Refused as refused:
        refusal = refused.message
    given = StockMove.objects.handed_out().filter(reception=reception).for_list().order_by("-moved_at", "-pk")
    names = [f"count_{one.pk}" for one in materials]
    lines = [
        {"material": one, "state": state_of(one, today), "field": form[name] if name in form.fields else None}
        for one, name in zip(materials, names, strict=True)
    ]
    context = {
        "reception": reception, "form": form, "refusal": refusal, "given": list(given), "lines": lines,
        "guests": list(reception.guests.values_list("name", flat=True)),
    }  # fmt: skip
    return render(request, "visits/materials/give.html", context, status=http_status(form))
