"""房号导入: upload, preview row by row, confirm in portions that a progress bar follows and that can be taken up again."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from helpdesk.directory.policies import check_keeper
from helpdesk.imports import actions
from helpdesk.imports.cells import building_name, label_of
from helpdesk.imports.choices import EFFECTIVE, TONES, Verdict
from helpdesk.imports.columns import HEADINGS, MOST, Row
from helpdesk.imports.forms import UploadForm
from helpdesk.imports.models import UnitImport
from helpdesk.imports.template_xlsx import template
from reception.core.people.roles import Can
from reception.core.sheets import MIME
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status

SIZE = 100


@require(Can.KEEP_REGISTER)
def unit_import(request: HttpRequest) -> HttpResponse:
    """Choose a workbook; it is read and judged, nothing is written into the register yet."""
    check_keeper(request.user)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    rows = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        rows = attempt(form, actions.read, file, file.size)
    return _stage(request, form, rows)


@submit_once
def _stage(request: HttpRequest, form: UploadForm, rows: list[Row] | None) -> HttpResponse:
    """Keep the rows, once. A view of its own: reading a large workbook takes seconds, in which on SQLite nobody
    could write if the token's transaction were open already."""
    if rows:
        name, at = form.cleaned_data["file"].name, timezone.now()
        batch = attempt(form, actions.stage, by=request.user, at=at, filename=name, rows=rows)
        if batch:
            return redirect(batch)
    last = UnitImport.objects.filter(created_by=request.user).first()
    context = {"form": form, "headings": HEADINGS, "most": MOST, "last": last}
    return render(request, "helpdesk/imports/upload.html", context, status=http_status(form))


@require_GET
@require(Can.KEEP_REGISTER)
def unit_import_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview, the progress, and in the end the result; for whoever uploaded it."""
    batch = load(UnitImport.objects.filter(created_by=request.user), pk=pk)
    counts = dict(batch.rows.values_list("verdict").annotate(n=Count("id")).order_by())
    picked = request.GET.get("verdict", "") if request.GET.get("verdict", "") in Verdict.values else ""
    rows, after = _rows(batch, picked, request.GET.get("after", ""))
    context = {
        "batch": batch, "rows": rows, "next": after, "tabs": _tabs(batch, counts, picked), "picked": picked,
        "effective": sum(counts.get(verdict, 0) for verdict in EFFECTIVE), "wrong": counts.get(Verdict.WRONG, 0),
        "stale": counts.get(Verdict.STALE, 0),
    }  # fmt: skip
    return render(request, "helpdesk/imports/preview.html", context)


def _rows(batch: UnitImport, verdict: str, after: str) -> tuple[list[dict[str, Any]], int]:
    """SIZE rows after the line `after`, and the line to go on from; 0 at the end."""
    rows = batch.rows.filter(verdict=verdict) if verdict else batch.rows.all()
    if after.isascii() and after.isdecimal() and len(after) < 9:
        rows = rows.filter(line__gt=int(after))
    found = list(rows.order_by("line")[: SIZE + 1])
    shown = [{"row": row, "tone": TONES[row.verdict], "place": _place(row.cells)} for row in found[:SIZE]]
    return shown, found[SIZE - 1].line if len(found) > SIZE else 0


def _place(cells: dict[str, str]) -> str:
    """3栋1202 of a row's cells, as far as they say it."""
    return label_of(cells, building_name(cells["building"])) if cells["building"] else cells["room"]


def _tabs(batch: UnitImport, counts: dict[str, int], picked: str) -> list[dict[str, Any]]:
    """All, and every verdict that occurs."""
    found = [("", "全部", batch.total)]
    found += [(value, label, counts[value]) for value, label in Verdict.choices if counts.get(value)]
    return [
        {"url": f"?verdict={value}", "label": label, "n": n, "on": value == picked}
        for value, label, n in found
    ]


@require_POST
@require(Can.KEEP_REGISTER)
def unit_import_advance(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next portion. `seen` makes a request that is sent twice count once; the script asks for JSON."""
    batch = load(UnitImport.objects.filter(created_by=request.user), pk=pk)
    seen = request.POST.get("seen", "")
    known = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else -1
    batch = actions.advance(batch, by=request.user, at=timezone.now(), seen=known)
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse(
            {"done": batch.done, "total": batch.total, "finished": batch.finished_at is not None}
        )
    if batch.finished_at:
        messages.success(request, "导入完成")
    return redirect(batch)


@require_GET
@require(Can.KEEP_REGISTER)
def unit_import_xlsx(request: HttpRequest) -> HttpResponse:
    """房号导入模板.xlsx."""
    response = HttpResponse(template(timezone.now()), content_type=MIME)
    response["Content-Disposition"] = (
        "attachment; filename*=UTF-8''%E6%88%BF%E5%8F%B7%E5%AF%BC%E5%85%A5%E6%A8%A1%E6%9D%BF.xlsx"
    )
    return response
