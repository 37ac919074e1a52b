"""What waits for one person at the service desk, as rows of 待办."""

from datetime import datetime

from django.db.models import Q, QuerySet

from helpdesk.cases.views_faces import day_hour, face
from helpdesk.collective.views_items import todo_row as collective_row
from helpdesk.collective.views_items import waiting_for as collectives_for
from helpdesk.complaints.views_items import todo_row as complaint_row
from helpdesk.complaints.views_items import waiting_for as complaints_for
from helpdesk.daybook.views_items import todo_row as day_row
from helpdesk.daybook.views_items import waiting_for as days_for
from helpdesk.emergencies.views_items import todo_row as emergency_row
from helpdesk.emergencies.views_items import waiting_for as emergencies_for
from helpdesk.enquiries.views_items import todo_row as enquiry_row
from helpdesk.enquiries.views_items import waiting_for as enquiries_for
from helpdesk.handed.views_items import todo_row as report_row
from helpdesk.handed.views_items import waiting_for as reports_for
from helpdesk.log.choices import Status as CallStatus
from helpdesk.log.models import Call
from helpdesk.log.queries import SUBJECT as CALL
from helpdesk.matters.views_items import todo_row as matter_row
from helpdesk.matters.views_items import waiting_for as matters_for
from helpdesk.repairs.choices import DONE, IN_HAND, NOT_THERE, Status
from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import KIND as ORDER
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.templatetags.core import why_url
from reception.core.web.counting import counted
from reception.core.web.todo import Todo

LIMIT = 50


def _orders(user: User, at: datetime) -> QuerySet[Repair]:
    """Orders that wait for `user`: a repairer's own, what the desk must send, collect or close, a manager's late ones."""
    wanted = Q()
    if user.may(Can.DO_REPAIR):
        wanted |= Q(repairer=user, status__in=IN_HAND)
    if user.may(Can.DISPATCH_REPAIR):
        wanted |= Q(status=Status.WAITING)
    if user.may(Can.RECEIVE_SLIP):
        wanted |= Q(status__in=DONE)
    if user.may(Can.FORCE_CLOSE):
        wanted |= Q(status__in=NOT_THERE, arrived_at__isnull=True, arrive_due_at__lt=at)
    return Repair.objects.filter(wanted) if wanted else Repair.objects.none()


def _calls(user: User, at: datetime) -> QuerySet[Call]:
    """Calls that wait for an answer or an action: whoever may close a case sees them."""
    return Call.objects.filter(status=CallStatus.OPEN) if user.may(Can.CLOSE_CASE) else Call.objects.none()


def todo(user: User, at: datetime) -> list[Todo]:
    """The rows for `user` at `at`, most urgent first."""
    rows = [
        _order(order, at)
        for order in _orders(user, at).select_related("unit").order_by("arrive_due_at", "pk")[:LIMIT]
    ]
    rows += [
        _call(call, at)
        for call in _calls(user, at).select_related("unit").order_by("reply_due_at", "pk")[:LIMIT]
    ]
    said = complaints_for(user).order_by("pk")[:LIMIT]
    rows += [complaint_row(one, at) for one in said]
    rows += [matter_row(one, at) for one in matters_for(user).order_by("pk")[:LIMIT]]
    asked = enquiries_for(user).order_by("reply_due_at", "pk")[:LIMIT]
    rows += [enquiry_row(one, at) for one in asked]
    many = [collective_row(one, at) for one in collectives_for(user).order_by("pk")[:LIMIT]]
    alarms = [emergency_row(one, at) for one in emergencies_for(user).order_by("pk")[:LIMIT]]
    rows += [day_row(one) for one in days_for(user).order_by("pk")[:LIMIT]]
    handed = reports_for(user).select_related("created_by")
    rows += [report_row(one) for one in handed.order_by("pk")[:LIMIT]]
    return alarms + many + sorted(rows, key=lambda row: (row.due_at is None, row.due_at or at))


def waiting(user: User, at: datetime) -> list[QuerySet]:
    """What `todo` lists, as querysets to be counted."""
    return [
        emergencies_for(user),
        complaints_for(user),
        matters_for(user),
        enquiries_for(user),
        collectives_for(user),
        days_for(user),
        reports_for(user),
        _orders(user, at),
        _calls(user, at),
    ]


def todo_count(user: User, at: datetime) -> int:
    """How many rows `todo` has (before its limit); one query."""
    return counted(waiting(user, at))[0]


def _order(order: Repair, at: datetime) -> Todo:
    glyph, tone = face("repair")
    waits = order.status in NOT_THERE and order.arrived_at is None
    due = order.arrive_due_at if waits else None
    label = f"{day_hour(due, at)}{'约定' if order.agreed else '前到场'}" if due else ""
    return Todo(
        glyph,
        tone,
        order.title,
        f"{order.no}·{order.place}",
        order.get_absolute_url(),
        due,
        label,
        order.get_status_display(),
        why_url(ORDER, order.pk) if order.dispatched_at else "",
    )


def _call(call: Call, at: datetime) -> Todo:
    glyph, tone = face(call.kind)
    due = call.reply_due_at
    label = f"{day_hour(due, at)}前回复" if due else ""
    return Todo(
        glyph,
        tone,
        call.title,
        f"{call.no}·{call.caller_name}{call.caller_title}",
        call.get_absolute_url(),
        due,
        label,
        call.get_status_display(),
        why_url(CALL, call.pk),
    )
