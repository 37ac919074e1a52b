"""Who acknowledges a briefing, and who sees who has (A6)."""

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.briefing.people import is_concerned
from visits.requests.choices import Status
from visits.requests.models import Reception

# The guests are awaited or here.
LIVE = (Status.PREPARING, Status.RECEIVING)


def check_acknowledges(reception: Reception, user: User, expect: int | None) -> None:
    """Those concerned, while it is being prepared or under way, and of the version they read. Raises Refused."""
    if not is_concerned(reception, list(reception.tasks.select_related("department")), user):
        raise Refused("forbidden", "这份简报由主陪、经办人和承办部门的人员确认，您不用确认。（A6）")
    if reception.status not in LIVE:
        raise Refused("state", f"{reception} 现在是“{reception.get_status_display()}”，不用再确认简报。")
    if expect is not None and expect != reception.revision:
        raise Refused("stale", f"{reception} 刚刚有改动，请看过最新的简报再确认。")


def sees_acknowledgements(reception: Reception, user: User) -> bool:
    """The responsible department, the host, and those who run every reception."""
    if user.pk in (reception.applicant_id, reception.host_id):
        return True
    if not user.may(Can.RUN_RECEPTION):
        return False
    return user.may(Can.VIEW_RECEPTIONS) or user.department_id == reception.department_id
