"""Promises kept per person: the page of a month, and its workbook (E5.2.1b)."""

import re
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helpdesk.enquiries.tally import tallies
from reception.core.clock.periods import local, month_bounds, next_month
from reception.core.people.roles import Can
from reception.core.sheets import WHOLE, WORD, Column
from reception.core.web.access import require
from reception.core.web.lists import workbook

FIRST_YEAR = 2000
MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
COLUMNS = (
    Column("姓名", 14, WORD), Column("承诺", 10, WHOLE), Column("按时", 10, WHOLE), Column("逾期", 10, WHOLE),
    Column("未到时间", 10, WHOLE), Column("改约", 10, WHOLE), Column("践约率", 10, WORD), Column("本人回电", 10, WHOLE),
    Column("其中按时", 10, WHOLE),
)  # fmt: skip


def asked(request: HttpRequest) -> date:
    """The first day of ?month=, of this month without one. Raises Http404."""
    month = request.GET.get("month", "")
    if not month:
        return local(timezone.now()).date().replace(day=1)
    found = MONTH.fullmatch(month)
    if found is None:
        raise Http404("没有这个月份，请写成 2026-11。")
    return date(int(found[1]), int(found[2]), 1)


@require_safe
@require(Can.VIEW_DESK)
def call_backs(request: HttpRequest) -> HttpResponse:
    """Who promised how much in the month, and kept it."""
    month, at = asked(request), timezone.now()
    ahead, this = next_month(month), local(at).date().replace(day=1)
    context = {
        "month": month,
        "rows": tallies(*month_bounds(month.year, month.month), at),
        "earlier": next_month(month, -1) if month.year > FIRST_YEAR else None,
        "later": ahead if ahead <= this else None,
    }
    return render(request, "helpdesk/enquiries/call_backs.html", context)


@require_safe
@require(Can.VIEW_DESK)
def call_backs_xlsx(request: HttpRequest) -> HttpResponse:
    """回电承诺 2026年11月.xlsx: the same rows."""
    month, at = asked(request), timezone.now()
    rows = [
        (
            one.name,
            one.made,
            one.kept,
            one.late,
            one.open,
            one.moved,
            one.rate,
            one.answered,
            one.answered_in_time,
        )
        for one in tallies(*month_bounds(month.year, month.month), at)
    ]
    return workbook(request, title=f"回电承诺 {month:%Y-%m}", columns=COLUMNS, rows=rows, at=at)
