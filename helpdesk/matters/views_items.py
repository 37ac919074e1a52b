"""Matters as lines: of what is open at the desk, and of 待办."""

from datetime import datetime

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from helpdesk.cases.views_faces import day_hour, face
from helpdesk.cases.views_items import SOURCES, Item, Row, Source, columns
from helpdesk.matters.choices import CHARGED, NEW, Kind, Status
from helpdesk.matters.models import Matter
from helpdesk.matters.queries import KIND, charged_with
from reception.core.clock.models import Clock
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.todo import Todo

DESK = (*NEW, Status.DONE, Status.FED_BACK)


def open_rows() -> QuerySet[Matter]:
    """The open ones, as the desk's lines need them."""
    rows = Matter.objects.open().annotate(
        has_it=Coalesce(F("worker__name"), F("department__name"), Value(""))
    )
    return columns(
        rows, KIND, sort="kind", said="content", place="place", person="reporter", holder="has_it", state="status"
    )  # fmt: skip


def _line(one: Row, clock: Clock | None, at: datetime) -> Item:
    glyph, tone = face(one.sort)
    late, state = bool(clock and clock.late(at)), Status(one.state).label
    return Item(
        no=one.no,
        tab="other",
        kind=Kind(one.sort).label,
        glyph=glyph,
        tone=tone,
        title=one.title,
        meta="·".join(filter(None, [one.place, one.person, f"{day_hour(one.came, at)}登记"])),
        who=one.holder,
        url=f"/helpdesk/matters/{one.no}/",
        at=one.came,
        clock=clock,
        word=state + ("，超时" if late else "") if clock else "请关闭",
        state=state,
        state_tone="late" if late or one.state == Status.RETURNED else "soon",
        late=late,
    )


SOURCES[KIND] = Source(open_rows, _line)


def waiting_for(user: User) -> QuerySet[Matter]:
    """What waits for `user`: the desk's own steps, and what they or their department were given."""
    wanted = charged_with(user) & Q(status__in=CHARGED)
    if user.may(Can.CLOSE_CASE):
        wanted |= Q(status__in=DESK)
    return Matter.objects.filter(wanted)


def todo_row(one: Matter, at: datetime) -> Todo:
    """One line of 待办."""
    due = one.due_at if one.status in CHARGED else None
    label = f"{day_hour(due, at)}前办结" if due else ""
    meta = "·".join(filter(None, [one.no, one.place, one.reporter]))
    return Todo(
        *face(one.kind), one.title, meta, one.get_absolute_url(), due, label, one.get_status_display()
    )
