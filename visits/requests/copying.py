"""复制新建: an earlier form as the start of a new one (records §1.2)."""

from datetime import datetime
from typing import Any

from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.arrangements.queries import rows_of
from visits.arrangements.writing import plain
from visits.requests.models import Reception
from visits.requests.snapshot import FIELDS
from visits.requests.writing import create_draft

# What belongs to one visit and is asked for again.
NOT_COPIED = (
    "arrive_at", "leave_at", "retroactive", "retro_reason", "retro_agreed_by", "retro_agreed_at", "letter_no",
    "overspend_reason", "applicant_phone",
)  # fmt: skip
GUEST = ("name", "gender", "organisation", "title", "phone", "is_leader", "diet", "care")
LINE = ("item", "label", "quantity", "people", "unit_price")
# Times of rows belong to the visit and are asked for again.
TIMES = ("held_on", "check_in", "check_out", "starts", "ends", "departs")


def check_copies(source: Reception, user: User) -> None:
    """One's own forms, and those of one's own department. Raises Refused("forbidden")."""
    if not user.may(Can.APPLY_RECEPTION):
        raise Refused("forbidden", "您的岗位不能填写接待申请，请联系责任部门的经办人。")
    near = user.department_id is not None and user.department_id == source.department_id
    if source.applicant_id != user.pk and not near:
        raise Refused("forbidden", f"只能复制自己或本部门的申请，{source} 是{source.department}的。")


def may_copy(source: Reception, user: User) -> bool:
    """Whether the button is worth showing."""
    try:
        check_copies(source, user)
    except Refused:
        return False
    return True


def rows_to_copy(source: Reception) -> dict[str, list[dict[str, Any]]] | None:
    """The rows without their times; None for a form that was written before there were rows."""
    rows = rows_of(source)
    if not any(rows.values()):
        return None
    return {
        kind: [{name: value for name, value in plain(row).items() if name not in TIMES} for row in found]
        for kind, found in rows.items()
    }


@action
def copy(source: Reception, *, by: User, at: datetime) -> Reception:
    """A new 草稿 of `by` with a number of its own: guests, needs, rows and cost lines as in `source`;
    dates, 补办, 公函 and 超标说明 are empty. The source does not change. Raises Refused("forbidden")."""
    check_copies(source, by)
    fields = {name: getattr(source, name) for name in FIELDS if name not in NOT_COPIED}
    made = create_draft(
        by=by, at=at, fields=fields, guests=list(source.guests.values(*GUEST)),
        lines=list(source.lines.values(*LINE)), rows=rows_to_copy(source),
    )  # fmt: skip
    record(made, "copy", f"复制自 {source.no}", by=by, at=at, detail={"from": source.no})
    return made
