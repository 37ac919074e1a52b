"""Guests of approved receptions, for whoever greets them at the door (C4)."""

from datetime import datetime

from reception.core.expected import Expected
from reception.core.people.models import User
from visits.requests.choices import Status
from visits.requests.models import Reception

COMING = (Status.PREPARING, Status.RECEIVING)


def guests(user: User, start: datetime, end: datetime) -> list[Expected]:
    """The roster of every approved reception in [start, end), its contact when there is no roster.

    A 涉密 reception is not named to whoever has no need to know of it. Two queries.
    """
    rows = Reception.objects.discreet_for(user).filter(
        status__in=COMING, arrive_at__lt=end, leave_at__gte=start
    )
    rows = rows.select_related("host", "applicant", "tier").prefetch_related("guests")
    return [one for row in rows.order_by("arrive_at", "pk") for one in _of(row)]


def _of(row: Reception) -> list[Expected]:
    """The people of one reception, the leading one first."""
    roster = sorted(row.guests.all(), key=lambda guest: (not guest.is_leader, guest.order, guest.pk))
    people = [(str(guest.pk), guest.name, guest.title, guest.organisation) for guest in roster]
    if not people and row.contact_name:
        people = [("0", row.contact_name, row.contact_title, "")]
    tell = tuple(person for person in (row.host, row.applicant) if person)
    assert row.arrive_at
    assert row.leave_at
    return [
        Expected(
            key=f"{row.no}-{pk}",
            source=row.no,
            name=name,
            title=title,
            company=company or row.customer_name,
            host=row.host or row.applicant,
            tell=tell,
            purpose=row.get_purpose_display() or row.subject[:40],
            arrive_at=row.arrive_at,
            leave_at=row.leave_at,
            mark=row.tier.name if row.tier else "",
        )
        for pk, name, title, company in people
    ]
