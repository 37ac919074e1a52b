"""日程 of one reception: read, edited as a whole, shifted on the day (A5.2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.people.models import User
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.itinerary import actions
from visits.itinerary.forms import PREFIX, ShiftForm, rows_form
from visits.itinerary.models import Itinerary
from visits.itinerary.policies import check_keeps
from visits.itinerary.views_page import items_of, page
from visits.models import Reception
from visits.requests.forms_decide import MoveForm

NAMES = ("id", "kind", "what", "start", "end", "place", "department", "person", "note", "fixed", "parallel")


@require_GET
def itinerary(request: HttpRequest, no: str) -> HttpResponse:
    """The page. No role is asked: who may not see the reception finds nothing. `late`: a shift to be looked at first."""
    late = request.GET.get("late", "")
    minutes = int(late) if late.removeprefix("-").isdecimal() and len(late) < 5 else None
    return show(request, mine(request.user, no), minutes=minutes)


def mine(user: User, no: str) -> Reception:
    """The reception as far as `user` may see it, else 404."""
    return load(Reception.objects.visible_to(user).for_page(), no=no)


def show(
    request: HttpRequest, reception: Reception, form: Any = None, minutes: int | None = None
) -> HttpResponse:
    """The page; a refused form says why (403, 409, 422)."""
    found = Itinerary.objects.filter(reception=reception).first()
    context = {"form": form, **page(reception, found, request.user, timezone.now(), minutes)}
    return render(request, "visits/itinerary/show.html", context, status=http_status(form) if form else 200)


def of(reception: Reception) -> Itinerary:
    """Its itinerary, the loaded reception behind it; Http404 while there is none."""
    found = load(Itinerary.objects.all(), reception=reception)
    found.reception = reception
    return found


@submit_once
def itinerary_edit(request: HttpRequest, no: str) -> HttpResponse:
    """GET: the rows as a form; POST: 保存, or 加行, which only shows more empty ones."""
    reception = mine(request.user, no)
    check_keeps(reception, request.user)
    if request.method != "POST":
        found = Itinerary.objects.filter(reception=reception).first()
        return edit(request, reception, found, rows_form(initial=initial(reception) if found else []))
    found = Itinerary.objects.filter(reception=reception).first()
    rows, seen = rows_form(request.POST), MoveForm(request.POST)
    good = rows.is_valid() and seen.is_valid()
    if f"{PREFIX}-TOTAL_FORMS" not in request.POST:  # half a form would otherwise be an empty day
        good = False
        seen.add_error(None, "表单没有传完整，日程没有改动，请刷新后再存。")
    if request.POST.get("do") == "more":
        typed = [row.cleaned_data for row in rows.forms if not row.empty]
        return edit(request, reception, found, rows_form(initial=typed, extra=5) if good else rows)
    if good:
        attempt(seen, keep, request, reception, rows, seen)
    if not good or seen.errors:
        return edit(request, reception, found, rows, seen)
    messages.success(request, "日程已保存")
    return redirect("visits:itinerary", no=no)


def keep(request: HttpRequest, reception: Reception, rows: Any, seen: MoveForm) -> None:
    """Save the rows; the first time makes the itinerary. Raises Refused."""
    at = timezone.now()
    found = Itinerary.objects.filter(reception=reception).first() or actions.begin(
        reception, by=request.user, at=at
    )
    found.reception = reception
    typed = [{name: row.cleaned_data.get(name) for name in NAMES} for row in rows.forms if not row.empty]
    actions.save(found, typed, by=request.user, at=at, expect=seen.seen)


def initial(reception: Reception) -> list[dict[str, Any]]:
    """The rows as the form shows them."""
    keys = {"department": "department_id", "person": "person_id"}
    return [{name: getattr(item, keys.get(name, name)) for name in NAMES} for item in items_of(reception)]


def edit(
    request: HttpRequest, reception: Reception, found: Itinerary | None, rows: Any, form: Any = None
) -> HttpResponse:
    """The form with whatever was typed."""
    revision = found.revision if found else ""
    wrong = rows.is_bound and not rows.is_valid()
    status = 422 if wrong else http_status(form) if form else 200
    context = {"reception": reception, "rows": rows, "form": form, "revision": revision, "wrong": wrong}
    return render(request, "visits/itinerary/edit.html", context, status=status)


@require_POST
@submit_once
def itinerary_shift(request: HttpRequest, no: str) -> HttpResponse:
    """晚 so many minutes, after the page showed what that does."""
    reception, form = mine(request.user, no), ShiftForm(request.POST)
    done = None
    if form.is_valid():
        got = form.cleaned_data
        done = attempt(form, actions.shift, of(reception), got["minutes"], by=request.user, at=timezone.now(), expect=got["revision"])  # fmt: skip
    if done is None:
        return show(request, mine(request.user, no), form)
    messages.success(request, f"日程已{done.label}，已告知相关人员；15 分钟内可以撤回")
    return redirect("visits:itinerary", no=no)


@require_POST
@submit_once
def itinerary_undo(request: HttpRequest, no: str) -> HttpResponse:
    """撤回顺延."""
    return _plain(request, no, actions.unshift, "已撤回，日程和任务时限都回到原来")


@require_POST
@submit_once
def itinerary_redraft(request: HttpRequest, no: str) -> HttpResponse:
    """按申请重拟; the first one when there is none."""
    reception = mine(request.user, no)
    if not Itinerary.objects.filter(reception=reception).exists():
        check_keeps(reception, request.user)
        actions.draft(reception, by=request.user, at=timezone.now())
        messages.success(request, "已按申请拟好日程，请核对")
        return redirect("visits:itinerary", no=no)
    return _plain(request, no, actions.redraft, "已按申请重拟日程，请核对")


def _plain(request: HttpRequest, no: str, act: Any, said: str) -> HttpResponse:
    """An action with nothing but the revision."""
    reception, form = mine(request.user, no), MoveForm(request.POST)
    if form.is_valid():
        attempt(form, act, of(reception), by=request.user, at=timezone.now(), expect=form.seen)
    if form.errors:
        return show(request, mine(request.user, no), form)
    messages.success(request, said)
    return redirect("visits:itinerary", no=no)
