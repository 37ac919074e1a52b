"""A change comes into force: the reception holds the new version, and all that hangs on it follows, in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from reception.core.ledger import record, touch
from reception.core.notices import tell
from reception.core.people.models import User
from visits.changes.content import changed, guest_rows, line_rows, values_of
from visits.changes.models import Change
from visits.itinerary.actions import move_days
from visits.requests.models import Reception
from visits.requests.people import concerns
from visits.requests.settling import retotal
from visits.requests.writing import link_companions, replace_rows
from visits.welcome.actions import follow as follow_welcome


def put_in_force(
    change: Change, reception: Reception, *, by: User, at: datetime, budgets: Mapping[str, Decimal | None]
) -> None:
    """Replace the reception's form by the proposed one; tasks and money follow, everybody concerned is told. Runs
    inside the action that decided; `reception` was loaded under its lock. `budgets`: 元, only those that are set."""
    before, arrived = concerns(reception), reception.arrive_at
    fields = _columns(change, reception)
    touch(reception, version=change.version, **fields, **budgets)
    old, new = change.base["values"], change.proposed["values"]
    replace_rows(
        reception,
        guest_rows(change.proposed) if new["guests"] != old["guests"] else None,
        line_rows(change.proposed) if new["lines"] != old["lines"] else None,
    )
    rows = [[row.label, row.old, row.new] for row in changed(change.base, change.proposed)]
    detail = {"no": change.no, "version": change.version, "rows": rows}
    record(reception, "change", "变更生效", by=by, at=at, reason=change.reason, detail=detail)
    fresh = Reception.objects.for_page().get(pk=reception.pk)
    _shift(fresh, by=by, at=at)
    link_companions(fresh)
    move_days(fresh, fresh.arrive_at - arrived, by=by, at=at)
    follow_welcome(fresh, at=at)
    retotal(fresh)
    _tell(change, [*before, *concerns(fresh)], rows, by, at)


def _shift(reception: Reception, *, by: User, at: datetime) -> None:
    """Tasks follow the new dates and tier."""
    try:
        from visits.tasks.shifting import shift
    except ImportError:
        return
    shift(reception, by=by, at=at)


def _columns(change: Change, reception: Reception) -> dict[str, Any]:
    """The reception's columns; the level becomes both the proposed and the fixed one when it changed."""
    fields = values_of(change.proposed)
    tier = fields.pop("proposed_tier_id")
    if tier != reception.tier_id:
        fields |= {"proposed_tier_id": tier, "tier_id": tier, "tier_reason": ""}
    return fields


def _tell(change: Change, people: list[User], rows: list[list[str]], by: User, at: datetime) -> None:
    """What changed, old → new, to each once; the one who did it knows."""
    body = "；".join(f"{label}：{old or '（空）'} → {new or '（空）'}" for label, old, new in rows)
    title = f"{change.reception.no} {change.reception.title}：第 {change.version} 版已生效，请看改了什么"
    others = [person for person in people if person.pk != by.pk]
    tell(others, title=title, url=change.get_absolute_url(), at=at, body=body, level="warn")
