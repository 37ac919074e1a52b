"""附件 of a reception on the application form, on its page, and one by one from a script with progress."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from reception.core.files.models import Attachment
from reception.core.files.uploads import files_of, judged
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.models import Reception
from visits.requests import papers
from visits.requests.choices import EDITABLE, Paper
from visits.requests.forms_files import AwayForm, PaperForm
from visits.requests.views_show import show

READERS = (Can.APPLY_RECEPTION, Can.REVIEW_RECEPTION, Can.DECIDE_RECEPTION, Can.RUN_RECEPTION, Can.DO_TASK,
           Can.ARCHIVE_RECEPTION, Can.VIEW_RECEPTIONS)  # fmt: skip


@require(*READERS)
@judged
@submit_once
def request_files(request: HttpRequest, no: str) -> HttpResponse:
    """GET: the list alone, for a script. POST: add the chosen files; a refusal keeps none of them."""
    reception = mine(request, no)
    if request.method != "POST":
        return listing(request, reception)
    form = PaperForm(request.POST, files_of(request))
    if form.is_valid():
        for one in form.judged:
            words: dict[str, Any] = {
                "role": form.cleaned_data["file_role"],
                "by": request.user,
                "at": timezone.now(),
            }
            attempt(form, papers.add, reception, one.found, **words)
    if form.errors:
        return answer(request, reception, form)
    messages.success(request, f"已添加{'、'.join(one.found.name for one in form.judged)}")
    return back(request, reception)


@require_POST
@require(*READERS)
@submit_once
def request_file_remove(request: HttpRequest, no: str, pk: int) -> HttpResponse:
    """Hide one file, with the reason once the reception is approved."""
    reception = mine(request, no)
    file, form = load(Attachment.objects.of(reception).live().for_page(), pk=pk), AwayForm(request.POST)
    if form.is_valid():
        words: dict[str, Any] = {
            "by": request.user,
            "at": timezone.now(),
            "reason": form.cleaned_data["reason"],
        }
        attempt(form, papers.take_away, reception, file, **words)
    if form.errors:
        return answer(request, reception, form)
    messages.success(request, f"已移除{file.name}")
    return back(request, reception)


def mine(request: HttpRequest, no: str) -> Reception:
    """The reception as far as this person may see it, else 404."""
    return load(Reception.objects.visible_to(request.user, timezone.now()).for_page(), no=no)


def with_files(request: HttpRequest, form: BaseForm, kept: Reception | None) -> Reception | None:
    """The kept draft with the files that came along on the application form itself; None when one was refused."""
    if kept is None or request.POST.get("do") in ("auto", "roster"):
        return kept
    role, at, whole = request.POST.get("file_role") or Paper.OTHER, timezone.now(), True
    for one in [one for one in files_of(request) if one.field == "file"]:
        if one.refusal:
            form.add_error(None, one.refusal.message)
        words: dict[str, Any] = {"role": role, "by": request.user, "at": at}
        whole = bool(one.found and attempt(form, papers.add, kept, one.found, **words)) and whole
    return kept if whole else None


def by_script(request: HttpRequest) -> bool:
    """Whether the answer is put into a page that stays open."""
    return request.headers.get("X-Requested-With") == "fetch"


def back(request: HttpRequest, reception: Reception) -> HttpResponse:
    """To where the person was."""
    if by_script(request):
        return redirect("visits:request_files", no=reception.no)
    writing = reception.status in EDITABLE and reception.applicant_id == request.user.pk
    place = redirect("visits:request_edit", no=reception.no) if writing else redirect(reception)
    place["Location"] += "#files"
    return place


def answer(request: HttpRequest, reception: Reception, form: Any) -> HttpResponse:
    """A refusal: in the list for a script, else on the reception's page."""
    return (
        listing(request, reception, form) if by_script(request) else show(request, reception, form, "files")
    )


def listing(request: HttpRequest, reception: Reception, form: Any = None) -> HttpResponse:
    """The list alone."""
    context = {
        "reception": reception,
        "files": papers.panel(reception, request.user),
        "form": form,
        "by_script": True,
    }
    status = http_status(form) if form else 200
    return render(request, "visits/requests/_files_list.html", context, status=status)
