"""议程, 参会名单 and 材料 as rows that are edited as a whole (B2a)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.meetings import actions, people
from visits.meetings.choices import Side
from visits.meetings.forms import (
    PREFIX,
    AgendaForm,
    HandoutForm,
    PasteForm,
    PersonForm,
    Row,
    SeenForm,
    rows_form,
)
from visits.meetings.models import Meeting
from visits.meetings.policies import check_writes
from visits.meetings.views import of
from visits.meetings.views_page import ours


@dataclass(frozen=True)
class Rows:
    """One kind of rows: its form, the columns of a row, what writes them, and what the page says."""

    form: type[Row]
    names: tuple[str, ...]
    stored: Callable[[Meeting], Any]
    save: Callable[..., Any]
    template: str
    said: str


AGENDA = Rows(AgendaForm, ("id", "start", "end", "topic", "speaker", "minutes"), lambda one: one.agenda.all(),
              actions.save_agenda, "agenda", "议程已保存")  # fmt: skip
PEOPLE = Rows(PersonForm, ("id", "order", "side", "name", "organisation", "title", "phone"), lambda one: one.people.all(),
              people.save_people, "people", "参会名单已保存")  # fmt: skip
HANDOUTS = Rows(HandoutForm, ("id", "name", "copies", "keeper"), lambda one: one.handouts.all(), actions.save_handouts,
                "handouts", "会议材料已保存")  # fmt: skip


@submit_once
def meeting_agenda(request: HttpRequest, no: str) -> HttpResponse:
    """议程."""
    return edited(request, of(request, no), AGENDA)


@submit_once
def meeting_people(request: HttpRequest, no: str) -> HttpResponse:
    """参会名单."""
    return edited(request, of(request, no), PEOPLE)


@submit_once
def meeting_handouts(request: HttpRequest, no: str) -> HttpResponse:
    """会议材料."""
    return edited(request, of(request, no), HANDOUTS)


def edited(request: HttpRequest, found: Meeting, kind: Rows) -> HttpResponse:
    """GET: the rows as a form; POST: 保存, or 再加几行, which only shows more empty ones."""
    check_writes(found.reception, request.user)
    if request.method != "POST":
        return page(request, found, kind, drawn(found, kind))
    rows, seen = drawn(found, kind, request.POST), SeenForm(request.POST)
    good = rows.is_valid() and seen.is_valid()
    if f"{PREFIX}-TOTAL_FORMS" not in request.POST:  # half a form would otherwise be an empty list
        good = False
        seen.add_error(None, "表单没有传完整，什么都没有改动，请刷新后再存。")
    if request.POST.get("do") == "more":
        shown = drawn(found, kind, initial=typed(rows, kind), extra=6) if good else rows
        return page(request, found, kind, shown, seen)
    if good:
        attempt(
            seen, kind.save, found, typed(rows, kind), by=request.user, at=timezone.now(), expect=seen.seen
        )
    if not good or seen.errors:
        return page(request, found, kind, rows, seen)
    messages.success(request, kind.said)
    return redirect("visits:meeting", no=found.reception.no)


def typed(rows: Any, kind: Rows) -> list[dict[str, Any]]:
    """The rows that are some, in the order that was written."""
    made = [{name: row.cleaned_data.get(name) for name in kind.names} for row in rows.forms if not row.empty]
    return sorted(made, key=lambda row: row["order"] or 999) if "order" in kind.names else made


def drawn(found: Meeting, kind: Rows, data: Any = None, initial: Any = None, extra: int = 2) -> Any:
    """The formset; the stored rows, or those given."""
    kwargs: dict[str, Any] = {}
    if kind is AGENDA:
        there = list(found.people.all())
        names = [(one.pk, f"{one.name}·{Side(one.side).label}") for one in there]
        kwargs = {"people": found.people.all(), "choices": names}
    if data is None and initial is None:
        keys = {"speaker": "speaker_id"}
        initial = [
            {name: getattr(row, keys.get(name, name)) for name in kind.names} for row in kind.stored(found)
        ]
    return rows_form(kind.form, data, initial, extra, **kwargs)


def page(request: HttpRequest, found: Meeting, kind: Rows, rows: Any, form: Any = None, paste: Any = None) -> HttpResponse:  # fmt: skip
    """The form with whatever was typed."""
    wrong = rows.is_bound and not rows.is_valid()
    status = 422 if wrong else http_status(form) if form else http_status(paste) if paste else 200
    context = {
        "reception": found.reception, "meeting": found, "rows": rows, "form": form or paste, "wrong": wrong,
        "paste": paste or PasteForm(initial={"side": Side.THEIRS}), "revision": found.revision,
    }  # fmt: skip
    return render(request, f"visits/meetings/{kind.template}.html", context, status=status)


@submit_once
def meeting_paste(request: HttpRequest, no: str) -> HttpResponse:
    """粘贴名单: whoever is named goes to the end of one side."""
    found = of(request, no)
    check_writes(found.reception, request.user)
    if request.method != "POST":
        return redirect("visits:meeting_people", no=no)
    form, told = PasteForm(request.POST), None
    if form.is_valid():
        got = form.cleaned_data
        told = attempt(form, people.paste, found, got["text"], got["side"], ours(), by=request.user, at=timezone.now(), expect=form.seen)  # fmt: skip
    if told is None:
        return page(request, found, PEOPLE, drawn(found, PEOPLE), paste=form)
    messages.success(request, " ".join(["名单已加入，请核对次序。", *told]))
    return redirect("visits:meeting_people", no=no)
