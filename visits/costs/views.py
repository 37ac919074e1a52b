"""接待费用表: what receptions cost against standard and budget, on the screen and as a workbook (A7a, A7b)."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.lists import answer, remembered, taken
from visits.costs.estimate import money
from visits.costs.report import WAYS, Asked, Line, grouped, requests, total
from visits.costs.report_xlsx import filename, workbook

READERS = (Can.VIEW_RECEPTIONS, Can.APPLY_RECEPTION, Can.RUN_RECEPTION)


@require_safe
@require(*READERS)
@remembered("costs", "by", "since", "until", "department", "tier", "q")
def report(request: HttpRequest) -> HttpResponse:
    """The report, arranged as asked; all receptions, or those of one's own department."""
    asked = Asked(request.GET, request.user, timezone.now())
    page = keyset(requests(asked), request.GET.get("before"), at_field="reception__arrive_at") if asked.way == "request" else None  # fmt: skip
    context = {
        "asked": asked, "total": shown(total(asked)), "page": page,
        "rows": [one(row) for row in page.rows] if page else [],
        "lines": [] if page else [shown(line) for line in grouped(asked, asked.way)],
        "tabs": [{"label": label, "on": way == asked.way, "url": asked.link(by=way)} for way, label in WAYS.items()],
        "xlsx": reverse("visits:costs_report_xlsx") + asked.link(),
    }  # fmt: skip
    return render(request, "visits/costs/report.html", context)


@require_safe
@require(*READERS)
def report_xlsx(request: HttpRequest) -> HttpResponse:
    """The workbook of the same filters: all groupings, the receptions, the rows."""
    at = timezone.now()
    asked = Asked(request.GET, request.user, at)
    made = workbook(asked, at)
    taken("接待费用表", None, request.GET.urlencode(), by=request.user, at=at)
    return answer(made, filename(asked).removesuffix(".xlsx"))


def shown(line: Line) -> dict[str, Any]:
    """A line as the page says it."""
    return {"label": line.label, "times": line.times, "heads": line.heads, "each": _or_dash(line.each),
            **_amounts(line)}  # fmt: skip


def one(row: dict[str, Any]) -> dict[str, Any]:
    """A reception as the page says it."""
    line = Line(
        "",
        1,
        row["reception__headcount"],
        row["estimated"],
        row["allowed"],
        row["spent"],
        row["over"],
        row["score"],
    )
    return {
        "no": row["reception__no"], "customer": row["reception__customer_name"], "arrive_at": row["reception__arrive_at"],
        "meta": "·".join(filter(None, (row["reception__department__name"], row["reception__applicant__name"], row["reception__tier__name"]))),
        "heads": row["reception__headcount"], "each": _or_dash(line.each), "over_reason": row["over_reason"], **_amounts(line),
    }  # fmt: skip


def _amounts(line: Line) -> dict[str, Any]:
    saved = line.saved
    return {
        "estimated": _or_dash(line.estimated), "allowed": _or_dash(line.allowed), "spent": money(line.spent),
        "over": money(line.over) if line.over else "", "saved": _or_dash(saved), "above": saved is not None and saved < 0,
        "score": "—" if line.score is None else f"{line.score:.1f}",
    }  # fmt: skip


def _or_dash(amount: Decimal | None) -> str:
    return "—" if amount is None else money(amount)
