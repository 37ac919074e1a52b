"""What follows when a case ends: a noun above adds its own step, which runs in the case's own transaction.

A complaint or an emergency knows the call it came from only by its key; the call knows how it is closed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from reception.core.people.models import User

Follower = Callable[[Any, User, datetime, str], None]
FOLLOWERS: list[Follower] = []


def ended(case: Any, *, by: User, at: datetime, words: str) -> None:
    """The case is over; `words` are what whoever reported it was told. Only inside an action."""
    for follow in FOLLOWERS:
        follow(case, by, at, words)
