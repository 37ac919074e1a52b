"""看板: a month of the desk (前台服务) and of receptions (接待费用), each number leading to its records."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

import visits.reports.figures
import visits.reports.spans
from helpdesk.board.attention import attention
from helpdesk.board.handing import report_card, sentence
from helpdesk.board.service import context, read
from helpdesk.report.spans import month_of, span_of
from reception.core.clock.periods import next_month
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.home.board.money import money
from visits.reports.policies import READERS

MONTHS = 13  # to choose from: a year, and the same month of the year before


def sees_money(user: User) -> bool:
    """Whether the tab 接待费用 is this person's: who reads the reports on receptions."""
    return user.may(Can.VIEW_RECEPTIONS) or (
        bool(user.department_id) and any(user.may(can) for can in READERS)
    )


def asked(request: HttpRequest, at: datetime) -> str:
    """The month of the address, this month without one. One that is none, or has not begun, is 404 with the sentence."""
    month = request.GET.get("month") or f"{month_of(at):%Y-%m}"
    try:
        return span_of(month, 1, at).code
    except Refused as refused:
        raise Http404(refused.message) from refused


def frame(request: HttpRequest, month: str, at: datetime) -> dict[str, Any]:
    """The tabs, and the months to choose from."""
    user, this = request.user, month_of(at)
    months = [f"{next_month(this, -back):%Y-%m}" for back in range(MONTHS)]
    tabs = [
        (reverse("board:board"), "前台服务", "board", user.may(Can.VIEW_REPORT)),
        (reverse("board:receptions"), "接待费用", "receptions", sees_money(user)),
    ]
    here = request.resolver_match.url_name if request.resolver_match else ""
    return {
        "tabs": [(url, label, name == here) for url, label, name, may in tabs if may],
        "month": month,
        "months": months if month in months else [month, *months],
        "now": at,
    }


@require_safe
@require(Can.VIEW_REPORT, *READERS)
def board(request: HttpRequest) -> HttpResponse:
    """前台服务. Who reads receptions only is sent to their tab."""
    if not request.user.may(Can.VIEW_REPORT):
        return redirect("board:receptions")
    at = timezone.now()
    month = asked(request, at)
    span = span_of(month, 1, at)
    found = read(span)
    drawn = context(found)
    more = {
        "span": span, "attention": attention(request.user, at), "card": report_card(span),
        "sentence": sentence(span.label, drawn["tiles"], drawn["keys"]), "empty": not (found.flows or found.limits),
    }  # fmt: skip
    return render(request, "board/board.html", frame(request, month, at) | drawn | more)


@require_safe
@require(*READERS)
def receptions(request: HttpRequest) -> HttpResponse:
    """接待费用."""
    at = timezone.now()
    month = asked(request, at)
    span = visits.reports.spans.span_of(month, at)
    found = visits.reports.figures.spent(span, request.user, at)
    return render(request, "board/receptions.html", frame(request, month, at) | money(found, span))
