"""接待方案 on paper and as a workbook, and the 胸卡."""

from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_safe

from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.sheets import MIME
from reception.core.web.loaders import load
from visits.briefing.badges import badges_for, pages_of
from visits.briefing.plan import TITLE, plan
from visits.briefing.plan_xlsx import workbook
from visits.models import Reception


@require_GET
def plan_print(request: HttpRequest, no: str) -> HttpResponse:
    """The paper, as many A4 pages as it takes."""
    reception = mine(request.user, no)
    context = plan(reception, list(events_of(reception)), timezone.now())
    return render(request, "visits/briefing/plan.html", context)


@require_safe
def plan_xlsx(request: HttpRequest, no: str) -> HttpResponse:
    """The same as .xlsx, for whoever may see the reception; others find nothing."""
    reception, at, file = mine(request.user, no), timezone.now(), BytesIO()
    workbook(plan(reception, list(events_of(reception)), at), at).save(file)
    response = HttpResponse(file.getvalue(), content_type=MIME)
    name = f"{TITLE}-{reception.no}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_GET
def badges(request: HttpRequest, no: str) -> HttpResponse:
    """Eight a page, with the lines to cut along."""
    reception = mine(request.user, no)
    made = badges_for(
        reception.guests.all(), reception.host, reception.companions, customer=reception.customer_name,
        ours=settings.ORGANISATION.split("·")[0],
    )  # fmt: skip
    context = {"reception": reception, "pages": pages_of(made), "badges": made}
    return render(request, "visits/briefing/badges.html", context)


def mine(user: User, no: str) -> Reception:
    """The reception as far as `user` may see it, else 404."""
    return load(Reception.objects.visible_to(user).for_page(), no=no)
