"""Who makes, shows and revokes the link."""

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.requests.models import Reception
from visits.requests.policies import check_runs


def check_invites(reception: Reception, user: User) -> None:
    """The responsible department and the reception manager. Raises Refused("forbidden")."""
    if not user.may(Can.RUN_RECEPTION):
        raise Refused("forbidden", "满意度链接由责任部门或接待经理管理。")
    check_runs(reception, user, reception.created_at)
