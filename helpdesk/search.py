"""Finding a record of the service desk from one box: number, room, name, telephone, words."""

from datetime import datetime

from helpdesk.cases.views_faces import face
from helpdesk.cases.views_filter import words
from helpdesk.complaints.models import Complaint
from helpdesk.complaints.views_list import FIELDS as COMPLAINT_FIELDS
from helpdesk.emergencies.models import Emergency
from helpdesk.emergencies.views_list import FIELDS as EMERGENCY_FIELDS
from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.views_list import FIELDS as ENQUIRY_FIELDS
from helpdesk.log.models import Call
from helpdesk.log.views_list import FIELDS as CALL_FIELDS
from helpdesk.matters.models import Matter
from helpdesk.matters.views_list import FIELDS as MATTER_FIELDS
from helpdesk.repairs.models import Repair
from helpdesk.repairs.views_list import FIELDS as ORDER_FIELDS
from helpdesk.repairs.views_scope import mine_or_all
from helpdesk.visitors.models import Visitor
from helpdesk.visitors.views_list import FIELDS as VISITOR_FIELDS
from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.todo import Todo


def search(user: User, q: str, limit: int) -> list[Todo]:
    """At most `limit` orders, calls and cases that fit `q` and that `user` may see, newest first."""
    q = q.strip()[:60]
    if not q:
        return []
    found: list[tuple[datetime, Todo]] = []
    if user.may(Can.VIEW_DESK) or user.may(Can.DO_REPAIR):
        orders = words(mine_or_all(user), q, ORDER_FIELDS, "phone").order_by("-created_at", "-pk")[:limit]
        found += [(row.created_at, _found(row, "repair", row.created_at)) for row in orders]
    if user.may(Can.VIEW_DESK):
        calls = words(Call.objects.all(), q, CALL_FIELDS, "number").order_by("-recorded_at", "-pk")[:limit]
        found += [(row.recorded_at, _found(row, row.kind, row.recorded_at)) for row in calls]
    if user.may(Can.VIEW_DESK) or user.may(Can.HANDLE_EMERGENCY):
        events = words(Emergency.objects.visible_to(user), q, EMERGENCY_FIELDS, "phone")
        rows = events.order_by("-created_at", "-pk")[:limit]
        found += [(row.created_at, _found(row, "emergency", row.created_at)) for row in rows]
        said = words(Complaint.objects.visible_to(user), q, COMPLAINT_FIELDS, "phone")
        cases = said.order_by("-created_at", "-pk")[:limit]
        found += [(row.created_at, _found(row, "complaint", row.created_at)) for row in cases]
    asked = words(Enquiry.objects.visible_to(user), q, ENQUIRY_FIELDS, "phone")
    rows = asked.order_by("-created_at", "-pk")[:limit]
    found += [(row.created_at, _found(row, "enquiry", row.created_at)) for row in rows]
    if user.may(Can.VIEW_DESK):
        found += [(row.created_at, _visitor(row)) for row in visitors(q, limit)]
        others = words(Matter.objects.all(), q, MATTER_FIELDS, "phone").order_by("-created_at", "-pk")[:limit]
        found += [(row.created_at, _found(row, row.kind, row.created_at)) for row in others]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [row for _, row in found[:limit]]


def visitors(q: str, limit: int) -> list[Visitor]:
    """Visitors by number, name, company, host, plate or badge."""
    rows = words(
        Visitor.objects.select_related("host", "department"), q.replace("-", " "), VISITOR_FIELDS, "phone"
    )
    return list(rows.order_by("-created_at", "-pk")[:limit])


def _visitor(row: Visitor) -> Todo:
    """One line of the result."""
    meta = f"{row.no}·找{row.to_whom}·{local(row.created_at):%m-%d %H:%M}"
    return Todo(*face("visitor"), row.label, meta, row.get_absolute_url(), state=row.get_status_display())


def _found(row: Repair | Call | Emergency | Complaint | Matter | Enquiry, kind: str, at: datetime) -> Todo:
    """One line of the result."""
    meta = f"{row.no}·{row.place}·{local(at):%m-%d %H:%M}"
    return Todo(*face(kind), row.title, meta, row.get_absolute_url(), state=row.get_status_display())
