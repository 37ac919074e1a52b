"""Large exports: asked, watched, cancelled, fetched. Each sees their own; to everybody else they do not exist."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reception.core.exports import actions, store
from reception.core.exports.forms import AskForm
from reception.core.exports.models import Export
from reception.core.flow import Refused
from reception.core.sheets import MIME
from reception.core.web.lists import later_of
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status

SHOWN = 50  # files live for days: nobody looks further back


@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """My exports, newest first."""
    at = timezone.now()
    rows = [{"export": one, "state": one.state(at)} for one in Export.objects.of(request.user)[:SHOWN]]
    return render(request, "exports/list.html", {"rows": rows, "days": actions.KEPT.days})


@submit_once
def export_new(request: HttpRequest) -> HttpResponse:
    """Why; then it is queued. The address that a list signed says which list it is."""
    form = (
        AskForm(request.POST)
        if request.method == "POST"
        else AskForm(initial={"of": request.GET.get("of", "")})
    )
    later = later_of(str(form["of"].value() or ""), request.user)
    form.fields["reason"].star = later.personal  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        reason, at = form.cleaned_data["reason"], timezone.now()
        if export := attempt(form, actions.ask, later, reason=reason, by=request.user, at=at):
            messages.success(request, "已开始准备。可以离开这一页，做完会在消息里告诉您。")
            return redirect(export)
    context = {"form": form, "later": later, "days": actions.KEPT.days}
    return render(request, "exports/new.html", context, status=http_status(form))


@require_safe
def export_show(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, or the file."""
    export, at = load(Export.objects.of(request.user), pk=pk), timezone.now()
    context = {
        "export": export,
        "state": export.state(at),
        "there": bool(export.expires_at and at < export.expires_at),
    }
    return render(request, "exports/show.html", context)


@require_safe
def export_state(request: HttpRequest, pk: int) -> JsonResponse:
    """How far it is, for the page that watches."""
    export = load(Export.objects.of(request.user), pk=pk)
    word, _ = export.state(timezone.now())
    return JsonResponse({"open": export.is_open, "rows": export.rows, "total": export.total, "word": word})


@require_POST
@submit_once
def export_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it."""
    export = load(Export.objects.of(request.user), pk=pk)
    actions.cancel(export, by=request.user, at=timezone.now())
    messages.success(request, "已取消，没有留下文件。")
    return redirect(export)


@require_safe
def export_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The workbook, while it is kept; each fetching is recorded."""
    export = load(Export.objects.of(request.user), pk=pk)
    actions.fetched(export, by=request.user, at=timezone.now())
    try:
        stream = store.path_of(export.stored).open("rb")
    except FileNotFoundError:
        raise Refused("stale", "文件已经不在服务器上了。请回到清单重新导出。") from None
    response = FileResponse(stream, content_type=MIME, as_attachment=True, filename=f"{export.title}.xlsx")
    response["Cache-Control"] = "private, no-store"
    return response
