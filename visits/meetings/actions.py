"""Writing the plan of a meeting: begun from what is known, its facts, its agenda, its papers (B2a)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from reception.core.flow import Refused
from reception.core.ledger import action, record, touch
from reception.core.people.models import User
from visits.meetings import drafting
from visits.meetings.models import AgendaRow, Handout, Meeting, Participant
from visits.meetings.policies import Rows, check_agenda, check_hours, check_writes
from visits.meetings.seating import arranged, front_for, seats_for

FACTS = ("title", "start", "end", "place", "conduct", "meals", "rides", "staff", "wifi")
COLUMNS = ("topic", "start", "end", "speaker", "minutes")


@action
def begin(reception: Any, ours: str, *, by: User, at: datetime) -> Meeting:
    """The first plan: hours, people, agenda and seats from what the reception says; one that exists is left as it is.
    `ours`: the name of our organisation. Raises Refused (forbidden, state)."""
    check_writes(reception, by)
    found, made = Meeting.objects.get_or_create(
        reception=reception, defaults={**drafting.facts(reception), "created_at": at, "created_by": by}
    )
    if not made:
        return found
    orders = {"theirs": 0, "ours": 0}
    people = []
    for row in drafting.people(reception, ours):
        orders[row["side"]] += 1
        people.append(Participant(meeting=found, order=orders[row["side"]], **row))
    Participant.objects.bulk_create(people)
    first = {one.side: one for one in reversed(people)}
    rows = drafting.agenda(found.start, found.end, first.get("ours"), first.get("theirs"))
    AgendaRow.objects.bulk_create(AgendaRow(meeting=found, **row) for row in rows)
    found.seats = seats_for(found.layout, orders["theirs"], orders["ours"])
    found.front = min(front_for(len(people)), found.seats)
    found.save(update_fields=["seats", "front"])
    seat(found, people)
    record(reception, "meeting", "拟会议方案", by=by, at=at, detail={"people": len(people)})
    return found


def seat(meeting: Meeting, people: list[Participant]) -> int:
    """Everybody by the custom, whoever sat before gets up; how many have a place. Inside an action."""
    meeting.people.filter(seat__isnull=False).update(seat=None)
    ordered = sorted(people, key=lambda one: (one.order, one.pk))
    found = arranged(ordered, meeting.layout, meeting.seats, meeting.front, meeting.honour)
    for one in people:
        one.seat = found.get(one.pk)
    Participant.objects.bulk_update(people, ["seat"])
    return len(found)


@action
def edit(
    meeting: Meeting, *, by: User, at: datetime, fields: Mapping[str, Any], expect: int | None = None
) -> Meeting:
    """The facts of FACTS. Raises Refused (forbidden, state, stale, invalid)."""
    reception = meeting.reception
    check_writes(reception, by)
    check_hours(reception, fields["start"], fields["end"])
    new = {name: fields[name] for name in FACTS if name in fields}
    changed = [name for name, value in new.items() if getattr(meeting, name) != value]
    touch(meeting, expect=expect, **new)
    record(reception, "meeting", "修改会议方案", by=by, at=at, detail={"fields": changed})
    return meeting


@action
def save_agenda(
    meeting: Meeting, rows: Rows, *, by: User, at: datetime, expect: int | None = None
) -> Meeting:
    """Replace all rows of 议程. Raises Refused (forbidden, state, stale, missing, invalid)."""
    check_writes(meeting.reception, by)
    check_agenda(rows)
    ours = set(meeting.people.values_list("pk", flat=True))
    if any(row.get("speaker") and row["speaker"].pk not in ours for row in rows):
        raise Refused("invalid", "发言人不在这次会议的参会名单里，请先把人加进名单。")
    touch(meeting, expect=expect)
    meeting.agenda.all().delete()
    AgendaRow.objects.bulk_create(
        AgendaRow(meeting=meeting, **{name: row[name] for name in COLUMNS if name in row}) for row in rows
    )
    record(meeting.reception, "meeting", "修改议程", by=by, at=at, detail={"rows": len(rows)})
    return meeting


@action
def speak_earlier(
    meeting: Meeting, row: AgendaRow, *, by: User, at: datetime, expect: int | None = None
) -> AgendaRow:
    """Who speaks in `row` changes places with whoever speaks before. Rows that follow one another keep their lengths
    and change their times; others change what is said. Raises Refused (forbidden, state, stale, invalid)."""
    check_writes(meeting.reception, by)
    touch(meeting, expect=expect)
    rows = [one for one in meeting.agenda.select_related("speaker") if one.speaker_id]
    here = next((n for n, one in enumerate(rows) if one.pk == row.pk), 0)
    if not here:
        raise Refused("invalid", "已经是第一位发言，不能再往前。")
    before, this = rows[here - 1], rows[here]
    if before.end == this.start:
        middle = before.start + (this.end - this.start)
        before.start, before.end, this.start, this.end = middle, this.end, before.start, middle
    else:
        for name in ("topic", "speaker", "minutes"):
            one, other = getattr(before, name), getattr(this, name)
            setattr(before, name, other)
            setattr(this, name, one)
    AgendaRow.objects.bulk_update([before, this], [*COLUMNS])
    record(meeting.reception, "meeting", "调整发言顺序", by=by, at=at, detail={"earlier": this.topic})
    return this


@action
def save_handouts(
    meeting: Meeting, rows: Rows, *, by: User, at: datetime, expect: int | None = None
) -> Meeting:
    """Replace the list of papers; one that stays (its `id`) stays ready. Raises Refused (forbidden, state, stale)."""
    check_writes(meeting.reception, by)
    touch(meeting, expect=expect)
    old = {one.pk: one for one in meeting.handouts.all()}
    meeting.handouts.all().delete()
    made = []
    for order, row in enumerate(rows, 1):
        before = old.get(row.get("id") or 0)
        ready = {"ready_at": before.ready_at, "ready_by_id": before.ready_by_id} if before else {}
        fields = {name: row[name] for name in ("name", "copies", "keeper")}
        made.append(Handout(meeting=meeting, order=order, **fields, **ready))
    Handout.objects.bulk_create(made)
    record(meeting.reception, "meeting", "修改会议材料", by=by, at=at, detail={"rows": len(made)})
    return meeting


@action
def tick(meeting: Meeting, handout: Handout, *, by: User, at: datetime, expect: int | None = None) -> Handout:
    """备好 a paper, or not after all. Raises Refused (forbidden, state, stale)."""
    check_writes(meeting.reception, by)
    touch(meeting, expect=expect)
    handout.ready_at, handout.ready_by = (None, None) if handout.ready_at else (at, by)
    handout.save(update_fields=["ready_at", "ready_by"])
    label = "材料备好" if handout.ready_at else "材料未备好"
    record(meeting.reception, "meeting", label, by=by, at=at, detail={"name": handout.name})
    return handout


@action
def move_along(reception: Any, delta: timedelta, *, by: User, at: datetime) -> int:
    """The meeting and its agenda follow a visit moved by `delta`. Returns how many rows. Called when a change comes
    into force."""
    meeting = Meeting.objects.filter(reception=reception).first()
    if meeting is None or not delta:
        return 0
    touch(meeting, start=meeting.start + delta, end=meeting.end + delta)
    rows = list(meeting.agenda.all())
    for row in rows:
        row.start, row.end = row.start + delta, row.end + delta
    AgendaRow.objects.bulk_update(rows, ["start", "end"])
    detail = {"seconds": int(delta.total_seconds())}
    record(reception, "meeting", "会议随来访改期", by=by, at=at, detail=detail)
    return len(rows)
