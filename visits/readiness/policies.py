"""Who decides whether a reception begins, and when (issue 3: go/no-go two hours before the arrival)."""

from datetime import datetime, timedelta
from typing import Any

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.readiness.models import GoDecision

OPENS = timedelta(hours=24)


def may_decide(reception: Any, user: User) -> bool:
    """The reception manager and the office; the responsible department's head for its own."""
    if not user.may(Can.RUN_RECEPTION):
        return False
    return user.may(Can.VIEW_RECEPTIONS) or bool(
        reception.department and reception.department.head_id == user.pk
    )


def decision_of(reception: Any) -> GoDecision | None:
    """The decision for its present date of arrival."""
    found = GoDecision.objects.filter(reception=reception.pk, arrive_at=reception.arrive_at)
    return found.select_related("decided_by").first()


def check_decides(reception: Any, user: User, at: datetime) -> None:
    """The right person, a reception in preparation, within a day of the arrival. Raises Refused (forbidden, state)."""
    if not may_decide(reception, user):
        raise Refused("forbidden", "能否开始由接待经理、办公室或责任部门负责人决定，请联系他们。")
    if reception.status != "preparing":
        raise Refused("state", f"{reception} 现在是“{reception.get_status_display()}”，不用再决定能否开始。")
    if at < reception.arrive_at - OPENS:
        opens = local(reception.arrive_at - OPENS)
        raise Refused("state", f"离到达还早，{opens:%m月%d日 %H:%M} 起才能决定。")
