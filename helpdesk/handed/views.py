"""Pages of a report's life: the list, the one that is written and signed, its paper and its workbook (D4.4.5)."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_faces import company
from helpdesk.handed.choices import HANDED, Status
from helpdesk.handed.content import SIGNING, content, signature
from helpdesk.handed.forms import WriteForm
from helpdesk.handed.hanging import TONES
from helpdesk.handed.models import Submission
from helpdesk.handed.snapshots import Handed, newest, writers
from helpdesk.handed.views_list import COLUMNS, cells, filtered, row
from helpdesk.handed.views_moves import move_items
from helpdesk.handed.wording import proposals
from helpdesk.report.build import Report, build
from helpdesk.report.report_xlsx import filename, workbook
from helpdesk.report.spans import Span, span_of
from helpdesk.report.views import address, download
from reception.core.ledger import events_of
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import remembered
from reception.core.web.lists import workbook as list_workbook
from reception.core.web.loaders import load
from reception.core.web.refusals import http_status


@require_safe
@require(Can.VIEW_REPORT)
@remembered("handed", "q", "state")
def handed_list(request: HttpRequest) -> HttpResponse:
    """Reports that were begun, newest first."""
    found = filtered(request)
    page = keyset(found.rows, request.GET.get("before"))
    context = {"page": page, "rows": [row(one) for one in page.rows], "filter": found}
    return render(request, "helpdesk/handed/list.html", context)


@require_safe
@require(Can.VIEW_REPORT)
def handed_list_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    rows = cells(filtered(request).rows.iterator(500))
    return list_workbook(request, title="报告报送", columns=COLUMNS, rows=rows, at=timezone.now())


def span_now(found: Submission, at: datetime) -> Span:
    """The report's months, cut off at `at` while they last."""
    return span_of(found.span.code, found.months, at)


def stored(found: Submission) -> Handed | None:
    """What was handed in, once it is out of the house's hands."""
    snapshot = newest(found) if found.status in HANDED else None
    return Handed(snapshot) if snapshot else None


def said_of(found: Submission, at: datetime) -> tuple[dict[str, Any], Report | None]:
    """What the report says, as handed in or as it reads now; the calculated report, when it is still live."""
    kept = stored(found)
    if kept is not None:
        return kept.said(), None
    report = build(span_now(found, at))
    return content(found, report), report


@require_safe
@require(Can.VIEW_REPORT)
def handed(request: HttpRequest, no: str) -> HttpResponse:
    """One report: what it says, what may be done with it, what was."""
    return show(request, load(Submission.objects.visible_to(request.user), no=no))


def show(
    request: HttpRequest, found: Submission, form: MoveForm | None = None, move: str = ""
) -> HttpResponse:
    """The page; a refused move stands open with its text."""
    at = timezone.now()
    said, _ = said_of(found, at)
    context = {
        "one": found, "said": said, "tone": TONES[found.status], "form": form,
        "figures_url": address(found.first, found.months),
        "moves": move_items(found, request.user, at, form, move), "events": events_of(found),
        "writes": found.status == Status.DRAFT and request.user.may(Can.EDIT_REPORT),
        "signatures": [signature(found, *step) for step in SIGNING],
    }  # fmt: skip
    return render(request, "helpdesk/handed/handed.html", context, status=http_status(form) if form else 200)


def sheet_of(found: Submission, at: datetime, data: Any = None) -> WriteForm:
    """The sheet on which `found` is written."""
    report = build(span_now(found, at))
    return WriteForm(found, content(found, report), proposals(report.lines), data)


@require_safe
@require(Can.EDIT_REPORT)
def handed_edit(request: HttpRequest, no: str) -> HttpResponse:
    """Where a draft is written; what is signed leads back to its page."""
    found = load(Submission.objects.visible_to(request.user), no=no)
    return edit(request, found, sheet_of(found, timezone.now()))


def edit(request: HttpRequest, found: Submission, form: WriteForm) -> HttpResponse:
    """The sheet, as it is or with what was refused."""
    context = {"one": found, "form": form, "figures_url": address(found.first, found.months)}
    return render(request, "helpdesk/handed/edit.html", context, status=http_status(form))


@require_safe
@require(Can.VIEW_REPORT)
def handed_print(request: HttpRequest, no: str) -> HttpResponse:
    """封面、结论、案例 and 建议 on A4; of what was handed in, as it was."""
    found = load(Submission.objects.visible_to(request.user), no=no)
    said, _ = said_of(found, timezone.now())
    context = {"one": found, "said": said, "company": company(), "handed": found.status in HANDED}
    return render(request, "helpdesk/handed/print.html", context)


@require_safe
@require(Can.VIEW_REPORT)
def handed_xlsx(request: HttpRequest, no: str) -> HttpResponse:
    """The workbook: the very bytes that were handed in, or what would be now."""
    found = load(Submission.objects.visible_to(request.user), no=no)
    kept = stored(found)
    if kept is not None:
        return download(kept.name, kept.file())
    said, report = said_of(found, timezone.now())
    assert report is not None
    file = BytesIO()
    workbook(report, writers(said)).save(file)
    return download(filename(report), file.getvalue())
