"""Who is free to go: the suggestion at the desk, and the choice when the desk leaves it to the house."""

from collections import Counter

from helpdesk.repairs.choices import IN_HAND
from helpdesk.repairs.models import Repair
from reception.core.people.models import User


def free_hand(trade: str) -> User | None:
    """The repairer of the 班组 `trade` (of any, when it has none) with the fewest orders in hand; None without repairers."""
    busy = Counter(Repair.objects.filter(status__in=IN_HAND).values_list("repairer_id", flat=True))
    people = list(User.objects.in_role("repairer"))
    fit = [person for person in people if trade and person.trade == trade] or people
    return min(fit, key=lambda person: (busy[person.pk], person.pk), default=None)
