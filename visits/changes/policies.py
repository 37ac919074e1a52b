"""May this person make this move on this change now, and may the change be at all? (A3.1b, A4, records §1.2)"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from reception.core.flow import Refused
from reception.core.people.choices import Scope
from reception.core.people.models import User
from reception.core.procedures import Choice, Procedure
from visits.changes.choices import OPEN, Status
from visits.changes.content import would_be
from visits.changes.flow import FLOW
from visits.changes.models import Change
from visits.requests.choices import Status as Stage
from visits.requests.completeness import problems
from visits.requests.models import Reception
from visits.requests.people import leaders_at
from visits.requests.policies import check_applicant, check_not_own
from visits.tiers.policies import check_approver, check_host

# A leader approved, and the guests are awaited or here.
LIVE = (Stage.PREPARING, Stage.RECEIVING)


def check_live(reception: Reception) -> None:
    """Only what is being prepared or under way is changed. Raises Refused("state")."""
    if reception.status not in LIVE:
        raise Refused(
            "state",
            f"{reception} 现在是“{reception.get_status_display()}”，不能变更。批准以后、接待结束以前才能变更。",
        )


def check_starts(reception: Reception, user: User) -> None:
    """The applicant, one change at a time. Raises Refused."""
    check_applicant(reception, user, reception.created_at)
    check_live(reception)
    if reception.changes.open().exists():
        raise Refused("state", f"{reception} 已有一份变更在办，请先办完或撤回那一份。")


def check_edits(change: Change, user: User) -> None:
    """Only who began it writes, and only while it is a draft. Raises Refused."""
    check_applicant(change.reception, user, change.created_at)
    check_live(change.reception)
    if change.status != Status.DRAFT:
        raise Refused(
            "state", f"{change} 现在是“{change.get_status_display()}”，不能修改。要改请撤回后重新发起变更。"
        )


def gaps(change: Change, reception: Reception, at: datetime) -> Iterator[Refused]:
    """Everything that keeps the change from being submitted: its reason, the application's own rules for the whole
    new form, the host against the new tier (A4). An arrival that stays may have passed."""
    if not change.reason.strip():
        yield Refused("missing", "请写明变更原因。", field="reason")
    it = would_be(reception, change.proposed)
    moved = it.arrive_at != reception.arrive_at
    if moved and reception.status == Stage.RECEIVING:
        yield Refused("invalid", "来宾已经到达，到达时间不能再改，只能改离开时间。", field="arrive_at")
        moved = False
    for refused in problems(it, at):
        if moved or refused.field != "arrive_at" or it.arrive_at is None:
            yield refused
    if it.leave_at and it.leave_at <= at and it.leave_at != reception.leave_at:
        yield Refused("invalid", "离开时间已经过去，请改成以后的时间。", field="leave_at")
    if it.tier and it.host:
        try:
            check_host(it.tier, it.host)
        except Refused as refused:
            yield refused


def _applicant(change: Change, user: User | None, at: datetime) -> None:
    check_applicant(change.reception, user, at)


def _live(change: Change, user: User | None, at: datetime) -> None:
    check_live(change.reception)


def _not_own(change: Change, user: User | None, at: datetime) -> None:
    """Nobody decides on their own change (A3.1b)."""
    check_not_own(change.reception, user, at)


def _senior(change: Change, user: User | None, at: datetime) -> None:
    """The higher of the two tiers says who decides (A3.1b)."""
    if user and change.tier:
        check_approver(change.tier, user)


def _deciders(change: Change) -> list[User]:
    """Whose turn it is; nobody's when it is in force already."""
    if change.status != Status.PENDING or change.tier is None:
        return []
    return leaders_at(change.tier, change.reception.applicant_id)


def _waiting(change: Change) -> list[User]:
    """Whom a withdrawn change has waited for."""
    if change.submitted_at is None or change.tier is None:
        return []
    return leaders_at(change.tier, change.reception.applicant_id)


PROCEDURE = Procedure(
    FLOW,
    rules={
        "submit": (_applicant, _live),
        "approve": (_live, _not_own, _senior),
        "refuse": (_not_own, _senior),
        "withdraw": (_applicant,),
    },
    audiences={
        "applicant": lambda change: [change.reception.applicant],
        "deciders": _deciders,
        "waiting": _waiting,
    },
    delegable={"approve": {Status.PENDING: Scope.DECIDE}, "refuse": {Status.PENDING: Scope.DECIDE}},
    bars=(_not_own,),
    desks={"deciders": lambda change: change.get_absolute_url()},
)


def choices_for(change: Change, user: User, at: datetime) -> list[Choice]:
    """The buttons of its page; a leader's that the clause forbids stay with the clause, other people's are left out."""
    found = PROCEDURE.choices(change, user, at)
    mine = change.reception.applicant_id == user.pk
    return [c for c in found if not c.refusal or c.move.name in ("approve", "refuse") or mine]


def offer(reception: Reception, changes: list[Any], user: User) -> dict[str, str] | None:
    """The button 发起变更 of the reception's page for its applicant; None for others and while one is under way."""
    under_way = any(change.status in OPEN for change in changes)
    if reception.applicant_id != user.pk or reception.status not in LIVE or under_way:
        return None
    return {"refusal": ""}
