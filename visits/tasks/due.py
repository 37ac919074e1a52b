"""When a task is due. Pure: times in, times out, all aware, counted in Asia/Shanghai."""

import re
from datetime import datetime, timedelta

from reception.core.clock.working import Hours

_SHAPE = re.compile(r"([+-])(\d{1,3})([dh])\Z")


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
