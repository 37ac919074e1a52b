"""What happened around a unit: calls, repairs, complaints, enquiries, other matters, newest first, in one query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from helpdesk.cases.views_faces import face
from helpdesk.complaints.choices import Status as ComplaintStatus
from helpdesk.complaints.models import Complaint
from helpdesk.directory.models import Unit
from helpdesk.enquiries.choices import Status as EnquiryStatus
from helpdesk.enquiries.models import Enquiry
from helpdesk.matters.choices import Status as MatterStatus
from helpdesk.matters.models import Matter
from helpdesk.repairs.choices import Status as RepairStatus
from helpdesk.repairs.models import Repair

MOST = 30
LED = ("converted", "led_on")  # states of a call that became something else
# kind → where its page is, its states in words, its name
KINDS: dict[str, tuple[str, dict[str, str], str]] = {
    "repair": ("repairs", dict(RepairStatus.choices), "报修"),
    "complaint": ("complaints", dict(ComplaintStatus.choices), "投诉"),
    "enquiry": ("enquiries", dict(EnquiryStatus.choices), "查询"),
    "help": ("matters", dict(MatterStatus.choices), "其他"),
}


@dataclass(frozen=True)
class Line:
    """One record: its tile, what it was, when, where it stands, its page."""

    glyph: str
    tone: str
    kind: str
    no: str
    text: str
    at: datetime
    state: str
    url: str


def history(unit: Unit) -> list[Line]:
    """The newest MOST records of the unit, for whoever may read the desk's records. One query."""
    here = Q(place=unit.label) | Q(place__startswith=f"{unit.label} ")
    rows = [
        _plain(Repair.objects.filter(unit=unit), "repair"), _plain(Complaint.objects.filter(here), "complaint"),
        _plain(Enquiry.objects.filter(here | Q(call__unit=unit)), "enquiry"),
        _plain(Matter.objects.filter(here), "help"),
    ]  # fmt: skip
    # What a call became stands by itself; a call that became nothing else is a line of its own.
    calls: Any = unit.calls
    first = (
        calls.exclude(status__in=LED)
        .filter(enquiries__isnull=True)
        .annotate(
            which=Cast(F("kind"), CharField()), moment=F("recorded_at"), stands=Cast(F("status"), CharField())
        )
    )
    union = first.values_list("which", "no", "content", "moment", "stands").order_by()
    for one in rows:
        union = union.union(one, all=True)
    return [_line(unit, *row) for row in union.order_by("-moment", "-no")[:MOST]]


def _plain(rows: QuerySet[Any], kind: str) -> Any:
    """The columns of a union."""
    rows = rows.annotate(
        which=Value(f"/{kind}", CharField()), moment=F("created_at"), stands=Cast(F("status"), CharField())
    )
    return rows.values_list("which", "no", "content", "moment", "stands").order_by()


def _line(unit: Unit, which: str, no: str, text: str, at: datetime, status: str) -> Line:
    kind = which.removeprefix("/")
    if kind == which:
        calls: Any = unit.calls
        states = dict(calls.model._meta.get_field("status").choices)
        return Line(*face(kind), "来电", no, text, at, states.get(status, status), f"/helpdesk/calls/{no}/")
    path, states, name = KINDS[kind]
    return Line(*face(kind), name, no, text, at, states.get(status, status), f"/helpdesk/{path}/{no}/")
