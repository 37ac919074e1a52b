"""What follows when somebody reported something: a noun above adds its own step, in the call's own transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from helpdesk.cases.models import Category
from reception.core.people.models import User

Listener = Callable[[Any, Category, User, datetime], None]
LISTENERS: list[Listener] = []


def reported(call: Any, category: Category | None, *, by: User, at: datetime) -> None:
    """`call` is about `category`, as far as that is known. Only inside an action."""
    if category is not None:
        for listen in LISTENERS:
            listen(call, category, by, at)
