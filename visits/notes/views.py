"""备忘与照片 on a reception: from the phone on the spot, from the desk afterwards."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from reception.core.files.uploads import files_of, judged
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.models import Reception
from visits.notes import actions
from visits.notes.forms import NoteForm
from visits.notes.page import panel
from visits.requests import papers
from visits.requests.views_files import READERS, by_script
from visits.requests.views_show import show


@require(*READERS)
@judged
@submit_once
def request_notes(request: HttpRequest, no: str) -> HttpResponse:
    """GET: the list alone, for a script. POST: a note, photographs, or both; a refusal keeps nothing of them."""
    reception = load(Reception.objects.visible_to(request.user, timezone.now()).for_page(), no=no)
    if request.method != "POST":
        return listing(request, reception)
    form = NoteForm(request.POST, files_of(request), reception.notes.all())
    if form.is_valid():
        keep(request, reception, form)
    if form.errors:
        return (
            listing(request, reception, form)
            if by_script(request)
            else show(request, reception, form, "notes")
        )
    messages.success(request, "已记下" if form.cleaned_data["text"] else f"已添加 {len(form.judged)} 张照片")
    if by_script(request):
        return redirect("visits:request_notes", no=no)
    place = redirect(reception)
    place["Location"] += "#notes"
    return place


def keep(request: HttpRequest, reception: Reception, form: NoteForm) -> None:
    """Carry it out; refusals are then on the form."""
    got = form.cleaned_data
    hand: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if got["text"]:
        attempt(form, actions.note, reception, text=got["text"], corrects=got["corrects"], **hand)
    for one in form.judged:
        if not form.errors:
            attempt(
                form, actions.photograph, reception, one.found, caption=form.cleaned_data["caption"], **hand
            )


def listing(request: HttpRequest, reception: Reception, form: Any = None) -> HttpResponse:
    """The list alone."""
    context = {"reception": reception, "files": papers.panel(reception, request.user), "form": form,
               "notes": panel(reception, request.user)}  # fmt: skip
    return render(request, "visits/notes/_list.html", context, status=http_status(form) if form else 200)
