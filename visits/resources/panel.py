"""What the pages of a reception and of a task show of their resources (B4)."""

from typing import Any

from reception.core.people.models import User
from visits.resources.choices import FOR_TASK, BookingStatus
from visits.resources.clashes import span
from visits.resources.policies import BECOMES, BOOKERS, JUDGED, READERS

TONES = {BookingStatus.FIRM: "ok", BookingStatus.TENTATIVE: "warn"}


def panel(reception: Any, user: User) -> dict[str, Any]:
    """Its bookings, one line each, and whether `user` may add one and open them: the desk reads a reception's page too, but no
    booking; one query."""
    rows = list(reception.bookings.live().select_related("resource", "created_by").order_by("start", "id"))
    return {
        "rows": [_line(one, reception) for one in rows],
        "books": reception.status in BECOMES and any(user.may(can) for can in BOOKERS),
        "opens": (opens := any(user.may(can) for can in READERS)),
        "judges": opens and reception.status in JUDGED,
        "early": BECOMES.get(reception.status) != BookingStatus.FIRM,
    }


def task_panel(task: Any, user: User) -> dict[str, Any] | None:
    """The same for a task whose duty needs resources; None for the others, which costs nothing."""
    code = task.template.code if task.template else ""
    if code not in FOR_TASK and code != "archive":
        return None
    rows = task.reception.bookings.live().select_related("resource", "created_by").order_by("start", "id")
    if code != "archive":
        rows = rows.filter(resource__kind__in=FOR_TASK[code])
    live = task.reception.status in BECOMES and code in FOR_TASK
    return {
        "rows": [_line(one, task.reception) for one in rows],
        "books": live and any(user.may(can) for can in BOOKERS),
        "opens": (opens := any(user.may(can) for can in READERS)),
        "judges": opens and task.reception.status in JUDGED,
    }


def _line(one: Any, reception: Any) -> dict[str, Any]:
    """One booking. outside: not within the visit as it stands."""
    arrive, leave = reception.arrive_at, reception.leave_at
    return {
        "booking": one, "span": span(one.start, one.end), "tone": TONES.get(one.status, ""),
        "outside": bool(arrive and leave and (one.end <= arrive or one.start >= leave)),
    }  # fmt: skip
