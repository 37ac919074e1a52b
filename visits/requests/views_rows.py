"""The rows of a reception after its approval: what is booked, and by whom (A5.6)."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.arrangements.actions import book, free
from visits.arrangements.choices import Booking
from visits.arrangements.models import MODELS
from visits.arrangements.policies import check_books, may_book
from visits.arrangements.queries import all_rows
from visits.arrangements.words import booked, line
from visits.models import Reception, Task
from visits.requests.forms_booking import BookForm, FreeForm

WORKERS = (Can.DO_TASK, Can.RUN_RECEPTION)
TONES = {Booking.FIRM: "ok", Booking.TENTATIVE: "warn", Booking.FREED: "", Booking.PLANNED: ""}


def rows_panel(reception: Reception, user: User, tasks: list[Any]) -> list[dict[str, Any]]:
    """What the reception's page shows of its rows: one line each, how firm it is, and whether `user` books it."""
    return [
        {"row": row, "kind": row.KIND.value, "label": row.KIND.label, "text": line(row), "booking": row.booking.label,
         "tone": TONES[row.booking], "told": booked(row), "booker": row.booker,
         "books": may_book(row, user, tasks)}
        for row in all_rows(reception)
    ]  # fmt: skip


@require(*WORKERS)
@submit_once
def row_book(request: HttpRequest, no: str, kind: str, pk: int) -> HttpResponse:
    """登记预订, or correct what is known of it."""
    row = _row(request.user, no, kind, pk)
    if request.method != "POST":
        check_books(row, request.user)
        return _show(request, row, BookForm(row=row))
    form = BookForm(request.POST, row=row)
    done: Any = form.is_valid() and attempt(
        form,
        book,
        row,
        by=request.user,
        at=timezone.now(),
        values=form.values(),
        seen=form.cleaned_data["seen"],
    )
    if not done:
        return _show(request, row, form)
    messages.success(request, f"{row}已登记为已订，经办人已收到消息")
    return redirect(_after(row, request.user))


@require_POST
@require(*WORKERS)
@submit_once
def row_free(request: HttpRequest, no: str, kind: str, pk: int) -> HttpResponse:
    """退订, with its reason."""
    row = _row(request.user, no, kind, pk)
    form = FreeForm(request.POST)
    done: Any = form.is_valid() and attempt(
        form, free, row, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"], seen=form.cleaned_data["seen"]
    )  # fmt: skip
    if not done:
        return _show(request, row, BookForm(row=row), form)
    messages.success(request, f"{row}已退订")
    return redirect(_after(row, request.user))


def _row(user: User, no: str, kind: str, pk: int) -> Any:
    """A row of a reception that `user` may see, or in which they have the task that books it (a secret one: its rows
    stand on the task's page), else 404."""
    if kind not in MODELS:
        raise Http404("没有这种安排。")
    tasks = Task.objects.visible_to(user).values("reception_id")
    seen = Q(pk__in=Reception.objects.visible_to(user).values("pk")) | Q(pk__in=tasks, secret=True)
    reception = load(Reception.objects.filter(seen).for_page(), no=no)
    row = load(MODELS[kind]._default_manager.filter(reception=reception).select_related("booked_by"), pk=pk)
    row.reception = reception
    if not _opens(row, user):
        check_books(row, user)
    return row


def _opens(row: Any, user: User) -> bool:
    """Whether the reception's own page is for them."""
    return Reception.objects.visible_to(user).filter(pk=row.reception.pk).exists()


def _after(row: Any, user: User) -> str:
    """Where the row stands: on the reception's page, else on the board that leads to the task."""
    return f"{row.reception.get_absolute_url()}#rows" if _opens(row, user) else reverse("visits:task_list")


def _show(request: HttpRequest, row: Any, form: BookForm, freeing: FreeForm | None = None) -> HttpResponse:
    """The page, with whatever was refused (403, 409, 422)."""
    context = {
        "row": row, "kind": row.KIND.value, "form": freeing if freeing and freeing.errors else form, "booking": form,
        "freeing": freeing or FreeForm(initial={"seen": row.token}), "text": line(row), "told": booked(row),
        "back": _after(row, request.user), "firm": row.booking == Booking.FIRM, "tone": TONES[row.booking], "reception": row.reception,
    }  # fmt: skip
    return render(request, "visits/requests/booking.html", context, status=http_status(context["form"]))
