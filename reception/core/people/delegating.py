"""Making and revoking a 代理 (records §1.2)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.notices import tell
from reception.core.people.choices import Scope
from reception.core.people.delegation import Delegation
from reception.core.people.models import User
from reception.core.people.roles import Can

LONGEST = timedelta(days=92)
PAGE = "/delegations/"
# What the wings do when somebody hands their approvals over: (delegation, by=, at=) → None, in the same action.
followers: list[Callable[..., None]] = []
# What somebody has to hold before there is anything to stand in for.
HANDS = {Scope.DECIDE: Can.DECIDE_RECEPTION, Scope.REVIEW: Can.REVIEW_RECEPTION}


def scopes_of(user: User) -> list[str]:
    """What `user` could have done by somebody else: of 审批 and 审核 those that are theirs."""
    return [scope for scope, can in HANDS.items() if user.may(can)]


def check_arranges(principal: User, by: User) -> None:
    """The person, or whoever sets it up for others. Raises Refused("forbidden")."""
    if by.pk != principal.pk and not by.may(Can.ARRANGE_DELEGATION):
        raise Refused("forbidden", "代理由本人设置；本人不便时由办公室或管理员代为设置。")


def check_pair(principal: User, delegate: User, scope: str) -> None:
    """Who may stand in for whom: a leader's approvals stay with a leader (A3.1b), a head's review within the
    department or with another head. Raises Refused."""
    if delegate.pk == principal.pk:
        raise Refused("invalid", "不能委托给自己，请选择另一位同事。", field="to_user")
    if not delegate.is_active:
        raise Refused("invalid", f"{delegate}的账号已停用，请另选一位。", field="to_user")
    held = scopes_of(principal)
    wanted = held if scope == Scope.ALL else [scope]
    if not held or not set(wanted) <= set(held):
        raise Refused(
            "invalid", f"{principal}没有“{Scope(scope).label}”可以委托，请改选范围。", field="scope"
        )
    if Scope.DECIDE in wanted and not delegate.may(Can.DECIDE_RECEPTION):
        raise Refused(
            "invalid",
            f"审批要由公司领导办，{delegate}不是公司领导，请改选一位领导。（A3.1b）",
            field="to_user",
        )
    near = principal.department_id is not None and delegate.department_id == principal.department_id
    if Scope.REVIEW in wanted and not (near or delegate.may(Can.REVIEW_RECEPTION)):
        raise Refused(
            "invalid", f"审核请委托给{principal.department}的同事，或另一位部门负责人。", field="to_user"
        )


def check_span(starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    """It ends after it starts, is not over yet, and has an end in sight. Raises Refused."""
    if ends_at <= starts_at:
        raise Refused("invalid", "结束要晚于开始，请改结束时间。", field="ends_at")
    if ends_at <= at:
        raise Refused("invalid", "结束时间已经过去，请改结束时间。", field="ends_at")
    if ends_at - starts_at > LONGEST:
        raise Refused("invalid", f"一次代理最长 {LONGEST.days} 天，到期可以再设。", field="ends_at")


def check_no_chain(principal: User, delegate: User, starts_at: datetime, ends_at: datetime) -> None:
    """At one moment a person has one delegate, and a delegate passes nothing on. Raises Refused."""
    meeting = Delegation.objects.meeting(starts_at, ends_at).select_related("from_user", "to_user")
    for other in meeting.filter(from_user=principal)[:1]:
        raise Refused("invalid", f"这段时间已由{other.to_user}代理（{_span(other)}），请先收回，或改时间。", field="starts_at")  # fmt: skip
    for other in meeting.filter(to_user=principal)[:1]:
        raise Refused("invalid", f"{principal}这段时间正代{other.from_user}办理（{_span(other)}），代理不能再转委托，请改时间。", field="starts_at")  # fmt: skip
    for other in meeting.filter(from_user=delegate)[:1]:
        raise Refused("invalid", f"{delegate}这段时间已委托{other.to_user}代理（{_span(other)}），请另选一位。", field="to_user")  # fmt: skip


@action
def delegate(*, by: User, at: datetime, from_user: User, to_user: User, starts_at: datetime, ends_at: datetime,
             scope: str, reason: str) -> Delegation:  # fmt: skip
    """设置代理; both are told. Times are aware. Raises Refused."""
    check_arranges(from_user, by)
    if not reason.strip():
        raise Refused("missing", "请写明原因，如“出差”“休假”。", field="reason")
    check_pair(from_user, to_user, scope)
    starts_at = (
        max(starts_at, at) if starts_at < at < ends_at else starts_at
    )  # never in force before it was made
    check_span(starts_at, ends_at, at)
    check_no_chain(from_user, to_user, starts_at, ends_at)
    made = Delegation.objects.create(
        from_user=from_user, to_user=to_user, starts_at=starts_at, ends_at=ends_at, scope=scope, reason=reason.strip(),
        created_at=at, created_by=by,
    )  # fmt: skip
    detail = {"from": str(from_user), "to": str(to_user), "starts_at": starts_at, "ends_at": ends_at, "scope": made.get_scope_display()}  # fmt: skip
    record(made, "delegate", "设置代理", by=by, at=at, reason=made.reason, detail=detail)
    title = f"{to_user}代{from_user}{made.get_scope_display()}：{_span(made)}"
    tell(_others(made, by), title=title, url=PAGE, at=at, body=made.reason)
    for follow in followers:
        follow(made, by=by, at=at)
    return made


@action
def revoke(made: Delegation, *, by: User, at: datetime) -> Delegation:
    """收回: from this moment it no longer holds; what was done under it stays. Raises Refused."""
    check_arranges(made.from_user, by)
    rows = Delegation.objects.filter(pk=made.pk, revoked_at__isnull=True, ends_at__gt=at)
    if not rows.update(revoked_at=at, revoked_by=by):
        raise Refused("state", f"{made} 已经收回或结束，不用再收回。")
    made.revoked_at, made.revoked_by = at, by
    record(made, "revoke", "收回代理", by=by, at=at)
    tell(_others(made, by), title=f"{made.to_user}代{made.from_user}的代理已收回", url=PAGE, at=at)
    return made


def _others(made: Delegation, by: User) -> list[User]:
    """The two, without the one who does it."""
    return [person for person in (made.from_user, made.to_user) if person.pk != by.pk]


def _span(made: Delegation) -> str:
    """3月25日 09:00 至 3月27日 18:00."""
    return " 至 ".join(
        f"{at.month}月{at.day}日 {at:%H:%M}" for at in map(local, (made.starts_at, made.ends_at))
    )
