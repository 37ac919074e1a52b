"""座次: the room drawn, who sits where, moved by hand (B2a)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from reception.core.web.once import submit_once
from reception.core.web.refusals import attempt, http_status
from visits.meetings.forms import PlaceForm, RoomForm
from visits.meetings.models import Meeting, Participant
from visits.meetings.placing import place, set_room
from visits.meetings.policies import may_write
from visits.meetings.views import of
from visits.meetings.views_page import meeting_of, mine, plan

ROOM = ("layout", "honour", "seats", "front", "revision")


@require_GET
def meeting_seats(request: HttpRequest, no: str) -> HttpResponse:
    """The plan; without a meeting, the page where one is begun."""
    found = meeting_of(mine(request.user, no))
    return seats(request, found) if found else redirect("visits:meeting", no=no)


def seats(request: HttpRequest, found: Meeting, form: Any = None) -> HttpResponse:
    """The page; a refused form says why."""
    people = list(found.people.all())
    room = (
        form
        if isinstance(form, RoomForm)
        else RoomForm(initial={name: getattr(found, name) for name in ROOM})
    )
    one = form if isinstance(form, PlaceForm) else PlaceForm(people=people, meeting=found)
    context = {
        "reception": found.reception, "meeting": found, "writes": may_write(found.reception, request.user),
        "form": form, "room_form": room, "place_form": one, "people": people, **plan(found, people),
    }  # fmt: skip
    return render(request, "visits/meetings/seats.html", context, status=http_status(form) if form else 200)


@require_POST
@submit_once
def meeting_room(request: HttpRequest, no: str) -> HttpResponse:
    """按规则排座, in this room or another."""
    found, form, standing = of(request, no), RoomForm(request.POST), None
    if form.is_valid():
        got = form.cleaned_data
        front = got["front"] or min(found.front, got["seats"])
        standing = attempt(form, set_room, found, got["layout"], got["honour"], got["seats"], front, by=request.user, at=timezone.now(), expect=form.seen)  # fmt: skip
    if standing is None:
        return seats(request, of(request, no), form)
    messages.success(request, f"已按规则排座，还有 {standing} 人没有座位" if standing else "已按规则排座")
    return redirect("visits:meeting_seats", no=no)


@require_POST
@submit_once
def meeting_place(request: HttpRequest, no: str) -> HttpResponse:
    """换座."""
    found = of(request, no)
    people = {one.pk: one for one in found.people.all()}
    form = PlaceForm(request.POST, people=people.values(), meeting=found)
    if form.is_valid():
        person, number = people[form.cleaned_data["person"]], form.cleaned_data["seat"]
        left = person.seat
        other = attempt(
            form, place, found, person, number, by=request.user, at=timezone.now(), expect=form.seen
        )
    if form.errors:
        return seats(request, of(request, no), form)
    messages.success(request, _said(person, number, other, left))
    return redirect(f"{reverse('visits:meeting_seats', args=[no])}#seat-{number or left or 1}")


def _said(person: Participant, number: int | None, other: Participant | None, left: int | None) -> str:
    """李建国坐 3 号，王敏换到 5 号."""
    first = f"{person.name}坐 {number} 号" if number else f"{person.name}不排座"
    rest = f"，{other.name}{f'换到 {left} 号' if left else '没有座位了'}" if other else ""
    return first + rest
