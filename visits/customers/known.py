"""What a colleague has to know of a customer before the next visit (B1): for the form, the reception and the briefing."""

from dataclasses import dataclass, field
from typing import Any

from reception.core.people.models import User
from visits.customers.models import Customer, Gift, Preference

SHOWN = 6


@dataclass(frozen=True)
class Known:
    """promises: open ones, the first due first; gifts: what they have, newest first; preferences in force;
    url: the customer's page, when the reader may open it."""

    promises: list[Any] = field(default_factory=list)
    gifts: list[Gift] = field(default_factory=list)
    preferences: list[Preference] = field(default_factory=list)
    url: str = ""

    def __bool__(self) -> bool:
        return bool(self.promises or self.gifts or self.preferences)


def known_of(customer: Customer | None, user: User | None = None) -> Known:
    """Four queries, whatever there is; nothing for a customer we never met."""
    if customer is None:
        return Known()
    return Known(
        list(customer.promises.open().select_related("owner", "promiser").order_by("due_on", "id")[:SHOWN]),
        list(customer.gifts.given()[:SHOWN]),
        list(customer.preferences.in_force()),
        customer.get_absolute_url() if user and _opens(customer, user) else "",
    )


def _opens(customer: Customer, user: User) -> bool:
    """Whether this person may read the customer's page."""
    return Customer.objects.visible_to(user).filter(pk=customer.pk).exists()
