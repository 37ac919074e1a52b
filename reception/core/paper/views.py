"""A form answered: as the page that is printed, and as the workbook in the same layout (D6)."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reception.core.paper.form import Form
from reception.core.paper.form_xlsx import workbook
from reception.core.web.lists import answer, taken


def printed(request: HttpRequest, form: Form) -> HttpResponse:
    """The form as it comes out of the printer."""
    return render(request, "paper/form.html", {"form": form})


def filed(request: HttpRequest, form: Form, at: datetime) -> HttpResponse:
    """`form`.xlsx, dated `at`; who took it out goes into the ledger."""
    taken(form.title, 1, form.no, by=request.user, at=at)
    return answer(workbook(form, at), f"{form.title}-{form.no}")
