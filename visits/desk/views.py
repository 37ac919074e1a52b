"""接待经理台: one page to run all receptions from (B1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.people.roles import Can
from reception.core.web.access import require
from visits.desk.views_page import context


@require_safe
@require(Can.VIEW_RECEPTIONS)
def desk(request: HttpRequest) -> HttpResponse:
    """Today, the week, the load, what presses, what guests said."""
    return render(request, "visits/desk/desk.html", context(request.user, request.GET, timezone.now()))
