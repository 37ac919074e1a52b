"""抄送 by hand: who may send a reception to whom (records §1.2)."""

from collections.abc import Sequence
from datetime import datetime

from reception.core.flow import Refused
from reception.core.ledger import action
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.copies.actions import copy_to
from visits.requests.choices import EDITABLE
from visits.requests.models import Reception


def may_copy_to(reception: Reception, user: User) -> bool:
    """Its applicant, the head of its department, the leaders, the reception manager and the office, once it was
    submitted."""
    if reception.submitted_at is None or reception.status in EDITABLE:
        return False
    near = user.pk == reception.applicant_id or bool(
        reception.department and reception.department.head_id == user.pk
    )
    runs = user.may(Can.RUN_RECEPTION) and user.may(Can.VIEW_RECEPTIONS)
    return near or runs or user.may(Can.DECIDE_RECEPTION)


def check_copies(reception: Reception, user: User) -> None:
    """Raises Refused (state, forbidden)."""
    if reception.submitted_at is None or reception.status in EDITABLE:
        raise Refused("state", f"{reception} 还没有提交，提交以后才能抄送。")
    if not may_copy_to(reception, user):
        raise Refused(
            "forbidden", "抄送由经办人、责任部门负责人、公司领导、接待经理和办公室办理，请联系他们。"
        )


@action
def copy_by_hand(reception: Reception, people: Sequence[User], *, by: User, at: datetime) -> list[User]:
    """抄送 to people chosen by name; whoever has it already is left out. Raises Refused."""
    check_copies(reception, by)
    if not people:
        raise Refused("missing", "请至少勾选一个人。", field="people")
    sent = copy_to(reception, people, by=by, at=at)
    if not sent:
        raise Refused("invalid", "勾选的人都已收到过，不用再抄送。", field="people")
    return sent
