"""A template filled from a record: chosen, printed, copied (B3b)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.clock.periods import local
from reception.core.documents.blocks import blocks, lines, plain_line
from reception.core.documents.choices import FACES, Kind
from reception.core.documents.filling import Source, filled, fitting, missing, sources
from reception.core.documents.models import Version
from reception.core.documents.queries import keeps, open_to
from reception.core.web.loaders import load


def source_of(key: str) -> Source:
    """The kind of records behind the address. Raises Http404."""
    if key not in sources:
        raise Http404("这种记录不能填进模板。")
    return sources[key]


def templates_for(user: Any, key: str, day: Any) -> list[Version]:
    """The templates in force on the Shanghai day `day` that a record of this kind fills and `user` may see. One query."""
    rows = Version.objects.in_force(day).filter(document__kind=Kind.TEMPLATE).select_related("document")
    rows = rows if keeps(user) else rows.filter(open_to(user, "document__"))
    return [one for one in rows.order_by("document__title", "pk") if fitting(one.text) == key]


@require_safe
def document_templates(request: HttpRequest, source: str, record: str) -> HttpResponse:
    """文书: the templates that this record fills; a single one opens at once."""
    at, kind = timezone.now(), source_of(source)
    found = kind.record(request.user, record, at)
    rows = templates_for(request.user, source, local(at).date())
    if len(rows) == 1:
        return redirect("documents:document_fill", rows[0].document.no, source, record)
    context = {
        "record": found, "source": source, "label": kind.label, "face": FACES[Kind.TEMPLATE],
        "rows": [{"version": one, "missing": missing(one.text, found)} for one in rows],
    }  # fmt: skip
    return render(request, "documents/templates.html", context)


@require_safe
def document_fill(request: HttpRequest, no: str, source: str, record: str) -> HttpResponse:
    """The template in force, filled: to print, and as text to copy."""
    at, kind = timezone.now(), source_of(source)
    rows = Version.objects.in_force(local(at).date()).filter(document__kind=Kind.TEMPLATE)
    rows = rows if keeps(request.user) else rows.filter(open_to(request.user, "document__"))
    shown = load(rows.select_related("document__department", "published_by"), document__no=no)
    found = kind.record(request.user, record, at)
    text = filled(shown.text, found)
    context = {
        "document": shown.document, "shown": shown, "record": found, "now": at, "missing": missing(shown.text, found),
        "blocks": blocks(text), "plain": "\n".join(plain_line(line) for line in lines(text)),
        "label": kind.label,
    }  # fmt: skip
    return render(request, "documents/fill.html", context)
