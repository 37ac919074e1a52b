"""找空的 and 预订: what is free then, and one of them taken (B4)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reception.core.clock.periods import local
from reception.core.people.roles import Can
from reception.core.web.access import require
from reception.core.web.loaders import load
from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.bookings.forms import BookForm, FindForm
from visits.bookings.views_wish import Wish, stamp, wish_of
from visits.models import Resource
from visits.resources import booking, rows
from visits.resources.clashes import Found, in_the_way, instead, look, sentence, span
from visits.resources.policies import BOOKERS

MOST = 60


@require_safe
@require(*BOOKERS)
def resource_find(request: HttpRequest) -> HttpResponse:
    """Everything of the kinds asked for, free ones first; the rest says who has it and when it is free again."""
    at = timezone.now()
    wish = wish_of(request, at)
    form = (
        FindForm(request.GET)
        if {"start", "kind", "people"} & request.GET.keys()
        else FindForm(initial=_asked(wish))
    )
    found = (
        _found(wish, at)
        if wish.start and wish.end and wish.start < wish.end and form.is_bound <= form.is_valid()
        else []
    )
    context = {
        "wish": wish,
        "form": form,
        "found": [_line(one, wish) for one in found],
        "back": wish.back(request.user),
    }
    return render(request, "visits/resources/find.html", context)


def _asked(wish: Wish) -> dict[str, Any]:
    kind = wish.kinds[0] if len(wish.kinds) == 1 else ""
    return {"kind": kind, "start": wish.start, "end": wish.end, "people": wish.people}


def _found(wish: Wish, at: Any) -> list[Found]:
    """Three queries."""
    assert wish.start and wish.end
    asked = (
        Resource.objects.open_on(local(at).date()).order_by("kind", "sound", "pk").prefetch_related("tiers")
    )
    if wish.kinds:
        asked = asked.filter(kind__in=wish.kinds)
    return look(list(asked[:MOST]), wish.start, wish.end, people=wish.people, tier=wish.tier)


def _line(one: Found, wish: Wish) -> dict[str, Any]:
    """One resource, and the address that books it."""
    later = ""
    if one.next_free and wish.start and wish.end:
        later = wish.query(start=stamp(one.next_free), end=stamp(one.next_free + (wish.end - wish.start)))
    page = reverse("visits:resource_book", args=[one.resource.pk])
    return {
        "found": one, "resource": one.resource, "url": f"{page}?{wish.query()}", "firm": [sentence(b) for b in one.firm],
        "tentative": [sentence(b) for b in one.tentative], "later": later and f"{page}?{later}",
        "later_at": f"{local(one.next_free):%H:%M}" if one.next_free else "",
    }  # fmt: skip


@require(*BOOKERS)
@submit_once
def resource_book(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, filled from where one came; then the booking."""
    at, user = timezone.now(), request.user
    resource = load(Resource.objects.prefetch_related("tiers"), pk=pk)
    wish, overrides = wish_of(request, at), user.may(Can.OVERRIDE_BOOKING)
    if request.method != "POST":
        return show(request, resource, wish, BookForm(overrides=overrides, initial=_first(wish)))
    form = BookForm(request.POST, overrides=overrides)
    made: Any = form.is_valid() and attempt(form, _book, resource, wish, by=user, at=at, **form.cleaned_data)
    if not made:
        return show(request, resource, wish, form)
    messages.success(request, f"{resource} {span(made.start, made.end)} {made.get_status_display()}")
    return redirect(wish.back(user) if wish.reception else made.get_absolute_url())


def _first(wish: Wish) -> dict[str, Any]:
    purpose = wish.purpose or (wish.reception.title if wish.reception else "")
    return {"start": wish.start, "end": wish.end, "people": wish.people, "purpose": purpose[:80]}


def _book(resource: Resource, wish: Wish, **got: Any) -> Any:
    """For a row, for a reception, or for oneself."""
    about = {"reception": wish.reception, "task": wish.task}
    if wish.row:
        return rows.book_for(resource, wish.row, **about, **got)
    return booking.book(resource, **about, **got)


def show(request: HttpRequest, resource: Resource, wish: Wish, form: BookForm) -> HttpResponse:
    """The page: what stands in the way of the time it shows, and what could be had instead."""
    near = (
        in_the_way(resource, wish.start, wish.end)
        if wish.start and wish.end and wish.start < wish.end
        else []
    )
    firm = [one for one in near if one.status == "firm"]
    asks = bool(form.errors) or bool(firm)
    others = (
        instead(resource, wish.start, wish.end, people=wish.people, tier=wish.tier)
        if asks and wish.start and wish.end and wish.start < wish.end
        else []
    )
    context = {
        "resource": resource, "wish": wish, "form": form, "others": [_line(one, wish) for one in others],
        "firm": [sentence(one) for one in firm], "weaker": [sentence(one) for one in near if one.status != "firm"],
        "over": resource.price_is_over(local(wish.start or timezone.now()).date()), "back": wish.back(request.user),
    }  # fmt: skip
    return render(request, "visits/resources/book.html", context, status=http_status(form))
