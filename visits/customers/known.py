"""What a colleague has to know of a customer before the next visit (B1): for the form, the reception and the briefing."""

from dataclasses import dataclass, field
from typing import Any

from visits.customers.models import Customer, Gift, Preference

SHOWN = 6


@dataclass(frozen=True)
class Known:
    """promises: open ones, the first due first; gifts: what they have, newest first; preferences in force."""

    promises: list[Any] = field(default_factory=list)
    gifts: list[Gift] = field(default_factory=list)
    preferences: list[Preference] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.promises or self.gifts or self.preferences)


def known_of(customer: Customer | None) -> Known:
    """Three queries, whatever there is; nothing for a customer we never met."""
    if customer is None:
        return Known()
    return Known(
        list(customer.promises.open().select_related("owner", "promiser").order_by("due_on", "id")[:SHOWN]),
        list(customer.gifts.given()[:SHOWN]),
        list(customer.preferences.in_force()),
    )
