"""Who may write the itinerary, and what a good one is (A3.2, A5.2)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.itinerary.choices import TRAVEL

Rows = Sequence[Mapping[str, Any]]
LIVE = ("preparing", "receiving")
# How far from the visit a journey to or from us may lie.
WAY = timedelta(hours=12)
MOST = 80


def keeps(reception: Any, user: User) -> bool:
    """The responsible department, the applicant, and those who run every reception (A3.2)."""
    if reception.applicant_id == user.pk:
        return True
    if not user.may(Can.RUN_RECEPTION):
        return False
    return user.may(Can.VIEW_RECEPTIONS) or user.department_id == reception.department_id


def check_live(reception: Any) -> None:
    """Raises Refused("state") when it is neither prepared nor under way."""
    if reception.status not in LIVE:
        raise Refused("state", f"{reception} 现在是“{reception.get_status_display()}”，日程不能再改。")


def check_keeps(reception: Any, user: User) -> None:
    """Raises Refused (forbidden, state)."""
    if not keeps(reception, user):
        raise Refused("forbidden", f"日程由责任部门{reception.department}或接待经理编排，请联系经办人{reception.applicant}。（A3.2）")  # fmt: skip
    check_live(reception)


def check_shifts(reception: Any, user: User) -> None:
    """On the day the host may call it too. Raises Refused (forbidden, state)."""
    if reception.host_id != user.pk:
        check_keeps(reception, user)
    check_live(reception)


def check_rows(reception: Any, rows: Rows) -> None:
    """Every row whole, inside the visit, and no two at once. Raises Refused("missing", "invalid")."""
    if len(rows) > MOST:
        raise Refused("invalid", f"日程最多 {MOST} 行，现在有 {len(rows)} 行，请合并一些。")
    for row in rows:
        _check_row(reception, row)
    ordered = sorted(rows, key=lambda row: (row["start"], row["end"]))
    for number, row in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if overlap(row, other):
                raise Refused("invalid", f"“{row['what']}”{clock(row)} 与“{other['what']}”{clock(other)} 重叠，请错开，或在其中一行勾选“可同时进行”。")  # fmt: skip


def overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows stand at the same time and neither may."""
    if one.get("parallel") or other.get("parallel"):
        return False
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def _check_row(reception: Any, row: Mapping[str, Any]) -> None:
    if not str(row.get("what", "")).strip():
        raise Refused("missing", "日程里有一行没有写事项，请补上或删去这一行。")
    if row["end"] <= row["start"]:
        raise Refused("invalid", f"“{row['what']}”的结束时间要晚于开始时间 {local(row['start']):%H:%M}。")
    slack = WAY if row.get("kind") in TRAVEL else timedelta()
    if row["start"] < reception.arrive_at - slack or row["end"] > reception.leave_at + slack:
        inside = f"{local(reception.arrive_at):%m月%d日 %H:%M} 至 {local(reception.leave_at):%m月%d日 %H:%M}"
        raise Refused("invalid", f"“{row['what']}”{clock(row)} 不在来访时间（{inside}）里。改时间，或走“变更”改来访日期；接站、送站可以在外面。")  # fmt: skip


def clock(row: Mapping[str, Any]) -> str:
    """10月31日 10:00–11:30."""
    start: datetime = local(row["start"])
    return f"{start.month}月{start.day}日 {start:%H:%M}–{local(row['end']):%H:%M}"
