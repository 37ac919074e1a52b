"""The monthly report on the screen and as a workbook (D4.4.5)."""

from datetime import date
from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from helpdesk.report.build import build
from helpdesk.report.kept import card, kept, written
from helpdesk.report.report_xlsx import filename, workbook
from helpdesk.report.rows import newest
from helpdesk.report.spans import FIRST_YEAR, Span, month_of, span_of
from helpdesk.report.views_page import context
from reception.core.clock.periods import next_month
from reception.core.flow import Refused
from reception.core.people.roles import Can
from reception.core.sheets import MIME
from reception.core.web.access import require


def asked_span(request: HttpRequest, month: str) -> Span:
    """The span of the address. A month that is none, or has not begun, is 404 with the sentence."""
    try:
        return span_of(month, 2 if request.GET.get("months") == "2" else 1, timezone.now())
    except Refused as refused:
        raise Http404(refused.message) from refused


def address(first: date, months: int, name: str = "helpdesk:report") -> str:
    """Where the report of a span stands."""
    return reverse(name, args=[f"{first:%Y-%m}"]) + ("?months=2" if months == 2 else "")


def neighbours(span: Span) -> dict[str, Any]:
    """Links to the months around, to one and two months, and to the workbook; none into the future."""
    back, ahead = next_month(span.first, -1), next_month(span.first)
    return {
        "earlier": address(back, span.months) if back.year >= FIRST_YEAR else "",
        "later": address(ahead, span.months) if ahead <= month_of(timezone.now()) else "",
        "one": address(span.first, 1),
        "two": address(span.first, 2),
        "xlsx": address(span.first, span.months, "helpdesk:report_xlsx"),
    }


@require_safe
@require(Can.VIEW_REPORT)
def report_latest(request: HttpRequest) -> HttpResponse:
    """To the newest month that has records."""
    now = timezone.now()
    return redirect(address(month_of(newest(now) or now), 1))


@require_safe
@require(Can.VIEW_REPORT)
def report(request: HttpRequest, month: str) -> HttpResponse:
    """The page of a month, or of two; what was handed in stands as it was."""
    span = asked_span(request, month)
    stored = kept(span)
    # Who reads the report only, and not the desk's records, gets no link that would be refused.
    more = {"span": span, "links": neighbours(span), "opens": request.user.may(Can.VIEW_DESK)}
    shown = stored.page() if stored else context(build(span))
    return render(request, "helpdesk/report/report.html", shown | more | {"card": card(span, request.user)})


@require_safe
@require(Can.VIEW_REPORT)
def report_xlsx(request: HttpRequest, month: str) -> HttpResponse:
    """The workbook of the same report; of what was handed in, the very bytes."""
    span = asked_span(request, month)
    stored = kept(span)
    if stored:
        return download(stored.name, stored.file())
    found, file = build(span), BytesIO()
    workbook(found, written(found)).save(file)
    return download(filename(found), file.getvalue())


def download(name: str, file: bytes) -> HttpResponse:
    """A workbook as a file of this name."""
    response = HttpResponse(file, content_type=MIME)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
