"""接待报表: a month or a year of receptions on the screen, on A4, as a workbook, and the rows behind each figure."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.flow import Refused
from reception.core.web.access import require
from reception.core.web.lists import answer, taken, workbook
from visits.costs.estimate import money
from visits.reports.policies import READERS
from visits.reports.report import Report, build
from visits.reports.report_xlsx import ROWS, TITLE, book, row_of
from visits.reports.rows import rows
from visits.reports.spans import Span, month_of, span_of
from visits.reports.views_page import address, context, listed


def _span(code: str) -> Span:
    """The span of the address. One that is none, or has not begun, is 404 with the sentence."""
    try:
        return span_of(code, timezone.now())
    except Refused as refused:
        raise Http404(refused.message) from refused


def _report(request: HttpRequest, code: str) -> Report:
    return build(_span(code), request.user, timezone.now())


@require_safe
@require(*READERS)
def report_latest(request: HttpRequest) -> HttpResponse:
    """To the month of today, or to the one that was chosen."""
    chosen = request.GET.get("span", "")
    return redirect(address(_span(chosen) if chosen else month_of(timezone.now())))


@require_safe
@require(*READERS)
def report(request: HttpRequest, span: str) -> HttpResponse:
    """The page of a month or a year."""
    return render(request, "visits/reports/report.html", context(_report(request, span)))


@require_safe
@require(*READERS)
def report_print(request: HttpRequest, span: str) -> HttpResponse:
    """The same on A4."""
    more: dict[str, Any] = {"organisation": settings.ORGANISATION.split("·")[0]}
    return render(request, "visits/reports/print.html", context(_report(request, span)) | more)


@require_safe
@require(*READERS)
def report_xlsx(request: HttpRequest, span: str) -> HttpResponse:
    """The workbook of the same report."""
    found = _report(request, span)
    taken(TITLE, len(found.facts), found.span.code, by=request.user, at=found.at)
    return answer(book(found), f"{TITLE}-{found.span.code}")


@require_safe
@require(*READERS)
def report_rows(request: HttpRequest, span: str) -> HttpResponse:
    """The receptions behind one figure."""
    asked = _span(span)
    found = rows(asked, request.GET, request.user, timezone.now())
    return render(request, "visits/reports/rows.html", {
        "found": found, "page": found, "span": asked, "line": found.line, "spent": money(found.line.spent), "rows": [listed(fact) for fact in found.page],
        "back": address(asked), "xlsx": address(asked, "visits:report_rows_xlsx"),
    })  # fmt: skip


@require_safe
@require(*READERS)
def report_rows_xlsx(request: HttpRequest, span: str) -> HttpResponse:
    """The same receptions as a workbook."""
    at = timezone.now()
    found = rows(_span(span), request.GET, request.user, at)
    cells = (row_of(fact) for fact in found.line.facts)
    return workbook(request, title=f"{TITLE}明细", columns=ROWS, rows=cells, at=at)
