"""谁没读: the documents that people still have to read, with 催阅 (B3b)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.documents.actions import AGAIN
from reception.core.documents.choices import FACES
from reception.core.documents.unread import Gap, gaps, lines
from reception.core.people.models import Department
from reception.core.people.roles import Can
from reception.core.sheets import MOMENT, WHOLE, WORD, Column
from reception.core.web.access import require
from reception.core.web.lists import workbook

COLUMNS = (
    Column("单号", 16, WORD), Column("标题", 40), Column("版本", 8, WHOLE), Column("发布时间", 18, MOMENT),
    Column("未阅的人", 12), Column("部门", 18), Column("已过天数", 10, WHOLE),
)  # fmt: skip


def asked_of(request: HttpRequest) -> int | None:
    """The department that the address asks for; what it asks wrongly is not asked."""
    key = request.GET.get("department", "")
    return int(key) if key.isascii() and key.isdecimal() and len(key) < 10 else None


@require_safe
@require(Can.KEEP_DOCUMENT, Can.VIEW_LEDGER)
def document_unread(request: HttpRequest) -> HttpResponse:
    """Document by document: how many have read it, who has not."""
    at, chosen = timezone.now(), asked_of(request)
    departments = list(Department.objects.all())
    found = gaps(departments, chosen)
    context = {
        "rows": [_row(gap, at) for gap in found], "departments": departments, "chosen": chosen,
        "keeps": request.user.may(Can.KEEP_DOCUMENT), "total": sum(len(gap.waiting) for gap in found),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "documents/unread.html", context)


def _row(gap: Gap, at: Any) -> dict[str, Any]:
    """One document as drawn; soon: it was reminded of less than a day ago."""
    reminded = gap.document.reminded_at
    return {"gap": gap, "face": FACES[gap.document.kind], "soon": bool(reminded and at - reminded < AGAIN)}


@require_safe
@require(Can.KEEP_DOCUMENT, Can.VIEW_LEDGER)
def document_unread_xlsx(request: HttpRequest) -> HttpResponse:
    """未阅名单.xlsx: one line a document and person."""
    at = timezone.now()
    found = gaps(Department.objects.all(), asked_of(request))
    return workbook(request, title="未阅名单", columns=COLUMNS, rows=lines(found, at), at=at)
