"""Who writes in 接待清单 and when, who confirms what was exceeded, who audits (records §1.2)."""

from datetime import datetime
from typing import Any

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import ROLES, Can
from visits.costs.choices import SPENDING, CostItem

DECIDING = [code for code, role in ROLES.items() if Can.DECIDE_RECEPTION.value in role.cans]
AUDITING = [code for code, role in ROLES.items() if Can.AUDIT_COSTS.value in role.cans]


def sheet_of(reception: Any) -> Any:
    """The reception's list, None before its approval."""
    return getattr(reception, "sheet", None)


def check_writes(reception: Any, user: User) -> None:
    """Only the 经办人 writes, from 接待中 on until the list is handed in. Raises Refused."""
    if reception.applicant_id != user.pk:
        raise Refused("forbidden", f"接待清单由经办人{reception.applicant}填写，请联系本人。")
    if reception.status not in SPENDING or sheet_of(reception) is None:
        raise Refused(
            "state",
            f"{reception} 现在是“{reception.get_status_display()}”，不能改接待清单。"
            "清单从接待开始后填写，提交结算后要改请审核人退回。",
        )


def check_row(values: dict[str, Any]) -> None:
    """What even a row in the middle of a visit cannot be. Raises Refused("invalid")."""
    if values["amount"] < 0:
        raise Refused("invalid", "费用不能小于 0 元。", field="amount")
    if values["item"] not in CostItem.values:
        raise Refused("invalid", "请选择类别。", field="item")


def approvers_for(reception: Any) -> list[User]:
    """Leaders who may confirm what was exceeded: senior enough for its tier and not its applicant (A7a);
    the one who approved it first."""
    people = User.objects.in_role(*DECIDING).select_related("position")
    fit = [
        person
        for person in people
        if person.rank >= reception.tier.approver_rank and person.pk != reception.applicant_id
    ]
    return sorted(fit, key=lambda person: (person.pk != reception.decided_by_id, -person.rank, person.pk))


def auditors_for(reception: Any) -> list[User]:
    """The people who may check the list: never the one who handed it in."""
    return [person for person in User.objects.in_role(*AUDITING) if person.pk != reception.applicant_id]


def check_confirms(reception: Any, user: User | None, at: datetime) -> None:
    """What was exceeded is confirmed by the leader whom the applicant named, once (A7a, A7b)."""
    sheet = sheet_of(reception)
    if sheet is None or sheet.approver_id is None:
        raise Refused("state", f"{reception} 没有超出标准的费用，不需要确认。")
    if user and sheet.approver_id != user.pk:
        raise Refused("forbidden", f"超出部分由{sheet.approver}确认。（A7a、A7b）")
    if sheet.confirmed_at:
        raise Refused("state", f"超出部分已由{sheet.approver}确认过。")


def check_audits(reception: Any, user: User | None, at: datetime) -> None:
    """Nobody audits a list that they handed in or applied for."""
    sheet = sheet_of(reception)
    if user and user.pk in (reception.applicant_id, sheet.settled_by_id if sheet else None):
        raise Refused("forbidden", "不能审核自己提交的接待清单，请办公室其他人或接待经理审核。")


def check_confirmed(reception: Any, user: User | None, at: datetime) -> None:
    """The audit waits for the leader named for what was exceeded (A7a, A7b)."""
    sheet = sheet_of(reception)
    if sheet is not None and sheet.waits_for_approver:
        raise Refused("state", f"费用有超出，等{sheet.approver}确认后才能审核通过；需要改清单请退回结算。（A7a、A7b）")  # fmt: skip


def check_sends_back(reception: Any, user: User | None, at: datetime) -> None:
    """退回结算 is the auditor's, or the named leader's who does not confirm."""
    sheet = sheet_of(reception)
    named = (
        sheet is not None and user is not None and sheet.waits_for_approver and sheet.approver_id == user.pk
    )
    if user is None or named:
        return
    if not user.may(Can.AUDIT_COSTS):
        raise Refused("forbidden", "退回结算由办公室审核人办理。")
    check_audits(reception, user, at)
