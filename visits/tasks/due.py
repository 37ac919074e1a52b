"""When a task is due. Pure: times in, times out, all aware, counted in Asia/Shanghai."""

import re
from datetime import datetime, timedelta

from reception.core.clock.working import Hours

_SHAPE = re.compile(r"([+-])(\d{1,3})([dh])\Z")
_LINE = re.compile(r"(.*\S)\s+([+-]\d{1,3}[dh])\Z")
_FROM = {"T": "到达", "E": "离开"}
_UNIT = {"d": "个工作日", "h": "小时"}


def due(anchor: datetime, offset: str, hours: Hours) -> datetime:
    """`offset` away from `anchor`: -3d is the same clock time three WORKING days earlier, -2h is two
    plain hours earlier. Raises ValueError for another shape."""
    shape = _SHAPE.match(offset)
    if not shape:
        raise ValueError(f"时限写法不对：{offset}")
    count = int(shape[1] + shape[2])
    return hours.shift_days(anchor, count) if shape[3] == "d" else anchor + timedelta(hours=count)


def compress(due_at: datetime, at: datetime) -> tuple[datetime, bool]:
    """A due time already past at `at` becomes `at` and is flagged, so that nothing is born silently late."""
    return (at, True) if due_at < at else (due_at, False)


def say(anchor: str, offset: str) -> str:
    """("T", "-2d") → 到达前 2 个工作日; "" for what is no offset."""
    shape = _SHAPE.match(offset)
    if not shape:
        return ""
    side = "前" if shape[1] == "-" else "后"
    return f"{_FROM.get(anchor, '')}{side} {int(shape[2])} {_UNIT[shape[3]]}"


def split(checklist: str) -> list[tuple[str, str]]:
    """The lines of a checklist as (words, offset): 茶水 -1h has a time of its own, 须知 has none ("")."""
    found = []
    for line in filter(None, map(str.strip, checklist.splitlines())):
        timed = _LINE.match(line)
        found.append((timed[1], timed[2]) if timed else (line, ""))
    return found
