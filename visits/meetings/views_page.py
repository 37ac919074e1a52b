"""What the pages of a meeting are made of; nothing is written here."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from reception.core.people.models import User
from reception.core.web.loaders import load
from visits.guests.models import Guest
from visits.meetings.choices import Side
from visits.meetings.models import AgendaRow, Meeting, Participant
from visits.meetings.policies import findings, may_write, span
from visits.meetings.rooms import Box, room_of
from visits.meetings.seating import rule
from visits.models import Reception, Task
from visits.requests.views_words import day

NAME, TITLE = 6, 7  # characters that a seat of the plan holds


def ours() -> str:
    """The name of our organisation, as it stands on papers."""
    return str(settings.ORGANISATION).split("·")[0]


def mine(user: User, no: str) -> Reception:
    """The reception as far as `user` may see it, its meeting with it; else 404. `lacks`: somebody of the roster is
    not on the meeting's list."""
    there = Participant.objects.filter(
        meeting__reception=OuterRef("reception"), side=Side.THEIRS, name=OuterRef("name")
    )
    lacking = Guest.objects.filter(~Exists(there), reception=OuterRef("pk"))
    rows = Reception.objects.visible_to(user).for_page().select_related("meeting")
    return load(rows.annotate(lacks=Exists(lacking)), no=no)


def meeting_of(reception: Reception) -> Meeting | None:
    """Its plan, the loaded reception behind it; None while there is none."""
    found: Meeting | None = getattr(reception, "meeting", None)
    if found:
        found.reception = reception
    return found


def agenda_of(meeting: Meeting, people: Sequence[Participant]) -> list[AgendaRow]:
    """The rows with their speakers, who are among `people`; one query."""
    known = {one.pk: one for one in people}
    rows = list(meeting.agenda.all())
    for row in rows:
        row.speaker = known.get(row.speaker_id or 0)
    return rows


def agenda_rows(agenda: Sequence[AgendaRow]) -> list[dict[str, Any]]:
    """Each row in words, and where in the order of speeches it stands."""
    found, number = [], 0
    for row in agenda:
        number += bool(row.speaker)
        found.append(
            {"row": row, "span": span(row), "day": day(row.start), "number": number if row.speaker else 0}
        )
    return found


def sides(people: Sequence[Participant]) -> list[dict[str, Any]]:
    """Both lists, the guests' first."""
    return [{"label": side.label, "people": [one for one in people if one.side == side]} for side in Side]


def plan(meeting: Meeting, people: Sequence[Participant]) -> dict[str, Any]:
    """The drawing: the room, its seats with who sits there, who stands, and the custom in words."""
    room = room_of(meeting.layout, meeting.seats, meeting.front, meeting.honour)
    taken = {one.seat: one for one in people if one.seat}
    seats = [_seat(number, box, taken.get(number)) for number, box in sorted(room.boxes.items())]
    return {"room": room, "seats": seats, "standing": [one for one in people if one.seat is None],
            "rule": rule(meeting.layout, meeting.honour), "sitting": len(taken)}  # fmt: skip


def _seat(number: int, box: Box, person: Participant | None) -> dict[str, Any]:
    """One place: its words cut to what it holds, the whole of them to be read out."""
    if person is None:
        return {"number": number, "box": box, "person": None, "css": "free", "says": f"{number} 号座，空"}
    side = Side(person.side)
    return {
        "number": number, "box": box, "person": person, "css": side.value,
        "name": _cut(person.name, NAME), "title": _cut(person.title, TITLE),
        "says": f"{number} 号座，{side.label}{person}",
    }  # fmt: skip


def _cut(text: str, most: int) -> str:
    """A Latin letter counts half."""
    room = most * 2
    for place, letter in enumerate(text):
        room -= 2 if ord(letter) > 0x2E80 else 1
        if room < 0:
            return f"{text[: place - 1]}…"
    return text


def context_of(reception: Reception, user: User, form: Any = None) -> dict[str, Any]:
    """Of visits/meetings/show.html; `form` is a refused one."""
    meeting, writes = meeting_of(reception), may_write(reception, user)
    base = {"reception": reception, "meeting": meeting, "writes": writes, "form": form}
    if meeting is None:
        return base
    people = list(meeting.people.all())
    agenda = agenda_of(meeting, people)
    return {
        **base, "agenda": agenda_rows(agenda), "findings": findings(meeting, agenda, people), "sides": sides(people),
        "handouts": list(meeting.handouts.select_related("ready_by")), "tasks": tasks_of(reception, user),
        "when": f"{day(meeting.start)} {span(meeting)}", "count": len(people), **plan(meeting, people),
    }  # fmt: skip


def tasks_of(reception: Reception, user: User) -> list[Task]:
    """会务 tasks of this reception that `user` may open, the first due first."""
    rows = Task.objects.visible_to(user).filter(reception=reception, template__code__contains="meeting")
    return list(rows.select_related("department", "assignee").order_by("due_at", "pk"))
