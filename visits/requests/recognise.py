"""A returning customer: what was done for them before (B1, goals: a returning customer in 90 s)."""

from dataclasses import dataclass
from datetime import date

from reception.core.clock.periods import local
from reception.core.people.models import User
from visits.customers.models import Contact, Customer, tidy
from visits.requests.models import Reception

SHOWN = 5


@dataclass(frozen=True)
class Earlier:
    """One earlier reception: its number, the Shanghai day, the tier, who hosted, whom they sent."""

    no: str
    on: date
    tier: str
    host: str
    contact: str
    headcount: int


@dataclass(frozen=True)
class Recognised:
    """A known customer, the people we know there, and their last receptions, newest first."""

    customer: Customer
    contacts: tuple[Contact, ...]
    earlier: tuple[Earlier, ...]


def recognise(name: str, user: User | None = None) -> Recognised | None:
    """The customer of exactly this name (blanks aside), or None for one we never met; without the secret receptions
    that are kept from `user`."""
    customer = Customer.objects.filter(name=tidy(name)).first()
    if customer is None:
        return None
    known = Reception.objects.discreet_for(user) if user else Reception.objects.filter(secret=False)
    rows = known.approved().filter(customer=customer).select_related("tier", "host").order_by("-arrive_at")
    earlier = tuple(_earlier(row) for row in rows[:SHOWN])
    return Recognised(customer, tuple(customer.contacts.all()), earlier)


def _earlier(row: Reception) -> Earlier:
    contact = f"{row.contact_name} {row.contact_title}".strip()
    assert row.arrive_at and row.tier and row.host and row.headcount
    return Earlier(row.no, local(row.arrive_at).date(), row.tier.name, str(row.host), contact, row.headcount)
