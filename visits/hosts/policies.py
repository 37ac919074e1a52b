"""Who may say that somebody is away, and when that is worth writing down (A4)."""

from datetime import datetime

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.hosts.models import Absence

# Whose days the receptions fill; they see what is ahead and enter when they are away.
PLANNERS = (Can.APPLY_RECEPTION, Can.DECIDE_RECEPTION, Can.RUN_RECEPTION, Can.DO_TASK, Can.CONFIGURE)


def everybody(by: User) -> bool:
    """Whether `by` keeps the calendar of all: the office, the reception manager and the administrator."""
    return by.may(Can.CONFIGURE) or (by.may(Can.VIEW_RECEPTIONS) and by.may(Can.RUN_RECEPTION))


def speaks_for(by: User, user: User) -> bool:
    """Oneself, everybody's keepers, and a head for the department's people."""
    return by.pk == user.pk or everybody(by) or bool(user.department and user.department.head_id == by.pk)


def check_enters(by: User, user: User, start: datetime, end: datetime, at: datetime) -> None:
    """Raises Refused (forbidden, invalid)."""
    if not speaks_for(by, user):
        raise Refused("forbidden", f"{user}的外出由本人、部门负责人或办公室登记，请联系他们。")
    if end <= start:
        raise Refused("invalid", "结束时间要晚于开始时间。", field="end")
    if end <= at:
        raise Refused("invalid", "这段时间已经过去，不用再登记。", field="end")
    other = Absence.objects.standing().filter(user=user).between(start, end).first()
    if other:
        raise Refused("invalid", f"与已登记的“{other}”重叠，请先撤销那一条，或改一下时间。", field="start")


def check_withdraws(absence: Absence, by: User, at: datetime) -> None:
    """Raises Refused (forbidden, state)."""
    if not (speaks_for(by, absence.user) or absence.created_by_id == by.pk):
        raise Refused("forbidden", f"这条外出由{absence.user}本人或登记人撤销。")
    if absence.withdrawn_at:
        raise Refused("state", "这条外出已经撤销过了，请刷新看最新内容。")
    if absence.end <= at:
        raise Refused("state", "这次外出已经结束，留作记录，不能撤销。")
