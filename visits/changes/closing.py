"""What ends a change that is under way when its reception goes on without it. Stands below requests, which calls it."""

from datetime import datetime
from typing import Any

from reception.core.ledger import action, apply
from reception.core.people.models import User
from visits.changes.choices import Status
from visits.changes.flow import FLOW


@action
def withdraw_open(reception: Any, *, by: User, at: datetime, reason: str) -> Any:
    """撤回 the change under way of a reception that was cancelled or is over; returns it, None without one.
    The move of the reception tells people."""
    change = reception.changes.open().first()
    if change:
        apply(change, FLOW.withdraw, by=by, at=at, target=Status.WITHDRAWN, reason=reason)
    return change
