"""One material: what it is, what moved, its files; registered and moved by who keeps it (A5.2)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reception.core.clock.periods import local
from reception.core.files.models import Attachment
from reception.core.ledger import events_of
from reception.core.web.access import require
from reception.core.web.keyset import keyset
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.materials import actions, moving
from visits.materials.choices import MOVE_FACES
from visits.materials.forms import (
    BackForm,
    CountForm,
    InForm,
    MaterialForm,
    ResumeForm,
    ScrapForm,
    StopForm,
    TakeForm,
)
from visits.materials.models import Material
from visits.materials.policies import KEEPERS, READERS, check_keeps, keeps
from visits.materials.views_list import state_of
from visits.models import Reception

# move → (label, form, action, what is said)
MOVES: dict[str, tuple[str, Any, Any]] = {
    "in": ("入库", InForm, moving.receive),
    "take": ("领用", TakeForm, moving.take),
    "count": ("盘点", CountForm, moving.count),
    "scrap": ("报废", ScrapForm, moving.scrap),
    "stop": ("停用", StopForm, actions.stop),
    "resume": ("恢复使用", ResumeForm, actions.resume),
}
STOPPED = ("count", "scrap", "resume")  # what is still done with a stopped one


def rows_of() -> Any:
    """Materials with what their page shows."""
    return Material.objects.select_related("department", "created_by", "stopped_by")


@require_safe
@require(*READERS)
def material_show(request: HttpRequest, no: str) -> HttpResponse:
    """The page."""
    return show(request, load(rows_of(), no=no))


def show(request: HttpRequest, one: Material, form: Any = None, opened: str = "") -> HttpResponse:
    """The page; a refused form of the move `opened` says why and keeps what was typed (403, 409, 422)."""
    at, user = timezone.now(), request.user
    mine, page = (
        keeps(user, one.department_id),
        keyset(one.moves.for_list().with_returned(), request.GET.get("before"), at_field="moved_at"),
    )
    context = {
        "material": one, "form": form, "opened": opened, "keeps": mine, "state": state_of(one, local(at).date()),
        "page": page, "rows": _lines(one, page.rows, user), "doors": _doors(one, form, opened) if mine else [],
        "back": form if opened == "back" else BackForm(auto_id="back-%s"), "events": list(events_of(one)),
        "files": list(Attachment.objects.of(one).live().for_page()),
    }  # fmt: skip
    return render(request, "visits/materials/show.html", context, status=http_status(form) if form else 200)


def _doors(one: Material, form: Any, opened: str) -> list[dict[str, Any]]:
    """The moves that are open now, the refused one with its form."""
    names = STOPPED if one.stopped_at else [name for name in MOVES if name != "resume"]
    return [
        {"name": name, "label": MOVES[name][0], "open": name == opened,
         "form": form if name == opened else MOVES[name][1](auto_id=f"{name}-%s", initial={"revision": one.revision})}
        for name in names
    ]  # fmt: skip


def _lines(one: Material, rows: list[Any], user: Any) -> list[dict[str, Any]]:
    """Movements as drawn: the reception only for who may see it; left: 件 that may still come back. One query."""
    asked = {row.reception_id for row in rows if row.reception_id}
    seen = (
        set(Reception.objects.visible_to(user).filter(pk__in=asked).values_list("pk", flat=True))
        if asked
        else set()
    )
    return [
        {"move": row, "face": MOVE_FACES[row.kind], "opens": row.reception_id in seen,
         "left": -row.change - row.returned if row.kind in ("give", "take") else 0}
        for row in rows
    ]  # fmt: skip


@require_POST
@require(*KEEPERS)
@submit_once
def material_move(request: HttpRequest, no: str, move: str) -> HttpResponse:
    """入库, 领用, 盘点, 报废, 停用 or 恢复使用."""
    if move not in MOVES:
        raise Http404("资料没有这个动作。")
    one = load(rows_of(), no=no)
    check_keeps(request.user, one.department_id)
    label, kind, run = MOVES[move]
    form = kind(request.POST, auto_id=f"{move}-%s")
    if form.is_valid():
        got = dict(form.cleaned_data)
        more = {"expect": got.pop("revision")} if "revision" in got else {}
        attempt(form, run, one, by=request.user, at=timezone.now(), **got, **more)
    if form.errors:
        return show(request, load(rows_of(), no=no), form, move)
    left = Material.objects.values_list("stock", flat=True).get(pk=one.pk)
    messages.success(request, f"{one}已{label}，现有 {left} 件")
    return redirect(one)


@require_POST
@require(*KEEPERS)
@submit_once
def material_back(request: HttpRequest, no: str) -> HttpResponse:
    """退回 of one movement of this material."""
    one = load(rows_of(), no=no)
    check_keeps(request.user, one.department_id)
    form = BackForm(request.POST, auto_id="back-%s")
    if form.is_valid():
        got = form.cleaned_data
        origin = load(one.moves.select_related("material", "reception"), number=got["number"])
        attempt(
            form,
            moving.bring_back,
            origin,
            by=request.user,
            at=timezone.now(),
            count=got["count"],
            note=got["note"],
        )
    if form.errors:
        return show(request, load(rows_of(), no=no), form, "back")
    messages.success(request, f"{one}退回 {form.cleaned_data['count']} 件")
    return redirect(one)


@require(*KEEPERS)
@submit_once
def material_new(request: HttpRequest) -> HttpResponse:
    """登记资料."""
    first = {"kind": "brochure", "language": "zh", "department": request.user.department_id}
    form = MaterialForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in actions.OWN}
        made = attempt(form, actions.add_material, by=request.user, at=timezone.now(), fields=fields)
        if made:
            messages.success(request, f"已登记{made}，请接着入库")
            return redirect(made)
    return render(request, "visits/materials/form.html", {"form": form}, status=http_status(form))


@require(*KEEPERS)
@submit_once
def material_edit(request: HttpRequest, no: str) -> HttpResponse:
    """修改资料."""
    one = load(rows_of(), no=no)
    check_keeps(request.user, one.department_id)
    first = {name: getattr(one, name) for name in (*actions.OWN, "revision")}
    form = MaterialForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        got, at = form.cleaned_data, timezone.now()
        fields = {name: got[name] for name in actions.OWN}
        if attempt(
            form, actions.change_material, one, by=request.user, at=at, fields=fields, expect=got["revision"]
        ):
            messages.success(request, f"{one}已保存")
            return redirect(one)
    return render(
        request, "visits/materials/form.html", {"form": form, "material": one}, status=http_status(form)
    )
