"""Emergencies as lines: of what is open at the desk, and of 待办."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from helpdesk.cases.views_faces import day_hour, face
from helpdesk.cases.views_items import Item
from helpdesk.emergencies.choices import LIVE, Status
from helpdesk.emergencies.models import Alert, Emergency
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.todo import Todo


def open_items(at: datetime) -> list[Item]:
    """The open ones for the desk; while one is live it stands above everything. One query."""
    return [_item(one, at) for one in Emergency.objects.open().order_by("pk")]


def _item(one: Emergency, at: datetime) -> Item:
    glyph, tone = face("emergency")
    live, state = one.status in LIVE, one.get_status_display()
    came = f"{day_hour(one.created_at, at)}接报"
    return Item(
        no=one.no,
        tab="emergency",
        kind="突发",
        glyph=glyph,
        tone=tone,
        title=one.title,
        meta="·".join(filter(None, [one.place, one.reporter, came])),
        who=one.commander or one.reporter,
        url=one.get_absolute_url(),
        at=one.created_at,
        word=f"已报到第 {one.level} 级" if one.status == Status.RECEIVED else came,
        state=state,
        state_tone="late" if live else "soon",
        urgent=live,
    )


def waiting_for(user: User) -> QuerySet[Emergency]:
    """What waits for `user`: a confirmation, the desk's handling and report, a review, the leader's last word.

    Nothing, and no query, for whoever has no part in emergencies; who was told all the same reads it in the inbox.
    """
    if not user.may(Can.HANDLE_EMERGENCY):
        return Emergency.objects.none()
    mine = Alert.objects.filter(emergency=OuterRef("pk"), person=user, acknowledged_at__isnull=True)
    wanted = Q(Exists(mine), status__in=LIVE)
    if user.may(Can.LOG_CALL):
        wanted |= Q(status__in=(*LIVE, Status.CONTROLLED, Status.WRITTEN))
    if user.may(Can.REVIEW_EMERGENCY):
        wanted |= Q(status=Status.PREVENTED) & ~Q(written_by=user)
    if user.may(Can.CLOSE_EMERGENCY):
        wanted |= Q(status=Status.REVIEWED)
    return Emergency.objects.filter(wanted)


def todo_row(one: Emergency, at: datetime) -> Todo:
    """One line of 待办."""
    meta = "·".join(filter(None, [one.no, one.place, f"{day_hour(one.created_at, at)}接报"]))
    return Todo(*face("emergency"), one.title, meta, one.get_absolute_url(), state=one.get_status_display())
