"""起草 and 修改 a document."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reception.core.documents import actions
from reception.core.documents.forms import DocumentForm
from reception.core.documents.models import Document
from reception.core.documents.views import seen_by
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status

WORDS = ("readers", "must_roles")


@require_http_methods(["GET", "HEAD", "POST"])
@submit_once
@require(Can.KEEP_DOCUMENT)
def document_new(request: HttpRequest) -> HttpResponse:
    """A new document: its draft is kept, nobody is told before it is published."""
    form = DocumentForm(request.POST) if request.method == "POST" else DocumentForm()
    if form.is_bound and form.is_valid():
        found = attempt(form, actions.draft, by=request.user, at=timezone.now(), **form.inputs())
        if found is not None:
            messages.success(request, f"{found.no}《{found.title}》已存为草稿，看过再发布")
            return redirect(found)
    return _form(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@submit_once
@require(Can.KEEP_DOCUMENT)
def document_edit(request: HttpRequest, no: str) -> HttpResponse:
    """The draft of the next version, and what describes the document."""
    found = load(seen_by(request.user), no=no)
    form = DocumentForm(request.POST) if request.method == "POST" else DocumentForm(initial=_known(found))
    if form.is_bound and form.is_valid():
        expect, at = form.cleaned_data["revision"], timezone.now()
        if attempt(form, actions.edit, found, by=request.user, at=at, expect=expect, **form.inputs()):
            messages.success(request, f"{found.no} 已保存；正文在发布以后才替换旧版")
            return redirect(found)
    return _form(request, form, found)


def _known(found: Document) -> dict[str, Any]:
    """What the form begins with: the draft, else the newest version."""
    newest = found.versions.order_by("-number").first()
    chosen = {name: list(getattr(found, name).values_list("name", flat=True)) for name in WORDS}
    return {
        "revision": found.revision, "title": found.title, "kind": found.kind, "department": found.department,
        "text": newest.text if newest else "",
        "changed": newest.changed if newest and not newest.published_at else "",
        "must_departments": found.must_departments.all(),
        "steps": list(found.uses.values_list("step", flat=True)), **chosen,
    }  # fmt: skip


def _form(request: HttpRequest, form: DocumentForm, found: Document | None = None) -> HttpResponse:
    context = {"form": form, "document": found}
    return render(request, "documents/form.html", context, status=http_status(form))
