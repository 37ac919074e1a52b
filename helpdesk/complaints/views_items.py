"""Complaints as lines: of what is open at the desk, and of 待办."""

from datetime import datetime

from django.db.models import Q, QuerySet

from helpdesk.cases.views_faces import day_hour, face
from helpdesk.cases.views_items import Item
from helpdesk.complaints.choices import WITH_DEPARTMENT, Status
from helpdesk.complaints.models import Complaint
from helpdesk.complaints.policies import level_of
from reception.core.clock.models import Clock
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.todo import Todo

DESK = (Status.RECEIVED, Status.CONFIRMED, Status.DONE, Status.FED_BACK)


def open_items(clocks: dict[tuple[str, int], Clock], kind: str, at: datetime) -> list[Item]:
    """The open ones for the desk, with their running clocks (by kind and id). One query."""
    rows = Complaint.objects.open().select_related("department").order_by("pk")
    return [_item(one, clocks.get((kind, one.pk)), at) for one in rows]


def _item(one: Complaint, clock: Clock | None, at: datetime) -> Item:
    glyph, tone = face("complaint")
    late = bool(clock and clock.late(at))
    return Item(
        no=one.no,
        tab="complaint",
        kind="投诉",
        glyph=glyph,
        tone=tone,
        title=one.title,
        meta="·".join(filter(None, [one.place, one.customer, f"{day_hour(one.created_at, at)}受理"])),
        who=str(one.department or ""),
        url=one.get_absolute_url(),
        at=one.created_at,
        clock=clock,
        word=one.get_status_display() + ("，超时" if late else ""),
        state=one.get_status_display(),
        state_tone="late" if late or one.status == Status.AGAIN else "soon",
        late=late,
    )


def waiting_for(user: User) -> QuerySet[Complaint]:
    """What waits for `user`: the desk's own steps, a signature at one's level, one's department's work."""
    wanted = Q(department__isnull=False, department_id=user.department_id, status__in=WITH_DEPARTMENT)
    if user.may(Can.CLOSE_CASE):
        wanted |= Q(status__in=DESK)
    if user.may(Can.CONFIRM_COMPLAINT):
        wanted |= Q(status__in=(Status.VERIFIED, Status.AGAIN), level=level_of(user))
    rows = Complaint.objects.filter(wanted)
    if user.department_id is None and not user.may(Can.CLOSE_CASE) and not user.may(Can.CONFIRM_COMPLAINT):
        return rows.none()
    return rows.filter(Q(against_person__isnull=True) | ~Q(against_person=user))


def todo_row(one: Complaint, at: datetime) -> Todo:
    """One line of 待办."""
    due = one.handle_due_at if one.status in WITH_DEPARTMENT else None
    label = f"{day_hour(due, at)}前处理" if due else ""
    meta = "·".join(filter(None, [one.no, one.place, one.customer]))
    return Todo(
        *face("complaint"), one.title, meta, one.get_absolute_url(), due, label, one.get_status_display()
    )
