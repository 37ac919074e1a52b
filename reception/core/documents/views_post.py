"""What is posted to a document: its moves, 已阅, its files."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from reception.core.documents import actions
from reception.core.documents.forms import AwayForm
from reception.core.documents.policies import PROCEDURE, check_keeper
from reception.core.documents.views import seen_by, show
from reception.core.documents.views_moves import DOORS
from reception.core.files import actions as files
from reception.core.files.models import Attachment
from reception.core.files.uploads import files_of, judged
from reception.core.flow import Refused
from reception.core.notices import mark_read
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt


@require_POST
@submit_once
def document_move(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """Make one move; a refusal shows the page again with the sentence and what was typed (409, 422, 403)."""
    found, door = load(seen_by(request.user), no=no), DOORS.get(move)
    if door is None:
        raise Http404("文件没有这个动作。")
    check_keeper(request.user)
    form = door.form(request.POST, auto_id=f"id_{move}_%s")
    if form.is_valid():
        at, expect = timezone.now(), form.cleaned_data["revision"]
        attempt(form, door.run, found, by=request.user, at=at, expect=expect, **form.inputs())
    if form.errors:
        return show(request, load(seen_by(request.user), no=no), form, move)
    messages.success(request, f"《{found.title}》已{PROCEDURE.flow.moves[move].label}")
    return redirect("documents:document_unread" if request.POST.get("next") == "unread" else found)


@require_POST
@submit_once
def document_read(request: HttpRequest, no: str, number: int) -> HttpResponse:
    """已阅, from the page or from the inbox; the notices about it are read with it."""
    found, at = load(seen_by(request.user), no=no), timezone.now()
    actions.read(found, by=request.user, at=at, number=number)
    mark_read(request.user, at=at, url=found.get_absolute_url())
    messages.success(request, f"《{found.title}》第 {number} 版，已记为您阅读过")
    return redirect("home:notices" if request.POST.get("next") == "notices" else found)


@require_POST
@judged
@submit_once
def document_files(request: HttpRequest, no: str) -> HttpResponse:
    """Add the chosen files; a refusal keeps none of them."""
    found, at = load(seen_by(request.user), no=no), timezone.now()
    check_keeper(request.user)
    chosen = files_of(request)
    if not chosen:
        raise Refused("missing", "请先选择要上传的文件。")
    for one in chosen:
        if one.refusal or one.found is None:
            raise one.refusal or Refused("invalid", "文件没有传上来，请再选一次。")
        files.attach(found, one.found, role="paper", by=request.user, at=at)
    messages.success(request, f"已添加 {len(chosen)} 个附件")
    return redirect(f"{found.get_absolute_url()}#files")


@require_POST
@submit_once
def document_file_remove(request: HttpRequest, no: str, pk: int) -> HttpResponse:
    """Hide one file, with the reason."""
    found = load(seen_by(request.user), no=no)
    check_keeper(request.user)
    file, form = load(Attachment.objects.of(found).live(), pk=pk), AwayForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt(form, files.remove, found, file, by=request.user, at=timezone.now(), reason=reason)
    if form.errors:
        return show(request, found, form)
    messages.success(request, f"已移除 {file.name}")
    return redirect(f"{found.get_absolute_url()}#files")
