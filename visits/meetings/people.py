"""Writing the list of those who take part (B2a)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from reception.core.flow import Refused
from reception.core.ledger import action, record, touch
from reception.core.people.models import User
from visits.guests.roster import parse
from visits.meetings.choices import Side
from visits.meetings.models import Meeting, Participant
from visits.meetings.policies import Rows, check_gone, check_people, check_writes
from visits.meetings.ranks import level_of

COLUMNS = ("side", "name", "organisation", "title", "phone")


@action
def save_people(
    meeting: Meeting, rows: Rows, *, by: User, at: datetime, expect: int | None = None
) -> Meeting:
    """Replace the list; `rows` in the order of rank, mixed sides allowed. A row with the `id` of one already there
    keeps their seat and speeches. Raises Refused (forbidden, state, stale, missing, invalid)."""
    check_writes(meeting.reception, by)
    check_people(rows)
    touch(meeting, expect=expect)
    _replace(meeting, rows)
    record(meeting.reception, "meeting", "修改参会名单", by=by, at=at, detail={"people": len(rows)})
    return meeting


def _replace(meeting: Meeting, rows: Rows) -> None:
    """The rows instead of those that were there."""
    old = {one.pk: one for one in meeting.people.all()}
    kept = {row.get("id") for row in rows}
    gone = [one for pk, one in old.items() if pk not in kept]
    check_gone(gone)
    Participant.objects.filter(pk__in=[one.pk for one in gone]).delete()
    orders = dict.fromkeys(Side.values, 0)
    made: list[Participant] = []
    stay: list[Participant] = []
    for row in rows:
        orders[row["side"]] += 1
        one = old.pop(row.get("id") or 0, None)  # a number sent twice is the second time somebody new
        (stay if one else made).append(one := one or Participant(meeting=meeting))
        one.order = orders[row["side"]]
        for name in COLUMNS:
            setattr(one, name, row.get(name) or "")
    Participant.objects.bulk_update(stay, ["order", *COLUMNS])
    Participant.objects.bulk_create(made)


@action
def paste(meeting: Meeting, text: str, side: str, ours: str, *, by: User, at: datetime, expect: int | None = None) -> list[str]:  # fmt: skip
    """Everybody whom `text` names goes to the end of that side's list; who stands there already with that name stays
    one. `ours`: what 单位 is where none was written. Returns what was not understood, a sentence each. Raises Refused
    (forbidden, state, stale, invalid)."""
    check_writes(meeting.reception, by)
    roster = parse(text)
    there = set(meeting.people.filter(side=side).values_list("name", flat=True))
    new = [row for row in roster.rows if row.name not in there]
    if not new:
        told = roster.problems[0].message if roster.problems else "名单里的人都已经在了。"
        raise Refused("invalid", f"没有认出新的人。{told}", field="text")
    home = ours if side == Side.OURS else meeting.reception.customer_name
    last = meeting.people.filter(side=side).aggregate(last=Max("order"))["last"] or 0
    rows = [
        {"side": side, "name": row.name, "organisation": row.organisation or home, "title": row.title, "phone": row.phone}
        for row in new
    ]  # fmt: skip
    check_people([*meeting.people.values(*COLUMNS), *rows])
    touch(meeting, expect=expect)
    Participant.objects.bulk_create(
        Participant(meeting=meeting, order=last + n, **row) for n, row in enumerate(rows, 1)
    )
    detail = {"side": side, "people": len(rows)}
    record(meeting.reception, "meeting", "加入参会名单", by=by, at=at, detail=detail)
    skipped = len(roster.rows) - len(new)
    return [
        *[one.message for one in roster.problems],
        *([f"{skipped} 人已在名单里，没有重复加。"] if skipped else []),
    ]


@action
def by_rank(meeting: Meeting, *, by: User, at: datetime, expect: int | None = None) -> Meeting:
    """Both sides in the order of their titles; who has the same post keeps their order. Raises Refused (forbidden,
    state, stale)."""
    check_writes(meeting.reception, by)
    touch(meeting, expect=expect)
    everybody = list(meeting.people.all())
    for side in Side.values:
        ranked = sorted((one for one in everybody if one.side == side), key=lambda one: -level_of(one.title))
        for order, one in enumerate(ranked, 1):
            one.order = order
    Participant.objects.bulk_update(everybody, ["order"])
    record(meeting.reception, "meeting", "按职务排次序", by=by, at=at)
    return meeting


def missing(guests: Sequence[Any], people: Sequence[Participant]) -> list[str]:
    """Names on the roster of guests that the list of the meeting lacks."""
    there = {one.name for one in people if one.side == Side.THEIRS}
    return [guest.name for guest in guests if guest.name not in there]


@action
def take_roster(meeting: Meeting, *, by: User, at: datetime, expect: int | None = None) -> int:
    """Guests of the reception's roster who are not on the list yet go to its end; how many. Raises Refused
    (forbidden, state, stale, invalid)."""
    reception = meeting.reception
    check_writes(reception, by)
    people, guests = list(meeting.people.all()), list(reception.guests.all())
    names = set(missing(guests, people))
    if not names:
        raise Refused("invalid", "来宾名单里的人都已在参会名单里。")
    last = max((one.order for one in people if one.side == Side.THEIRS), default=0)
    rows = [
        Participant(meeting=meeting, side=Side.THEIRS, order=last + n, name=guest.name, title=guest.title,
                    organisation=guest.organisation or reception.customer_name, phone=guest.phone)
        for n, guest in enumerate((one for one in guests if one.name in names), 1)
    ]  # fmt: skip
    touch(meeting, expect=expect)
    Participant.objects.bulk_create(rows)
    record(reception, "meeting", "补齐参会名单", by=by, at=at, detail={"people": len(rows)})
    return len(rows)
