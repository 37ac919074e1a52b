"""Whose receptions a person reads figures of: all, or those of their own department. The same as 接待费用表."""

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can

READERS = (Can.VIEW_RECEPTIONS, Can.APPLY_RECEPTION, Can.RUN_RECEPTION)


def department_of(user: User) -> int | None:
    """None: all departments; otherwise the only one this person reads. Raises Refused("forbidden")."""
    if user.may(Can.VIEW_RECEPTIONS):
        return None
    if not user.department_id or not any(user.may(can) for can in READERS):
        raise Refused("forbidden", "接待报表只给能看全部接待的人和本部门的人看，请联系管理员。")
    return user.department_id
