"""看板: what is taken when, for a day by the half-hour or for a week; an empty place is a link that books it (B4)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from reception.core.clock.periods import day_bounds, local
from reception.core.people.models import User
from reception.core.web.access import require
from visits.bookings.views_wish import Wish, stamp, wish_of
from visits.models import Resource, ResourceBooking
from visits.resources.choices import BookingStatus, ResourceKind
from visits.resources.clashes import DAY_BEGINS, DAY_ENDS, whose
from visits.resources.policies import BOOKERS, READERS, keeps

HALF = timedelta(minutes=30)
SLOTS = (DAY_ENDS - DAY_BEGINS) * 2
MOST = 200
WEEKDAYS = "一二三四五六日"


@require_safe
@require(*READERS)
def resource_board(request: HttpRequest) -> HttpResponse:
    """One day, or with ?view=week the seven from Monday on."""
    at, user = timezone.now(), request.user
    wish, week = wish_of(request, at), request.GET.get("view") == "week"
    on = _day(request.GET.get("on", ""), wish, at)
    first = on - timedelta(days=on.weekday()) if week else on
    days = [first + timedelta(days=n) for n in range(7 if week else 1)]
    found = Resource.objects.open_on(days[0]).order_by("kind", "sound", "pk")
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in ResourceKind.values else ""
    rows = list(found.filter(kind__in=wish.kinds)[:MOST] if wish.kinds else found[:MOST])
    board = Board(user, at, wish, _taken(rows, days, user))
    context = {
        "groups": board.groups(rows, days, week=week), "week": week, "on": on, "days": _heads(days, local(at).date()),
        "hours": [f"{hour:02d}" for hour in range(DAY_BEGINS, DAY_ENDS)], "columns": SLOTS + 1, "kind": kind, "kinds": ResourceKind.choices,
        "wish": wish, "keeps": keeps(user), "tab": "board", "today": on == local(at).date(),
        "before": on - timedelta(days=len(days)), "after": on + timedelta(days=len(days)), "books": board.books,
    }  # fmt: skip
    return render(request, "visits/resources/board.html", context)


def _day(text: str, wish: Wish, at: datetime) -> date:
    """The day asked for, that of the wish, else today."""
    try:
        on = parse_date(text)
    except ValueError:
        on = None
    if on and 2000 <= on.year < 2100:
        return on
    return local(wish.start or at).date()


def _heads(days: list[date], today: date) -> list[dict[str, Any]]:
    return [{"on": on, "name": f"周{WEEKDAYS[on.weekday()]}", "today": on == today} for on in days]


def _taken(rows: list[Resource], days: list[date], user: User) -> dict[int, list[ResourceBooking]]:
    """Bookings of those days by resource; `.opens` where `user` may read what it is for. Two queries."""
    start, end = day_bounds(days[0])[0], day_bounds(days[-1])[1]
    found = (
        ResourceBooking.objects.filter(resource__in=[one.pk for one in rows]).holding().touching(start, end)
    )
    bookings = list(found.for_page().order_by("start", "pk"))
    seen = ResourceBooking.objects.visible_to(user).filter(pk__in=[one.pk for one in bookings])
    open_ones = set(seen.values_list("pk", flat=True))
    of: dict[int, list[ResourceBooking]] = {}
    for one in bookings:
        one.opens = one.pk in open_ones  # type: ignore[attr-defined]
        of.setdefault(one.resource_id, []).append(one)
    return of


def told(one: Any) -> dict[str, Any]:
    """A booking as a place of the board shows it."""
    a, b = local(one.start), local(one.end)
    tentative = one.status == BookingStatus.TENTATIVE
    hours = (
        f"{a:%H:%M}–{b:%H:%M}"
        if a.date() == b.date()
        else f"{a.month}/{a.day} {a:%H:%M}–{b.month}/{b.day} {b:%H:%M}"
    )
    return {
        "url": one.get_absolute_url() if one.opens else "", "hours": hours, "tentative": tentative,
        "what": one.purpose if one.opens else "另有安排", "who": whose(one), "state": one.get_status_display(),
    }  # fmt: skip


class Board:
    """Draws rows for one person at one moment."""

    def __init__(self, user: User, at: datetime, wish: Wish, taken: dict[int, list[ResourceBooking]]) -> None:
        self.at, self.wish, self.taken = at, wish, taken
        self.books = any(user.may(can) for can in BOOKERS)

    def groups(self, rows: Iterable[Resource], days: list[date], *, week: bool) -> list[dict[str, Any]]:
        """Rows under the name of their kind."""
        found: dict[str, list[dict[str, Any]]] = {}
        for one in rows:
            cells = self.week(one, days) if week else self.day(one, days[0])
            found.setdefault(one.get_kind_display(), []).append({"resource": one, "cells": cells})
        order = [label for _, label in ResourceKind.choices]
        return [{"label": label, "rows": found[label]} for label in order if label in found]

    def day(self, resource: Resource, on: date) -> list[dict[str, Any]]:
        """Half-hours from DAY_BEGINS to DAY_ENDS, those of one booking in one cell, free ones by the hour."""
        begin = day_bounds(on)[0] + timedelta(hours=DAY_BEGINS)
        mine = self.taken.get(resource.pk, [])
        slots = [self._slot(resource, mine, begin + n * HALF) for n in range(SLOTS)]
        cells: list[dict[str, Any]] = []
        for number, (state, who) in enumerate(slots):
            start, last = begin + number * HALF, cells[-1] if cells else None
            joins = state != "free" or number % 2 == 1
            if last and joins and (last["state"], last["who"]) == (state, who):
                last["span"] += 1
                last["url"] = self._link(resource, last["start"], start + HALF) if state == "free" else ""
                continue
            url = self._link(resource, start, start + HALF) if state == "free" else ""
            cells.append({"state": state, "who": who, "span": 1, "start": start, "clock": f"{local(start):%H:%M}", "url": url,
                          "from": stamp(start), "told": [told(one) for one in mine if one.pk in who]})  # fmt: skip
        return cells

    def _slot(
        self, resource: Resource, mine: list[ResourceBooking], start: datetime
    ) -> tuple[str, tuple[int, ...]]:
        """State of one half-hour, and the keys of the bookings in it."""
        inside = [one for one in mine if one.start < start + HALF and one.end > start]
        if inside:
            firm = any(one.status == BookingStatus.FIRM for one in inside)
            return ("busy" if firm else "tentative"), tuple(one.pk for one in inside)
        if resource.exclusive and any(
            one.held_from < start + HALF and one.held_until > start for one in mine
        ):
            return "setup", ()
        if start + HALF <= self.at or resource.is_closed(local(start).date()):
            return "past", ()
        return "free", ()

    def week(self, resource: Resource, days: list[date]) -> list[dict[str, Any]]:
        """What each day holds, and the way to book more."""
        mine, cells = self.taken.get(resource.pk, []), []
        for on in days:
            start, end = day_bounds(on)
            inside = [told(one) for one in mine if one.start < end and one.end > start]
            open_then = end > self.at and not resource.is_closed(on)
            begin = max(start + timedelta(hours=9), _next_hour(self.at))
            url = self._link(resource, begin, begin + timedelta(hours=1)) if open_then and begin < end else ""
            cells.append({"on": on, "told": inside, "url": url})
        return cells

    def _link(self, resource: Resource, start: datetime, end: datetime) -> str:
        """The form for that time; for a wish it keeps how long it lasts."""
        if not self.books:
            return ""
        if self.wish.hidden and self.wish.start and self.wish.end:
            end = max(end, start + (self.wish.end - self.wish.start))
        values = {
            **self.wish.hidden,
            "start": stamp(start),
            "end": stamp(end),
            "people": self.wish.people or "",
        }
        query = urlencode({key: value for key, value in values.items() if value})
        return f"{reverse('visits:resource_book', args=[resource.pk])}?{query}"


def _next_hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
