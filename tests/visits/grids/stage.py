"""Each state of the grids, walked to by the real actions, and each move made with what it asks for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.factories.customers import make_promise
from tests.factories.delegations import make_delegation
from tests.factories.visits import close_tasks, expense, make_reception, settle
from visits.changes import actions as changing
from visits.changes.models import Change
from visits.models import Promise, Reception
from visits.promises import actions as promising
from visits.requests import actions, settling

ROLES = {
    "经办人": "sales", "同部门同事": "sales2", "部门负责人": "sales_head", "负责人的代理人": "tech", "总经理": "gm", "副总经理": "vgm",
    "总经理的代理人": "vgm2", "其他部门负责人": "general", "接待经理": "reception", "办公室": "office", "前台": "clerk", "审计": "auditor",
    "管理员": "admin", "无岗位": "stranger",
}  # fmt: skip
STATES = {
    "草稿": "draft", "待部门审核": "review", "待领导审批": "pending", "待领导审批·贵宾": "pending_vip", "待领导审批·已转交副总经理": "pending_held",
    "筹备中": "preparing", "筹备中·已申请取消": "preparing_asked", "接待中": "receiving", "待结算": "settling", "待审核": "auditing",
    "待审核·超出待总经理确认": "auditing_over", "待归档": "closing", "已归档": "archived", "已退回": "returned", "不批准": "rejected",
    "已取消": "cancelled",
}  # fmt: skip
CHANGE_STATES = {
    "变更草稿": "draft",
    "变更待审批": "pending",
    "变更已生效": "effective",
    "变更不同意": "refused",
    "变更已撤回": "withdrawn",
}


def stand_ins(cast: Any, at: datetime) -> None:
    """方可 stands in for 邱实 (审核), 秦岚 for 沈国栋 (审批)."""
    make_delegation(cast.sales_head, cast.tech, at=at, days=30)
    make_delegation(cast.gm, cast.vgm2, at=at, days=30)


def reception_in(state: str, cast: Any, at: datetime) -> Reception:
    """A reception in a state of STATES."""
    if state == "pending_vip":
        return make_reception(cast, "pending", at=at, tier="vip", host=cast.gm)
    if state == "pending_held":
        return actions.hand_on(
            make_reception(cast, "pending", at=at), by=cast.gm, at=at, to=cast.vgm, reason="请看"
        )
    if state == "preparing_asked":
        return actions.ask_cancel(
            make_reception(cast, "preparing", at=at), by=cast.sales, at=at, reason="客户改期"
        )
    if state == "auditing_over":
        one = make_reception(cast, "settling", at=at)
        return settle(
            one,
            expense(ours=20, voucher=f"PJ-{one.no[-4:]}"),
            at=at,
            over_reason="多部门参加",
            approver=cast.gm,
        )
    one = make_reception(cast, state, at=at)
    if state == "closing":
        close_tasks(one, cast, at)
    return one


def ask(move: str, one: Reception, by: Any, cast: Any) -> dict[str, Any]:
    """What the action behind `move` asks for, beside who and when."""
    if move == "approve":
        return {"tier": one.proposed_tier, "host": one.host}
    if move == "hand_on":
        others = (cast.vgm2, cast.vgm, cast.gm)
        return {
            "to": next(p for p in others if p.pk not in (by.pk, one.holder_id)),
            "reason": "请看",
        }
    words = {"return_back", "reject", "hand_back", "send_back", "cancel", "ask_cancel", "keep"}
    return {"reason": "客户改期"} if move in words else {}


def make(move: str, one: Reception, by: Any, cast: Any, at: datetime) -> Reception:
    """The move by its action. Raises Refused."""
    return getattr(actions, move)(one, by=by, at=at, **ask(move, one, by, cast))


def ready(move: str, one: Reception, at: datetime) -> None:
    """What has to stand before `move` can succeed, beyond the state: a list with a row to hand in."""
    if move == "settle":
        settling.spend(one, by=one.applicant, at=at, rows=[expense(voucher=f"PJ-{one.no[-4:]}")])


def change_in(state: str, cast: Any, at: datetime) -> Change:
    """A 变更 of a date, in a state of CHANGE_STATES."""
    change = changing.start(make_reception(cast, "preparing", at=at), by=cast.sales, at=at)
    fields: dict[str, Any] = {"arrive_at": at + timedelta(days=13), "leave_at": at + timedelta(days=14)}
    if state == "effective":
        fields = {"transport": "高铁 G7190"}
    changing.save(change, by=cast.sales, at=at, fields=fields, reason="客户推迟三天")
    if state != "draft":
        changing.submit(change, by=cast.sales, at=at)
    if state == "refused":
        changing.refuse(change, by=cast.gm, at=at, opinion="照原定日期")
    if state == "withdrawn":
        changing.withdraw(change, by=cast.sales, at=at)
    return change


PROMISE_ROLES = {
    "责任人": "tech", "承诺人": "vgm", "登记人": "sales", "经办部门同事": "sales2", "接待经理": "reception", "办公室": "office",
    "其他领导": "gm", "其他部门负责人": "general", "前台": "clerk", "无岗位": "stranger",
}  # fmt: skip
PROMISE_STATES = {"待兑现": "open", "已兑现": "kept", "已撤销": "withdrawn"}


def promise_in(state: str, cast: Any, at: datetime) -> Promise:
    """A promise of 何志远 that 方可 owes, in a state of PROMISE_STATES."""
    customer = make_reception(cast, "preparing", at=at).customer
    assert customer
    made = make_promise(cast, customer, at)
    if state == "kept":
        promising.keep(made, by=cast.tech, at=at)
    if state == "withdrawn":
        promising.withdraw(made, by=cast.tech, at=at, reason="客户不要了")
    return made
