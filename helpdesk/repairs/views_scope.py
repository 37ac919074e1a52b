"""Which orders a person may see, with everything that a page shows of them."""

from django.db.models import QuerySet

from helpdesk.repairs.models import Repair
from reception.core.people.models import User
from reception.core.people.roles import Can

PARTS = (
    "unit",
    "category__parent",
    "repairer",
    "call",
    "created_by",
    "acknowledged_by",
    "signed_by",
    "received_by",
    "slip_by",
    "origin",
    "void_by",
)


def mine_or_all(user: User) -> QuerySet[Repair]:
    """The desk's readers see every order, a repairer the own ones and what waits for the own trade."""
    return Repair.objects.visible_to(user).select_related(*PARTS)


def sees_phone(order: Repair, user: User) -> bool:
    """The telephone number is for the desk and for the repairer who goes there."""
    return user.may(Can.VIEW_DESK) or order.repairer_id == user.pk
