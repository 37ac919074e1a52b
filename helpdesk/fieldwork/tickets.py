"""The link by which a repairer does an order without an account: a signed ticket that says whose it is and until when.

Nothing is stored for it. It ends by itself: with the hand-over it was made for (转派), with the order, with its
date, or when a new one is issued.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer, b62_decode, b62_encode
from django.urls import reverse

from helpdesk.fieldwork.choices import LINK_DAYS
from helpdesk.fieldwork.models import FieldLink
from helpdesk.repairs.choices import IN_HAND
from helpdesk.repairs.models import Repair

SALT, MOST = "helpdesk.fieldwork", 160


@dataclass(frozen=True)
class Ticket:
    """order, holder: their keys; handed: which hand-over, in milliseconds; issue: the last FieldLink's key, 0 for
    none; expires: seconds since 1970."""

    order: int
    holder: int
    handed: int
    issue: int
    expires: int

    @property
    def token(self) -> str:
        """What stands in the address."""
        numbers = (self.order, self.holder, self.handed, self.issue, self.expires)
        return _signer().sign(".".join(map(b62_encode, numbers)))

    @property
    def ends(self) -> datetime:
        """Until when it is good (aware)."""
        return datetime.fromtimestamp(self.expires, UTC)


def _signer() -> Signer:
    return Signer(salt=SALT, sep="~")


def ticket_of(order: Repair) -> Ticket:
    """The ticket of whoever has `order` in hand: always the same one until something ends it. One query."""
    assert order.handed_at and order.repairer_id
    last = order.field_links.order_by("-pk").values_list("pk", "created_at").first()
    issue, issued_at = last or (0, None)
    begins = max(filter(None, (order.handed_at, order.arrive_due_at, issued_at)))
    expires = int((begins + timedelta(days=LINK_DAYS)).timestamp())
    return Ticket(order.pk, order.repairer_id, stamp(order.handed_at), issue, expires)


def stamp(at: datetime | None) -> int:
    """A moment in whole milliseconds since 1970; 0 for none."""
    return round(at.timestamp() * 1000) if at else 0


def read(token: str) -> Ticket | None:
    """The ticket in `token`; None for one that this house did not sign."""
    if len(token) > MOST or not token.isascii():
        return None
    try:
        return Ticket(*map(b62_decode, _signer().unsign(token).split(".")))
    except (BadSignature, ValueError, TypeError):
        return None


def issue_of(ticket: Ticket) -> int:
    """The newest issue of the order's link."""
    rows = FieldLink.objects.filter(repair=ticket.order).order_by("-pk").values_list("pk", flat=True)
    return rows.first() or 0


def address(order: Repair) -> str:
    """Where the notice of an order leads: to the link while it is in hand, else to its page."""
    if order.status not in IN_HAND or not order.repairer_id or not order.handed_at:
        return order.get_absolute_url()
    return reverse("helpdesk:field_link", args=[ticket_of(order).token])
