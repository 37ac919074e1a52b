"""The list behind a figure, and the same as a workbook (D4.4.5)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.drill.forms import RowsForm
from helpdesk.drill.lines import Line, all_lines, lines, source
from helpdesk.drill.sources import page
from helpdesk.report.spans import Span
from helpdesk.report.tables import names
from helpdesk.report.views import address, asked_span
from reception.core.people.roles import Can
from reception.core.sheets import TIME, WORD, Column
from reception.core.web.access import require
from reception.core.web.lists import workbook

COLUMNS = (
    Column("单号", 16, WORD), Column("受理时间", 17, TIME), Column("分类", 18), Column("地址", 20), Column("内容", 44),
    Column("截止时状态", 14, WORD), Column("经办人", 10, WORD), Column("依据", 36),
)  # fmt: skip


def title(span: Span, form: RowsForm) -> str:
    """2026-10 当日关闭率 没计入的."""
    return " ".join([span.name, *form.words])


@require_safe
@require(Can.VIEW_REPORT)
def report_rows(request: HttpRequest, month: str) -> HttpResponse:
    """The records behind one figure of the report, newest first; 50 a page. A narrowing that cannot be is said (422)."""
    span, labels = asked_span(request, month), names()
    form = RowsForm(request.GET, names=labels)
    fits = form.is_valid()
    context: dict[str, Any] = {"span": span, "form": form, "back": address(span.first, span.months)}
    if fits:
        found = source(form.cleaned_data, span.start, span.end)
        before = request.GET.get("before")
        shown = page(found, before)
        rows = lines(shown.rows, span.end, labels)
        # What stands on one page is counted by looking at it.
        count = found.count() if before or shown.next else len(rows)
        context |= {"page": shown, "rows": rows, "count": count, "words": "，".join(form.words)}
    # Who reads the report only, and not the desk's records, gets no link that would be refused.
    context["opens"] = request.user.may(Can.VIEW_DESK)
    return render(request, "helpdesk/drill/rows.html", context, status=200 if fits else 422)


@require_safe
@require(Can.VIEW_REPORT)
def report_rows_xlsx(request: HttpRequest, month: str) -> HttpResponse:
    """The list as .xlsx; what cannot be asked for is shown on the page."""
    span, labels = asked_span(request, month), names()
    form = RowsForm(request.GET, names=labels)
    if not form.is_valid():
        return report_rows(request, month)
    rows = all_lines(source(form.cleaned_data, span.start, span.end), span.end, labels)
    return workbook(
        request, title=title(span, form), columns=COLUMNS, rows=map(cells, rows), at=timezone.now()
    )


def cells(line: Line) -> tuple[object, ...]:
    """A row of the workbook."""
    return (
        line.no, line.received, line.category, line.place, line.content, line.state, line.who, line.note,
    )  # fmt: skip
