"""Who notes and photographs when (records §1.2: 归档后只可补充备忘)."""

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.requests.choices import Status
from visits.requests.models import Reception

HANDS = (Can.APPLY_RECEPTION, Can.RUN_RECEPTION, Can.DO_TASK, Can.DECIDE_RECEPTION)
OPEN = (Status.RECEIVING, Status.SETTLING, Status.AUDITING, Status.CLOSING)


def check_notes(reception: Reception, user: User) -> None:
    """Whoever sees it and has a hand in receptions, from the start of the reception on, for ever. Raises Refused."""
    if not any(user.may(can) for can in HANDS):
        raise Refused("forbidden", "您的岗位只能查看，不能写备忘。")
    if reception.status not in (*OPEN, Status.ARCHIVED):
        raise Refused(
            "state", f"{reception} 现在是“{reception.get_status_display()}”，接待开始后才能写备忘。"
        )


def check_photographs(reception: Reception, user: User) -> None:
    """The same, until the archive locks it. Raises Refused."""
    if reception.status == Status.ARCHIVED:
        raise Refused("state", f"{reception} 已归档，照片不能再加；有要补充的请写“补充备忘”。")
    check_notes(reception, user)


def may(check, reception: Reception, user: User) -> bool:
    """Whether a rule lets it pass."""
    try:
        check(reception, user)
    except Refused:
        return False
    return True
