"""Writing the seats: the room, the custom's order, one person to one place (B2a)."""

from datetime import datetime

from reception.core.flow import Refused
from reception.core.ledger import action, record, touch
from reception.core.people.models import User
from visits.meetings.actions import seat
from visits.meetings.models import Meeting, Participant
from visits.meetings.policies import check_room, check_writes


@action
def set_room(
    meeting: Meeting, layout: str, honour: str, seats: int, front: int, *, by: User, at: datetime, expect: int | None = None
) -> int:  # fmt: skip
    """Another room, or the same again: everybody is seated by the custom. Returns how many stand. Raises Refused
    (forbidden, state, stale, invalid)."""
    check_writes(meeting.reception, by)
    check_room(layout, seats, front)
    touch(meeting, expect=expect, layout=layout, honour=honour, seats=seats, front=min(front, seats))
    people = list(meeting.people.all())
    sitting = seat(meeting, people)
    detail = {"layout": layout, "seats": seats, "sitting": sitting}
    record(meeting.reception, "meeting", "按规则排座", by=by, at=at, detail=detail)
    return len(people) - sitting


@action
def place(
    meeting: Meeting, person: Participant, number: int | None, *, by: User, at: datetime, expect: int | None = None
) -> Participant | None:  # fmt: skip
    """`person` sits at that number (None: nowhere). Whoever sits there takes the place they leave; returned. Raises
    Refused (forbidden, state, stale, invalid)."""
    check_writes(meeting.reception, by)
    if number is not None and not 1 <= number <= meeting.seats:
        raise Refused("invalid", f"没有 {number} 号座，座位是 1 到 {meeting.seats} 号。", field="seat")
    touch(meeting, expect=expect)
    left = person.seat
    other = meeting.people.filter(seat=number).exclude(pk=person.pk).first() if number else None
    if other:
        _sit(other, None)
    _sit(person, number)
    if other and left:
        _sit(other, left)
    detail = {"name": person.name, "from": left, "to": number, "other": other.name if other else ""}
    record(meeting.reception, "meeting", "换座", by=by, at=at, detail=detail)
    return other


def _sit(person: Participant, number: int | None) -> None:
    person.seat = number
    person.save(update_fields=["seat"])
