"""Who may write the plan of a meeting, and what a good one is (B2a)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.people.models import User
from visits.itinerary.policies import LIVE, keeps
from visits.meetings.choices import Layout, Side, has_meeting
from visits.meetings.models import LEAST, MOST, AgendaRow, Meeting, Participant

Rows = Sequence[Mapping[str, Any]]
MOST_ROWS = 60
FRONT = 15  # a stage of more is none


def may_write(reception: Any, user: User) -> bool:
    """Whether `user` may write the plan now."""
    return reception.status in LIVE and has_meeting(reception) and keeps(reception, user)


def check_writes(reception: Any, user: User) -> None:
    """Raises Refused (forbidden, state)."""
    if not keeps(reception, user):
        raise Refused("forbidden", f"会议方案由责任部门{reception.department}或接待经理编排，请联系经办人{reception.applicant}。（B2a）")  # fmt: skip
    if not has_meeting(reception):
        raise Refused("state", f"{reception} 不是政府会议，目的也不是会议，不用拟会议方案。（B2a）")
    if reception.status not in LIVE:
        raise Refused("state", f"{reception} 现在是“{reception.get_status_display()}”，会议方案不能再改。")


def check_hours(reception: Any, start: datetime, end: datetime) -> None:
    """Raises Refused("invalid") when the meeting does not lie within the visit."""
    if end <= start:
        raise Refused("invalid", f"会议结束要晚于开始 {local(start):%H:%M}。", field="end")
    if start < reception.arrive_at or end > reception.leave_at:
        inside = f"{local(reception.arrive_at):%m月%d日 %H:%M} 至 {local(reception.leave_at):%m月%d日 %H:%M}"
        raise Refused("invalid", f"会议时间不在来访时间（{inside}）里。改会议时间，或走“变更”改来访日期。", field="start")  # fmt: skip


def check_agenda(rows: Rows) -> None:
    """Every row whole, and no two at once. Raises Refused("missing", "invalid")."""
    if len(rows) > MOST_ROWS:
        raise Refused("invalid", f"议程最多 {MOST_ROWS} 行，现在有 {len(rows)} 行，请合并一些。")
    ordered = sorted(rows, key=lambda row: (row["start"], row["end"]))
    for row in ordered:
        if not str(row["topic"]).strip():
            raise Refused("missing", "议程里有一行没有写议题，请补上或删去这一行。")
        if row["end"] <= row["start"]:
            raise Refused(
                "invalid", f"“{row['topic']}”的结束时间要晚于开始时间 {local(row['start']):%H:%M}。"
            )
    for one, other in pairwise(ordered):
        if other["start"] < one["end"]:
            raise Refused("invalid", f"“{one['topic']}”{span(one)} 与“{other['topic']}”{span(other)} 时间冲突，请错开。")  # fmt: skip


def span(row: Any) -> str:
    """10:00–11:30 of a row, in Shanghai."""
    start, end = (row["start"], row["end"]) if isinstance(row, Mapping) else (row.start, row.end)
    return f"{local(start):%H:%M}–{local(end):%H:%M}"


def check_people(rows: Rows) -> None:
    """Everybody has a name, and nobody stands twice on a side. Raises Refused("missing", "invalid")."""
    if len(rows) > MOST:
        raise Refused("invalid", f"参会名单最多 {MOST} 人，现在有 {len(rows)} 人。")
    seen = set()
    for row in rows:
        if not str(row["name"]).strip():
            raise Refused("missing", "参会名单里有一行没有写姓名，请补上或删去这一行。")
        key = (row["side"], row["name"], row.get("organisation") or "", row.get("title") or "")
        if key in seen:
            raise Refused("invalid", f"{row['name']}在{Side(row['side']).label}名单里有两行，请删去一行。")
        seen.add(key)


def check_gone(gone: Iterable[Participant]) -> None:
    """Who still speaks cannot leave the list. Raises Refused("invalid")."""
    row = AgendaRow.objects.filter(speaker__in=[one.pk for one in gone]).select_related("speaker").first()
    if row and row.speaker:
        raise Refused("invalid", f"{row.speaker.name}在议程里有发言（{span(row)} {row.topic}），请先在议程里改发言人，再从名单删去。")  # fmt: skip


def check_room(layout: str, seats: int, front: int) -> None:
    """Raises Refused("invalid") for a room that cannot be."""
    if not LEAST <= seats <= MOST:
        raise Refused("invalid", f"座位数要填 {LEAST} 到 {MOST} 的整数。", field="seats")
    if layout == Layout.STAGE and not 1 <= front <= min(seats, FRONT):
        raise Refused("invalid", f"主席台人数要填 1 到 {min(seats, FRONT)} 的整数。", field="front")


def findings(meeting: Meeting, agenda: Sequence[AgendaRow], people: Sequence[Participant]) -> list[str]:
    """What is wrong with the plan as it stands, one sentence each; nothing here forbids anything."""
    return [*_hours(meeting, agenda), *_speeches(agenda), *_gaps(agenda), *_seats(people)]


def _hours(meeting: Meeting, agenda: Sequence[AgendaRow]) -> list[str]:
    inside = f"{local(meeting.start):%H:%M}–{local(meeting.end):%H:%M}"
    out = [row for row in agenda if row.start < meeting.start or row.end > meeting.end]
    return [f"“{row.topic}”{span(row)} 不在会议时间 {inside} 里。" for row in out]


def _speeches(agenda: Sequence[AgendaRow]) -> list[str]:
    rows = [(row, int((row.end - row.start).total_seconds() // 60)) for row in agenda if row.minutes]
    return [
        f"“{row.topic}”只有 {length} 分钟，{row.speaker.name if row.speaker else '发言'}要讲 {row.minutes} 分钟，超 {row.minutes - length} 分钟。"
        for row, length in rows if row.minutes and row.minutes > length
    ]  # fmt: skip


def _gaps(agenda: Sequence[AgendaRow]) -> list[str]:
    pairs = [(one, other) for one, other in pairwise(agenda) if other.start > one.end]
    return [
        f"“{one.topic}”与“{other.topic}”之间空 {int((other.start - one.end).total_seconds() // 60)} 分钟。"
        for one, other in pairs
    ]


def _seats(people: Sequence[Participant]) -> list[str]:
    standing = [one.name for one in people if one.seat is None]
    if not standing:
        return []
    return [
        f"还有 {len(standing)} 人没有座位：{'、'.join(standing[:6])}{'等' if len(standing) > 6 else ''}。"
    ]
