"""A change comes into force: the reception holds the new version, and all that hangs on it follows, in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from reception.core.ledger import record, touch
from reception.core.notices import tell
from reception.core.people.models import User
from visits.changes.arranging import bookers, day_shift, write
from visits.changes.content import budgeted, changed, guest_rows, values_of, would_be
from visits.changes.models import Change
from visits.itinerary.actions import follow_host, move_days
from visits.meetings.actions import move_along as move_meeting
from visits.requests.models import Reception
from visits.requests.people import concerns, workers_page
from visits.requests.settling import retotal
from visits.requests.writing import link_companions, replace_rows
from visits.resources.following import move_along
from visits.tasks.shifting import shift
from visits.welcome.actions import follow as follow_welcome


def put_in_force(
    change: Change, reception: Reception, *, by: User, at: datetime, budgets: Mapping[str, Decimal | None]
) -> None:
    """Replace the reception's form by the proposed one; tasks and money follow, everybody concerned is told. Runs
    inside the action that decided; `reception` was loaded under its lock. `budgets`: 元, only those that are set."""
    before, arrived, host = concerns(reception), reception.arrive_at, reception.host_id
    fields = {**_columns(change, reception), **budgets}
    touch(reception, version=change.version, **fields)
    old, new = change.base["values"], change.proposed["values"]
    write_rows(change, reception, by=by, at=at)
    replace_rows(
        reception,
        guest_rows(change.proposed) if new["guests"] != old["guests"] else None,
        budgeted(would_be(reception, change.proposed), change.proposed),
    )
    rows = [[row.label, row.old, row.new] for row in changed(change.base, change.proposed)]
    detail = {"no": change.no, "version": change.version, "rows": rows}
    record(reception, "change", "变更生效", by=by, at=at, reason=change.reason, detail=detail)
    fresh = Reception.objects.for_page().get(pk=reception.pk)
    shift(fresh, by=by, at=at)
    link_companions(fresh)
    if arrived and fresh.arrive_at:
        move_days(fresh, fresh.arrive_at - arrived, by=by, at=at)
        move_meeting(fresh, fresh.arrive_at - arrived, by=by, at=at)
        move_along(fresh, day_shift(arrived, fresh.arrive_at), by=by, at=at)
    follow_host(fresh, host, by=by, at=at)
    follow_welcome(fresh, at=at)
    retotal(fresh)
    _tell(change, [*before, *concerns(fresh)], rows, by, at)


def write_rows(change: Change, reception: Reception, *, by: User, at: datetime) -> None:
    """The arrangements of the new version; who booked one that changes or goes reads which."""
    old, new = (side["values"].get("rows", {}) for side in (change.base, change.proposed))
    if old == new:
        return
    people = User.objects.filter(pk__in=bookers(reception, new))
    title = f"{change.reception.no} {change.reception.title}：您订的安排有变，请联系改订或退订"
    rows = [row for row in changed(change.base, change.proposed) if row.label.startswith("安排")]
    body = "；".join(f"{row.label}：{row.old or '（空）'} → {row.new or '（取消）'}" for row in rows)
    tell(people, title=title, url=f"{workers_page(reception)}#rows", at=at, body=body, level="urgent")
    write(reception, new, by=by, at=at)


def _columns(change: Change, reception: Reception) -> dict[str, Any]:
    """The reception's columns; the level becomes both the proposed and the fixed one when it changed."""
    fields = values_of(change.proposed)
    tier = fields.pop("proposed_tier_id")
    if tier != reception.tier_id:
        fields |= {"proposed_tier_id": tier, "tier_id": tier, "tier_reason": ""}
    return fields


def knows(person: User, reception: Reception) -> bool:
    """Whether the words of a secret reception may reach this person; everybody concerned reads those of another."""
    return not reception.secret or Reception.objects.visible_to(person).filter(pk=reception.pk).exists()


def _tell(change: Change, people: list[User], rows: list[list[str]], by: User, at: datetime) -> None:
    """What changed, old → new, to each once; the one who did it knows."""
    body = "；".join(f"{label}：{old or '（空）'} → {new or '（空）'}" for label, old, new in rows)
    title = f"{change.reception.no} {change.reception.title}：第 {change.version} 版已生效，请看改了什么"
    others = [person for person in people if person.pk != by.pk and knows(person, change.reception)]
    tell(others, title=title, url=change.get_absolute_url(), at=at, body=body, level="warn")
