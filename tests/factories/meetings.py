"""Meetings of the government, begun by the real action."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from tests.factories.visits import make_reception
from visits.meetings import actions
from visits.models import Meeting, Participant, Reception

OURS = "澄湖精密制造"
GUESTS = (
    {"name": "李建国", "title": "副市长", "organisation": "湖州市人民政府", "is_leader": True},
    {"name": "王敏", "title": "局长", "organisation": "市经济和信息化局"},
    {"name": "赵强", "title": "处长", "organisation": "市经济和信息化局"},
    {"name": "孙丽", "title": "科长"},
)
COLLEAGUES = "邱实、方可、梁雨"


def make_visit(cast: SimpleNamespace, at: datetime, status: str = "preparing", **over: Any) -> Reception:
    """A 政府会议 of four guests with the roster above, of us 何志远 and three more."""
    values = {
        "nature": "government", "purpose": "meeting", "customer_name": "湖州市人民政府", "headcount": 4,
        "guests": GUESTS, "companions": COLLEAGUES,
    }  # fmt: skip
    return make_reception(cast, status, at=at, **{**values, **over})


def make_meeting(cast: SimpleNamespace, at: datetime, **over: Any) -> Meeting:
    """Its plan as cast.sales began it."""
    return actions.begin(make_visit(cast, at, **over), OURS, by=cast.sales, at=at)


def fresh(meeting: Meeting) -> Meeting:
    """The plan as a page loads it."""
    return Meeting.objects.select_related("reception__department", "reception__applicant").get(pk=meeting.pk)


def sitting(meeting: Meeting) -> dict[int, str]:
    """Number of the seat → who sits there."""
    return dict(
        Participant.objects.filter(meeting=meeting, seat__isnull=False)
        .order_by("seat")
        .values_list("seat", "name")
    )


def one(meeting: Meeting, name: str) -> Participant:
    """The one of that name."""
    return meeting.people.get(name=name)
