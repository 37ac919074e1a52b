"""What a person began and did at the desk: the other segments of 待办."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from helpdesk.cases.views_faces import face
from helpdesk.enquiries.models import Enquiry
from helpdesk.log.models import Call
from helpdesk.matters.models import Matter
from helpdesk.repairs.models import Repair
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.merging import Source
from reception.core.web.todo import Todo

KINDS = ("helpdesk.call", "helpdesk.repair", "helpdesk.matter", "helpdesk.enquiry")
BY_KIND = ("helpdesk.call", "helpdesk.matter")  # their tile says what kind they are


def started(user: User) -> list[Source]:
    """我发起的: calls and repair orders that `user` wrote down."""
    if not user.may(Can.VIEW_DESK):
        return []
    calls, orders = Call.objects.filter(recorder=user), Repair.objects.filter(created_by=user)
    others = Matter.objects.filter(created_by=user)
    return [
        Source(calls, "recorded_at", lambda row: _line(face(row.kind), row, row.caller_name)),
        Source(orders, "created_at", lambda row: _line(face("repair"), row, row.place)),
        Source(others, "created_at", lambda row: _line(face(row.kind), row, row.reporter)),
    ]


def under_way(user: User) -> list[QuerySet]:
    """The calls that are not over; the orders are the desk's, and stand in 待我办."""
    return [Call.objects.filter(recorder=user).open()] if user.may(Can.VIEW_DESK) else []


def titles(user: User, at: datetime, kinds: dict[str, set[int]]) -> dict[tuple[str, int], Todo]:
    """(kind, id) → a line without state for what of the ledger's subjects `user` may see; one query a kind."""
    found: dict[tuple[str, int], Todo] = {}
    tables: tuple[Any, ...] = (Call, Repair, Matter, Enquiry)
    for kind, table in zip(KINDS, tables, strict=True):
        if ids := kinds.get(kind):
            for row in table.objects.visible_to(user).filter(pk__in=ids):
                mark = face(getattr(row, "kind", "") if kind in BY_KIND else kind.rpartition(".")[2])
                found[kind, row.pk] = Todo(*mark, row.title, row.no, row.get_absolute_url())
    return found


def _line(mark: tuple[str, str], row: Call | Repair | Matter, who: str) -> Todo:
    return Todo(*mark, row.title, f"{row.no}·{who}", row.get_absolute_url(), state=row.get_status_display())
