"""接待标准表: read on the screen, on A4 and as a workbook; edited in the admin (A7a)."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from reception.core.clock.periods import local
from reception.core.people.roles import Can
from reception.core.sheets import MIME
from reception.core.web.access import require
from visits.tiers.choices import UNITS, StandardItem
from visits.tiers.standards_xlsx import TITLE, workbook
from visits.tiers.table import asked_day, history, table

READERS = (
    Can.APPLY_RECEPTION, Can.REVIEW_RECEPTION, Can.DECIDE_RECEPTION, Can.RUN_RECEPTION, Can.DO_TASK,
    Can.VIEW_RECEPTIONS, Can.CONFIGURE,
)  # fmt: skip


def context(request: HttpRequest) -> dict[str, Any]:
    """The table of the day asked for."""
    at = timezone.now()
    on = asked_day(request.GET.get("on", ""), local(at).date())
    lines = table(on)
    return {
        "on": on, "lines": lines, "items": [(item.label, UNITS[item]) for item in StandardItem],
        "unset": sum(cell.amount is None for line in lines for cell in line.cells),
        "organisation": settings.ORGANISATION.split("·")[0], "printed_at": f"{local(at):%Y-%m-%d %H:%M}",
    }  # fmt: skip


@require_safe
@require(*READERS)
def standards(request: HttpRequest) -> HttpResponse:
    """The standards of a day, what is to come, and how they changed."""
    more = {"history": history(), "edits": request.user.may(Can.CONFIGURE) and request.user.is_staff}
    return render(request, "visits/tiers/standards.html", context(request) | more)


@require_safe
@require(*READERS)
def standards_print(request: HttpRequest) -> HttpResponse:
    """接待标准表 on A4."""
    return render(request, "visits/tiers/standards_print.html", context(request))


@require_safe
@require(*READERS)
def standards_xlsx(request: HttpRequest) -> HttpResponse:
    """接待标准表.xlsx."""
    at, file = timezone.now(), BytesIO()
    on = asked_day(request.GET.get("on", ""), local(at).date())
    workbook(table(on), on, at).save(file)
    response = HttpResponse(file.getvalue(), content_type=MIME)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{TITLE}-{on}.xlsx"
    )
    return response
