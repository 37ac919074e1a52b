"""Who corrects what, and when not (D4.3.3)."""

from typing import Any

from helpdesk.cases.voiding import VOID
from helpdesk.corrections.registry import Field, Kind
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can

MOST = 500


def check_may(record: Any, kind: Kind, user: User) -> None:
    """The recorder corrects what they wrote, the manager and the director what others wrote; what is struck out
    stays as it is. Raises Refused."""
    if record.status == VOID:
        raise Refused("state", f"{record} 已作废，不再更正。（D4.3.3）")
    if not user.may(Can.CORRECT_RECORD) and not (
        kind.recorder(record) == user.pk and user.may(Can.VIEW_DESK)
    ):
        raise Refused("forbidden", f"{record} 由记录人本人更正，别人写错的请客服部经理更正。（D4.3.3）")
    kind.check(record, user)


def may_correct(record: Any, kind: Kind, user: User) -> bool:
    """Whether the key is shown."""
    try:
        check_may(record, kind, user)
    except Refused:
        return False
    return True


def check_ready(record: Any, field: Field) -> None:
    """What has not been written yet is written by its own step. Raises Refused."""
    if not field.ready(record):
        raise Refused("state", f"{record} 的“{field.label}”还没有填写，请先在办理里填写。")


def check_reason(reason: str) -> str:
    """The reason without blanks around it. Raises Refused."""
    reason = reason.strip()
    if not reason:
        raise Refused("missing", "请写明更正的原因。（D4.3.3）", field="reason")
    if len(reason) > MOST:
        raise Refused("invalid", f"更正原因最多 {MOST} 个字，请写短一些。", field="reason")
    return reason
