"""Enquiries as lines: of what is open at the desk, and of 待办."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from helpdesk.cases.views_faces import day_hour, face
from helpdesk.cases.views_items import Item
from helpdesk.enquiries.choices import AT_DESK, OPEN, PROMISED, WITH_SPECIALIST, Status
from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.queries import KIND
from reception.core.clock.models import Clock
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.templatetags.core import why_url
from reception.core.web.todo import Todo

SOON = timedelta(minutes=5)
# What the line needs of the open enquiry of a call, read with the call itself: no query of its own.
COLUMNS = (
    "pk",
    "no",
    "status",
    "customer",
    "reply_due_at",
    "contact",
    "attempts",
    "specialist__name",
    "taken_by__name",
)


def with_enquiry(calls: QuerySet[Any]) -> QuerySet[Any]:
    """`calls` with the columns of their open enquiry as cx_…; None where there is none."""
    live = FilteredRelation("enquiries", condition=Q(enquiries__status__in=OPEN))
    return calls.annotate(cx=live).annotate(**{f"cx_{name}": F(f"cx__{name}") for name in COLUMNS})


def call_item(call: Any, clock: Clock | None, at: datetime) -> Item:
    """The line of the open enquiry of a call that came `with_enquiry`; due, it rings at the top."""
    glyph, tone = face("enquiry")
    status, promised = Status(call.cx_status), call.cx_status in PROMISED
    late = bool(clock and clock.late(at))
    ringing = bool(promised and clock and clock.due_at - SOON <= at)
    due = f"{day_hour(clock.due_at, at)}前{'回电' if promised else '答复'}" if clock else ""
    tried = f"没打通{call.cx_attempts}次" if call.cx_attempts else ""
    word = "该回电了" if ringing else "超时未答复" if late else due
    return Item(
        no=call.cx_no,
        tab="reply",
        kind="查询",
        glyph=glyph,
        tone=tone,
        title=f"回电：{call.title}" if promised else call.title,
        meta="·".join(
            filter(
                None, [call.place or call.company, call.cx_customer, call.cx_contact or call.number, tried]
            )
        ),
        who=call.cx_specialist__name
        if status in WITH_SPECIALIST
        else call.cx_taken_by__name or call.recorder_name,
        url=f"/helpdesk/enquiries/{call.cx_no}/",
        at=call.recorded_at,
        clock=clock,
        word=word,
        state=status.label,
        state_tone="late" if late else "soon",
        late=late,
        ringing=ringing,
    )


def waiting_for(user: User) -> QuerySet[Enquiry]:
    """What waits for `user`: the desk's own steps, and what was handed to one as a specialist."""
    wanted = Q(specialist=user, status__in=WITH_SPECIALIST)
    if user.may(Can.CLOSE_CASE):
        wanted |= Q(status__in=AT_DESK)
    return Enquiry.objects.filter(wanted)


def todo_row(one: Enquiry, at: datetime) -> Todo:
    """One line of 待办."""
    due = one.reply_due_at if one.status in PROMISED else None
    label = f"{day_hour(due, at)}前回电" if due else ""
    meta = "·".join(filter(None, [one.no, one.place or one.company, one.customer]))
    return Todo(
        *face("enquiry"),
        one.title,
        meta,
        one.get_absolute_url(),
        due,
        label,
        one.get_status_display(),
        why_url(KIND, one.pk),
    )
