"""What nouns above say beside an order: a word below a line of its 经过, a part of its page.

They hang themselves in when the app starts (helpdesk.apps), for this noun knows nothing of them.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from helpdesk.repairs.models import Repair
from reception.core.people.models import User

# The verb of an event that is no line of its own: detail["said"] stands below the line that follows it.
ASIDE = "aside"
# Each returns the context that its part of the order's page (and paper) needs.
BESIDE: list[Callable[[Repair, User, datetime], dict[str, Any]]] = []


def beside(order: Repair, user: User, at: datetime) -> dict[str, Any]:
    """Everything the nouns above add to the page of `order` for `user` at `at`."""
    return {name: value for add in BESIDE for name, value in add(order, user, at).items()}
