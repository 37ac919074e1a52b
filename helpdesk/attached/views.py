"""附件 of a record of the desk: on a page of their own, and one by one from a script with progress."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.attached.actions import add, take_away
from helpdesk.attached.forms import AddForm, AwayForm
from helpdesk.attached.panel import panel
from helpdesk.attached.registry import HOLDERS
from reception.core.files.models import Attachment
from reception.core.files.uploads import files_of, judged
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status


def held(request: HttpRequest, word: str, no: str) -> Any:
    """The record as far as this person may see it, else 404."""
    if word not in HOLDERS:
        raise Http404("这类记录没有附件。")
    return load(HOLDERS[word].seen_by(request.user), no=no)


@require_http_methods(["GET", "HEAD", "POST"])
@judged
@submit_once
def case_files(request: HttpRequest, word: str, no: str) -> HttpResponse:
    """GET: the files. POST: add the chosen ones; a refusal keeps none of them."""
    record = held(request, word, no)
    if request.method != "POST":
        return page(request, record, AddForm(None, []))
    form = AddForm(request.POST, files_of(request))
    if form.is_valid():
        given: dict[str, Any] = {
            "by": request.user,
            "at": timezone.now(),
            "caption": form.cleaned_data["caption"],
        }
        for one in form.judged:
            attempt(form, add, record, one.found, **given)
    if form.errors:
        return page(request, record, form)
    messages.success(request, f"已添加{'、'.join(one.found.name for one in form.judged)}")
    return back(request, record, word)


@require_POST
@submit_once
def case_file_remove(request: HttpRequest, word: str, no: str, pk: int) -> HttpResponse:
    """Hide one file, with the reason."""
    record = held(request, word, no)
    file, form = load(Attachment.objects.of(record).live().for_page(), pk=pk), AwayForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt(form, take_away, record, file, by=request.user, at=timezone.now(), reason=reason)
    if form.errors:
        return page(request, record, form)
    messages.success(request, f"已移除{file.name}")
    return back(request, record, word)


def by_script(request: HttpRequest) -> bool:
    """Whether the answer is put into a page that stays open."""
    return request.headers.get("X-Requested-With") == "fetch"


def back(request: HttpRequest, record: Any, word: str) -> HttpResponse:
    """To where the person was."""
    if by_script(request):
        return redirect("helpdesk:case_files", word=word, no=record.no)
    place = redirect(record)
    place["Location"] += "#files"
    return place


def page(request: HttpRequest, record: Any, form: Any) -> HttpResponse:
    """The list, alone for a script, else with its form and what was wrong."""
    context = {"record": record, "files": panel(record, request.user), "form": form}
    name = "_list" if by_script(request) else "files"
    return render(request, f"helpdesk/attached/{name}.html", context, status=http_status(form))
