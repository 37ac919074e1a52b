"""Collective reports as lines: of what is open at the desk, and of 待办."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from helpdesk.cases.views_faces import day_hour, face
from helpdesk.cases.views_items import SOURCES, Item, Row, Source, columns
from helpdesk.collective.choices import Status
from helpdesk.collective.models import Collective
from helpdesk.collective.queries import KIND
from reception.core.clock.models import Clock
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.todo import Todo


def _words(*parts: Any) -> Concat:
    return Concat(*parts, output_field=CharField())


def open_rows() -> QuerySet[Collective]:
    """The open ones, as the desk's lines need them."""
    size, called = Cast(F("size"), CharField()), Cast(F("called"), CharField())
    rows = Collective.objects.open().annotate(
        i_title=_words(F("building__name"), Value(" "), F("word"), Value(" 已有 "), size, Value(" 户反映")),
        i_called=_words(Value("已回访 "), called, Value("/"), size),
    )
    return columns(
        rows, KIND, sort="", said="i_title", place="building__name", person="", holder="i_called", state="status"
    )  # fmt: skip


def _line(one: Row, clock: Clock | None, at: datetime) -> Item:
    glyph, tone = face("collective")
    proposed, state = one.state == Status.PROPOSED, Status(one.state).label
    late = bool(clock and clock.late(at))
    return Item(
        no=one.no,
        tab="emergency",
        kind="集体反映",
        glyph=glyph,
        tone=tone,
        title=one.said,
        meta="是否立为重要问题？" if proposed else f"{one.holder} 户",
        who="" if proposed else one.holder,
        url=f"/helpdesk/collective/{one.no}/",
        at=one.came,
        clock=clock,
        word=f"{day_hour(one.came, at)}提出" if proposed else one.holder + ("，超时" if late else ""),
        state=state,
        state_tone="late" if proposed or late else "soon",
        urgent=proposed,
        late=late,
    )


SOURCES[KIND] = Source(open_rows, _line)


def waiting_for(user: User) -> QuerySet[Collective]:
    """What waits for the desk and the manager: a decision, or households to call back."""
    rows = Collective.objects.open().select_related("building")
    return rows if user.may(Can.CLOSE_CASE) else rows.none()


def todo_row(one: Collective, at: datetime) -> Todo:
    """One line of 待办."""
    meta = f"{one.no}·" + (
        f"{day_hour(one.created_at, at)}提出"
        if one.status == Status.PROPOSED
        else f"已回访 {one.called}/{one.size} 户"
    )
    return Todo(*face("collective"), one.title, meta, one.get_absolute_url(), state=one.get_status_display())
