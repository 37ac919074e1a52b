"""The page that sets one value right (D4.3.3)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from helpdesk.corrections.actions import correct as act
from helpdesk.corrections.forms import CorrectionForm
from helpdesk.corrections.linked import still_wrong
from helpdesk.corrections.policies import check_may
from helpdesk.corrections.registry import Field, Kind, kind_named
from reception.core.flow import Refused
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status


@require_http_methods(["GET", "HEAD", "POST"])
@submit_once
def correct(request: HttpRequest, no: str) -> HttpResponse:
    """Ask for the right value of ?field= and why; a refusal shows it again with what was typed (409, 422, 403)."""
    kind = named(no)
    record = load(kind.seen_by(request.user), no=no)
    field = kind.field(request.GET.get("field", ""))
    if request.method != "POST" or field is None:
        check_may(record, kind, request.user)
        return show(request, kind, record, field)
    form = CorrectionForm(field, record, request.POST)
    row = None
    if form.is_valid():
        given = {"by": request.user, "at": timezone.now(), "seen": form.was()}
        row = attempt(
            form,
            act,
            record,
            field.name,
            form.cleaned_data["value"],
            reason=form.cleaned_data["reason"],
            **given,
        )
    if row is None:
        return show(request, kind, load(kind.seen_by(request.user), no=no), field, form)
    messages.success(request, f"{record} 的{field.label}已更正，原来的写法划线保留。{field.effect}")
    for other in still_wrong(record, row):
        messages.warning(request, f"{other} 的{field.label}还是原来的写法；如果也写错了，请到那一张上更正。")
    return redirect(record)


def named(no: str) -> Kind:
    """The kind of a number, or 404."""
    kind = kind_named(no)
    if kind is None:
        raise Http404("没有这种记录，请从记录页打开更正。")
    return kind


def show(
    request: HttpRequest, kind: Kind, record: Any, field: Field | None, form: CorrectionForm | None = None
) -> HttpResponse:
    """The form of one field, alone for the panel on the record's page; without a field the choice."""
    if form is not None and field is not None:
        form.see(field, record)
    if field is not None and form is None and not field.ready(record):
        raise Refused("state", f"{record} 的“{field.label}”还没有填写，请先在办理里填写。")
    form = form or (CorrectionForm(field, record) if field else None)
    context = {
        "record": record,
        "kind_label": kind.label,
        "field": field,
        "was": field.words(record) if field else "",
        "form": form,
        "fields": kind.open_fields(record),
    }
    part = "_form" if request.headers.get("HX-Request") and field else "form"
    status = http_status(form) if form else 200
    return render(request, f"helpdesk/corrections/{part}.html", context, status=status)
