"""The grid of the repair order holds: every state × move × person, every allowed move really made, and raced (D4.3.4, E5.3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from helpdesk.repairs import actions
from helpdesk.repairs.choices import Status
from helpdesk.repairs.flow import FLOW
from helpdesk.repairs.models import Repair
from helpdesk.repairs.policies import PROCEDURE
from reception.core.flow import Refused
from reception.core.ledger.verify import verify
from tests.engines.race import race
from tests.factories.helpdesk import INPUTS, make_repair, make_unit, step
from tests.factories.people import make_user
from tests.helpdesk.grids import read

pytestmark = [pytest.mark.django_db, pytest.mark.engine]
MINUTE = timedelta(minutes=1)
ROLES = {
    "前台": "clerk", "物业助理": "assistant", "客服经理": "manager", "物管主任": "director", "能源主任": "energy",
    "本单维修员": "repairer", "同班组维修员": "repairer2", "别的班组维修员": "repairer3", "公司领导": "gm", "接待经理": "reception",
    "审计": "auditor", "管理员": "admin", "无岗位": "stranger",
}  # fmt: skip
# Beside the flow's own states, what a rule tells apart within one.
STATES = {
    **{label: value for value, label in Status.choices},
    "待派工·已引见": "waiting_introduced",
    "待派工·已接待的重大返修": "waiting_received",
    "待派工·退回来的": "waiting_returned",
    "已交工程·已签收": "handed_signed",
}
GRID = read("repair", FLOW, STATES, ROLES)


def crews(cast: Any) -> None:
    """陈建国 and 许志明 are of one 班组, 马涛 of another."""
    cast.repairer3 = make_user("repairer3", "repairer", "engineering", name="马涛")
    for name, trade in (("repairer", "水电组"), ("repairer2", "水电组"), ("repairer3", "综合组")):
        one = getattr(cast, name)
        one.trade = trade
        one.save(update_fields=["trade"])


def walk(state: str, cast: Any, at: datetime) -> Repair:
    """An order in a state of STATES; `last_at` is the instant of its last move."""
    plain, _, special = (state, "", "") if state in Status.values else state.partition("_")
    if special == "returned":
        return step(cast, make_repair(cast, at, "handed"), "give_back", at + 9 * MINUTE, reason="没有材料")
    more = {"origin": make_repair(cast, at, "finished"), "important": True} if special == "received" else {}
    order = make_repair(cast, at, plain, **more)
    if special == "signed":
        step(cast, order, "sign", order.last_at + MINUTE)
    for name in {"introduced": ("introduce",), "received": ("introduce", "receive")}.get(special, ()):
        step(cast, order, name, order.last_at + MINUTE)
    return order


def ask(move: str, cast: Any, at: datetime, origin: Repair) -> dict[str, Any]:
    """What the move asks for beside who and when."""
    return {
        **INPUTS,
        "dispatch": {"repairer": cast.repairer},
        "reassign": {"repairer": cast.repairer2, "reason": "手上单子没完"},
        "rearrange": {"appoint_at": at + 120 * MINUTE, "agreed_with": "周女士", "reason": "临时出门"},
        "pause": {"hold": "material"},
        "explain": {"slip_reason": "forgotten"},
        "link": {"origin": origin},
        **{
            name: {"reason": "已查明"}
            for name in ("give_back", "mark_important", "cancel", "force_close", "void")
        },
    }.get(move, {})


def ended(one: Repair, move: str, **given: Any) -> str:
    """The state after the move, or the sentence of its refusal; nothing of it stays."""
    with transaction.atomic():
        try:
            getattr(actions, move)(Repair.objects.get(pk=one.pk), **given)
            found = Repair.objects.get(pk=one.pk).status
        except Refused as no:
            found = no.message
        transaction.set_rollback(True)
    return found


def allowed(one: Repair, who: Any, at: datetime) -> set[str]:
    """The moves that `who` may make; every refusal is a sentence of a known kind."""
    found = set()
    for move in FLOW:
        try:
            PROCEDURE.check(one, move.name, by=who, at=at)
            found.add(move.name)
        except Refused as no:
            assert no.code in ("forbidden", "state"), (move.name, no.code)
            assert no.message.endswith(("。", "）"))
    return found


def test_D4_3_4_every_state_every_move_every_person(cast, at):
    crews(cast)
    old = make_repair(cast, at - timedelta(days=9), "finished", unit=make_unit("9栋1"))
    wrong = []
    for state, row in GRID.items():
        one = walk(state, cast, at)
        now = one.last_at + MINUTE
        for who, said in row.items():
            by = getattr(cast, who)
            holds = allowed(one, by, now)
            wrong += (
                [f"{state} · {who}: 表上 {sorted(said)}，实际 {sorted(holds)}"] if holds != set(said) else []
            )
            for move, end in said.items():
                found = ended(one, move, by=by, at=now, **ask(move, cast, now, old))
                wrong += [f"{state} · {who} · {move}: {found}"] if found != (end or one.status) else []
    assert wrong == []


def test_the_grid_leaves_out_no_state_and_no_move():
    assert {state.partition("_")[0] if state not in Status.values else state for state in GRID} == set(
        Status.values
    )
    assert {move for row in GRID.values() for moves in row.values() for move in moves} == set(FLOW.moves)


@pytest.mark.django_db(transaction=True)
def test_D4_3_4_all_moves_of_a_state_at_the_same_instant_and_one_is_made(cast, at):
    crews(cast)
    old = make_repair(cast, at - timedelta(days=9), "finished", unit=make_unit("9栋1"))
    wrong = []
    for state, row in GRID.items():
        hands = {move: who for who, moves in row.items() for move in moves}
        if not hands:
            continue
        one = walk(state, cast, at)
        now = one.last_at + MINUTE
        outcomes = race(
            *[
                runner(one, move, getattr(cast, who), now, ask(move, cast, now, old))
                for move, who in hands.items()
            ]
        )
        codes = sorted(o.error.code if isinstance(o.error, Refused) else str(o.error or "") for o in outcomes)
        if codes != ["", *["stale"] * (len(hands) - 1)]:
            wrong.append(f"{state}: {codes}")
    assert wrong == []
    assert list(verify()) == []


def runner(one: Repair, move: str, by: Any, at: datetime, given: dict[str, Any]) -> Any:
    """The move on an own copy of the row."""
    copy = Repair.objects.get(pk=one.pk)
    return lambda: getattr(actions, move)(copy, by=by, at=at, **given)
