"""May this person make this move on this reception now? (A3, records §1.2)"""

from datetime import datetime

from reception.core.flow import Refused
from reception.core.people.choices import Scope
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.procedures import Choice, Procedure
from visits.costs.policies import check_audits, check_confirmed, check_confirms, check_sends_back
from visits.requests.choices import EDITABLE, Status
from visits.requests.completeness import problems
from visits.requests.flow import FLOW
from visits.requests.models import Reception
from visits.requests.people import (
    AUDIENCES,
    cancel_page,
    costs_page,
    decide_page,
    receivers_for,
    workers_page,
)
from visits.tiers.models import Tier
from visits.tiers.policies import check_approver, check_host

ARCHIVE_TASK = "archive"


def check_applicant(reception: Reception, user: User | None, at: datetime) -> None:
    """Only the one who applied."""
    if user and reception.applicant_id != user.pk:
        raise Refused("forbidden", f"只有经办人{reception.applicant}能办这一步，请联系本人。")


def check_edits(reception: Reception, user: User) -> None:
    """Only the applicant writes, and only in a draft or a returned form: what was approved is not changed."""
    check_applicant(reception, user, reception.created_at)
    if reception.status not in EDITABLE:
        raise Refused(
            "state",
            f"{reception} 现在是“{reception.get_status_display()}”，不能修改。要改请先撤回或请领导退回。",
        )


def check_complete(reception: Reception, user: User | None, at: datetime) -> None:
    """The first thing that keeps the form from being submitted."""
    for refused in problems(reception, at):
        raise refused


def check_not_own(reception: Reception, user: User | None, at: datetime) -> None:
    """Nobody decides on their own request (A3.1b)."""
    if user and reception.applicant_id == user.pk:
        raise Refused("forbidden", "不能审批自己提交的申请，请其他领导决定。（A3.1b）")


def check_reviewer(reception: Reception, user: User | None, at: datetime) -> None:
    """The review belongs to the head of the responsible department."""
    if user and (not reception.department or reception.department.head_id != user.pk):
        raise Refused("forbidden", f"这份申请由{reception.department}负责人审核。")


def check_senior(reception: Reception, user: User | None, at: datetime) -> None:
    """A request proposed at a tier is decided by whoever may decide that tier (A3.1b)."""
    if user and reception.proposed_tier:
        check_approver(reception.proposed_tier, user)


def check_held(reception: Reception, user: User | None, at: datetime) -> None:
    """Handed on, it is decided by the one who received it."""
    if user and reception.holder_id not in (None, user.pk):
        raise Refused(
            "forbidden",
            f"这份申请已由{reception.held_by}转交{reception.holder}审批，由{reception.holder}决定。",
        )


def check_hands_back(reception: Reception, user: User | None, at: datetime) -> None:
    """The one who received it gives it back, or the one who handed it on takes it back."""
    if reception.holder_id is None:
        raise Refused("state", f"{reception} 没有转交给谁，不用撤销。")
    if user and user.pk not in (reception.holder_id, reception.held_by_id):
        raise Refused("forbidden", f"转交由{reception.holder}退还，或由{reception.held_by}撤销。")


def check_receivers(reception: Reception, user: User | None, at: datetime) -> None:
    """There is another leader to hand it on to."""
    if user and not receivers_for(reception, user):
        raise Refused(
            "forbidden",
            f"没有别的领导能决定{reception.proposed_tier}的申请，不能转交；不在时请设代理。（A3.1b）",
        )


def check_receiver(reception: Reception, to: User | None, giver: User) -> None:
    """Handed on to another leader who may decide it: never the applicant, never oneself. Raises Refused."""
    if to is None:
        raise Refused("missing", "请选择转交给谁。", field="to")
    if to.pk not in {person.pk for person in receivers_for(reception, giver)}:
        raise Refused(
            "invalid",
            f"{to}不能决定这份申请，请选择另一位有权审批{reception.proposed_tier}的领导。（A3.1b）",
            field="to",
        )


def check_turn(reception: Reception, user: User | None, at: datetime) -> None:
    """退回 is for the one whose turn it is: the head in review, a leader when pending."""
    if user is None:
        return None
    if reception.status == Status.REVIEW:
        return check_reviewer(reception, user, at)
    if not user.may(Can.DECIDE_RECEPTION):
        raise Refused("forbidden", "这份申请正在等领导审批，由领导决定是否退回。")
    check_held(reception, user, at)
    return check_senior(reception, user, at)


def check_cancels(reception: Reception, user: User | None, at: datetime) -> None:
    """The applicant before the approval; after it a leader of that tier, never one's own (records §1.2)."""
    if user is None:
        return
    own = reception.applicant_id == user.pk
    if reception.status != Status.PREPARING:
        if not own:
            raise Refused("forbidden", f"取消由经办人{reception.applicant}办理；批准以后由领导确认。")
        return
    if own:
        raise Refused("forbidden", "已经批准的接待要由领导确认取消，请点“申请取消”。")
    if not user.may(Can.DECIDE_RECEPTION):
        raise Refused("forbidden", f"取消由经办人{reception.applicant}申请，领导确认。")
    check_tier_in_force(reception, user, at)


def check_tier_in_force(reception: Reception, user: User | None, at: datetime) -> None:
    """What was approved is undone by whoever may decide that tier (A3.1b)."""
    if user and reception.tier:
        check_approver(reception.tier, user)


def check_asked(reception: Reception, user: User | None, at: datetime) -> None:
    """Somebody asked for the cancellation and it waits."""
    if reception.cancel_asked_at is None:
        raise Refused("state", f"{reception} 没有等待确认的取消申请。")


def check_not_asked(reception: Reception, user: User | None, at: datetime) -> None:
    """Asked for once."""
    if reception.cancel_asked_at:
        raise Refused("state", f"{reception} 已经申请取消，正在等领导确认。")


def check_runs(reception: Reception, user: User | None, at: datetime) -> None:
    """The responsible department runs its reception, or the reception manager and the office (A3.2)."""
    if user is None or user.may(Can.VIEW_RECEPTIONS):
        return
    if user.department_id != reception.department_id and reception.applicant_id != user.pk:
        raise Refused("forbidden", f"这一步由责任部门{reception.department}或接待经理办理。（A3.2）")


def check_tasks_closed(reception: Reception, user: User | None, at: datetime) -> None:
    """Nothing is archived while a department still has work in it."""
    count = reception.tasks.open().exclude(template__code=ARCHIVE_TASK).count()
    if count:
        raise Refused("state", f"还有 {count} 项任务没有办完，不能归档。请先办完，或写明原因改为不办。")


def check_decision(
    reception: Reception, by: User, tier: Tier | None, tier_reason: str, host: User | None
) -> None:
    """What an approval must hold: a tier within the approver's rank, why it was changed, and a host
    whom A4 accepts for the APPROVED tier. Raises Refused."""
    if tier is None:
        raise Refused("missing", "请核定接待级别。（A3.1b）", field="tier")
    check_approver(tier, by)
    if tier.pk != reception.proposed_tier_id and not tier_reason.strip():
        raise Refused(
            "missing",
            f"核定为{tier}与拟定的{reception.proposed_tier}不同，请写明定级说明。（A3.1b）",
            field="tier_reason",
        )
    check_host(tier, host)


# What a delegate may do with the rank of the one they stand in for (ADR 0010).
DELEGABLE = {
    "agree": {Status.REVIEW: Scope.REVIEW},
    "return_back": {Status.REVIEW: Scope.REVIEW, Status.PENDING: Scope.DECIDE},
    "approve": {Status.PENDING: Scope.DECIDE},
    "reject": {Status.PENDING: Scope.DECIDE},
    "hand_on": {Status.PENDING: Scope.DECIDE},
    "hand_back": {Status.PENDING: Scope.DECIDE},
    "cancel": {Status.PREPARING: Scope.DECIDE},
    "keep": {Status.PREPARING: Scope.DECIDE},
}

PROCEDURE = Procedure(
    FLOW,
    rules={
        "submit": (check_applicant, check_complete),
        "agree": (check_not_own, check_reviewer),
        "return_back": (check_not_own, check_turn),
        "approve": (check_not_own, check_held, check_senior),
        "reject": (check_not_own, check_held, check_senior),
        "hand_on": (check_not_own, check_held, check_senior, check_receivers),
        "hand_back": (check_hands_back,),
        "withdraw": (check_applicant,),
        "start": (check_runs,),
        "finish": (check_runs,),
        "settle": (check_applicant,),
        "confirm_over": (check_confirms,),
        "audit": (check_audits, check_confirmed),
        "send_back": (check_sends_back,),
        "archive": (check_runs, check_tasks_closed),
        "cancel": (check_cancels,),
        "ask_cancel": (check_applicant, check_not_asked),
        "unask": (check_applicant, check_asked),
        "keep": (check_asked, check_not_own, check_tier_in_force),
    },
    audiences=AUDIENCES,
    delegable=DELEGABLE,
    bars=(check_not_own,),
    desks={
        "deciders": decide_page,
        "holder": decide_page,
        "cancellers": cancel_page,
        "workers": workers_page,
        "auditors": costs_page,
        "over_approver": costs_page,
    },
)


def choices_for(reception: Reception, user: User, at: datetime) -> list[Choice]:
    """The buttons of a page: moves that are this person's, each allowed or with its why-not.

    A move that is simply somebody else's is left out; a decision that a leader may not make stays,
    with the clause that forbids it.
    """
    found = PROCEDURE.choices(reception, user, at)
    return [choice for choice in found if not choice.refusal or _concerns(reception, choice, user)]


def _concerns(reception: Reception, choice: Choice, user: User) -> bool:
    """Whether a refused move is worth showing to `user`."""
    if choice.move.permission == Can.DECIDE_RECEPTION:
        return choice.move.name not in ("confirm_over", "keep", "hand_on", "hand_back")
    if choice.move.name in ("submit", "withdraw"):
        return reception.applicant_id == user.pk
    if choice.move.name == "audit":
        return _why(check_audits, reception, user) == ""
    return choice.move.name == "archive" and _why(check_runs, reception, user) == ""


def _why(rule, reception: Reception, user: User) -> str:
    """The sentence of one rule, "" when it allows."""
    try:
        rule(reception, user, reception.created_at)
    except Refused as refused:
        return refused.message
    return ""
