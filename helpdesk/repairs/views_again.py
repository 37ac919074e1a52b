"""返修 on an order's page: what it is the child of, its own children, and what it may be the child of (records §2.1)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from helpdesk.cases.forms import MoveForm
from helpdesk.cases.views_faces import day_hour
from helpdesk.repairs.forms import ReworkForm
from helpdesk.repairs.models import Repair
from reception.core.people.models import User
from reception.core.people.roles import Can


@dataclass(frozen=True)
class Other:
    """Another order at the place: its number, what it was, and its state or when it was done."""

    no: str
    title: str
    url: str
    meta: str


@dataclass(frozen=True)
class Again:
    """children: came of this order; maybe: done at the same place, of the same field, within 30 days before it was
    reported; form: to report it again, None where that is not this user's or not yet."""

    children: list[Other] = field(default_factory=list)
    maybe: list[Other] = field(default_factory=list)
    form: MoveForm | None = None
    bound: bool = False


def again(order: Repair, user: User, at: datetime, form: MoveForm | None = None) -> Again:
    """What the page of `order` says of 返修; one query. form: the refused one, with what was typed."""
    if not user.may(Can.VIEW_DESK):
        return Again()
    known = Repair.objects.mended(
        unit=order.unit, place=order.place, category=order.category, at=order.created_at
    )
    found = Repair.objects.filter(Q(origin=order) | Q(pk__in=known.order_by().values("pk"))).exclude(
        pk=order.pk
    )
    rows = list(found.order_by("-pk")[:12])
    children = [row for row in rows if row.origin_id == order.pk]
    may = user.may(Can.LOG_CALL)
    maybe = (
        [row for row in rows if row not in children] if may and order.is_open and not order.origin_id else []
    )
    new = ReworkForm(auto_id="id_rework_%s") if may and order.finished_at else None
    return Again(
        [Other(row.no, row.title, row.get_absolute_url(), row.get_status_display()) for row in children],
        [Other(row.no, row.title, row.get_absolute_url(), mended(row, at)) for row in maybe],
        form or new,
        form is not None,
    )


def mended(row: Repair, at: datetime) -> str:
    """昨天17:20完工."""
    return f"{day_hour(row.finished_at, at)}完工" if row.finished_at else ""
