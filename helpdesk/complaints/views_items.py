"""Complaints as lines: of what is open at the desk, and of 待办."""

from datetime import datetime

from django.db.models import Q, QuerySet

from helpdesk.cases.views_faces import day_hour, face
from helpdesk.cases.views_items import SOURCES, Item, Row, Source, columns
from helpdesk.complaints.choices import WITH_DEPARTMENT, Status
from helpdesk.complaints.models import Complaint
from helpdesk.complaints.policies import level_of
from helpdesk.complaints.queries import KIND
from reception.core.clock.models import Clock
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.templatetags.core import why_url
from reception.core.web.todo import Todo

DESK = (Status.RECEIVED, Status.CONFIRMED, Status.DONE, Status.FED_BACK)


def open_rows() -> QuerySet[Complaint]:
    """The open ones, as the desk's lines need them."""
    return columns(
        Complaint.objects.open(), KIND, sort="", said="content", place="place", person="customer",
        holder="department__name", state="status",
    )  # fmt: skip


def _line(one: Row, clock: Clock | None, at: datetime) -> Item:
    glyph, tone = face("complaint")
    late, state = bool(clock and clock.late(at)), Status(one.state).label
    return Item(
        no=one.no,
        tab="complaint",
        kind="投诉",
        glyph=glyph,
        tone=tone,
        title=one.title,
        meta="·".join(filter(None, [one.place, one.person, f"{day_hour(one.came, at)}受理"])),
        who=one.holder,
        url=f"/helpdesk/complaints/{one.no}/",
        at=one.came,
        clock=clock,
        word=state + ("，超时" if late else ""),
        state=state,
        state_tone="late" if late or one.state == Status.AGAIN else "soon",
        late=late,
    )


SOURCES[KIND] = Source(open_rows, _line)


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
        *face("complaint"),
        one.title,
        meta,
        one.get_absolute_url(),
        due,
        label,
        one.get_status_display(),
        why_url(KIND, one.pk),
    )
