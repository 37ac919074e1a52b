"""Who adds a file to a record of the desk, and who takes it away (D4.3.3)."""

from typing import Any

from helpdesk.attached.registry import HOLDERS, word_of
from reception.core.files.models import Attachment
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can

OVER = ("closed", "void")


def check_adds(record: Any, user: User) -> None:
    """The desk, and whoever has a part in it, until it is closed. Raises Refused (forbidden, state)."""
    if not (user.may(Can.LOG_CALL) or HOLDERS[word_of(record)].part(record, user)):
        raise Refused("forbidden", f"{record} 不由您办理，不能添加附件，请交给前台或承办人添加。")
    HOLDERS[word_of(record)].bars(record, user, record.created_at)
    check_open(record)


def check_open(record: Any) -> None:
    """What is over stays as it was. Raises Refused(state)."""
    if record.status in OVER:
        raise Refused("state", f"{record} {record.get_status_display()}，附件不再增加或移除。")


def check_removes(record: Any, file: Attachment, user: User) -> None:
    """Whoever added it, or the manager; the reason is the action's. Raises Refused (forbidden, state)."""
    holder, own = HOLDERS[word_of(record)], user.pk == file.uploaded_by_id
    if not own and not user.may(Can.FORCE_CLOSE):
        raise Refused("forbidden", f"“{file.name}”由{file.uploaded_by}添加，请本人或经理移除。")
    holder.bars(record, user, record.created_at)
    if not own:
        holder.others(record, user, record.created_at)
    check_open(record)


def allows(check: Any, *args: Any) -> bool:
    """Whether a check passes."""
    try:
        check(*args)
    except Refused:
        return False
    return True
