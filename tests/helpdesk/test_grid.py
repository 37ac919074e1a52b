"""Every state × every move × every role, written out to be read, independent of the flow tables (D4.3.4)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction

from helpdesk.log import actions as calls
from helpdesk.log.choices import Status as CallStatus
from helpdesk.log.flow import FLOW as CALL_FLOW
from helpdesk.log.models import Call
from helpdesk.repairs import actions
from helpdesk.repairs.choices import Status
from helpdesk.repairs.flow import FLOW
from helpdesk.repairs.models import Repair
from reception.core.flow import Refused
from tests.factories.helpdesk import INPUTS, make_call, make_repair

pytestmark = pytest.mark.django_db

# A call that became an order or a case is void only after that one.
# Row: the state an order is in. Column: the move. Cell: the state it ends in, "=" the same, "." refused.
GRID = """
              dispatch acknowledge arrive  work    pause  finish   slip      revisit   close  reassign rearrange mark_important cancel    force_close void
waiting       handed   .           .       .       .      .        .         .         .      .        =         =              cancelled closed      void
handed        .        acknowledged .      .       .      .        .         .         .      handed   =         =              cancelled closed      void
acknowledged  .        .           arrived .       .      .        .         .         .      handed   =         =              .         closed      void
arrived       .        .           .       working paused finished .         .         .      .        .         =              .         closed      void
working       .        .           .       .       paused finished .         .         .      .        .         =              .         closed      void
paused        .        .           .       working .      .        .         .         .      .        .         =              .         closed      void
finished      .        .           .       .       .      .        slip_back .         .      .        .         =              .         closed      void
slip_back     .        .           .       .       .      .        .         revisited closed .        .         =              .         closed      void
revisited     .        .           .       .       .      .        .         .         closed .        .         =              .         closed      void
closed        .        .           .       .       .      .        .         .         .      .        .         .              .         .           void
cancelled     .        .           .       .       .      .        .         .         .      .        .         .              .         .           void
void          .        .           .       .       .      .        .         .         .      .        .         .              .         .           .
"""
# Row: a move. Who may make it; everybody else is refused. `repairer` is the one the order was given to.
HANDS = """
dispatch       clerk clerk2 assistant manager
acknowledge    repairer
arrive         repairer
work           repairer
pause          repairer
finish         repairer
slip           clerk clerk2 assistant manager
revisit        clerk clerk2 assistant manager
close          clerk clerk2 assistant manager
reassign       clerk clerk2 assistant manager
rearrange      clerk clerk2 assistant manager
mark_important clerk clerk2 assistant manager
cancel         clerk clerk2 assistant manager
force_close    manager director
void           manager director
"""
CALLS = """
           reply_close convert   join      alarm   complain enquire hand_on void
open       closed      converted converted led_on  led_on   led_on  led_on  void
converted  .           .         .         .       .        .       .       .
led_on     .           .         .         .       .        .       .       .
closed     .           .         .         .       .        .       .       void
void       .           .         .         .       .        .       .       .
"""
CALL_HANDS = """
reply_close clerk clerk2 assistant manager
convert     clerk clerk2 assistant manager
join        clerk clerk2 assistant manager
alarm       clerk clerk2 assistant manager
complain    clerk clerk2 assistant manager
void        manager director
hand_on     clerk clerk2 assistant manager
enquire     clerk clerk2 assistant manager
"""


def table(text: str) -> dict[str, dict[str, str]]:
    """state → move → cell."""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    return {row[0]: dict(zip(head, row[1:], strict=True)) for row in rows}


def hands(text: str) -> dict[str, set[str]]:
    """move → usernames."""
    return {row[0]: set(row[1:]) for row in map(str.split, text.splitlines()) if row}


def inputs(cast: SimpleNamespace, move: str, at) -> dict:
    """What the move asks for beside who and when."""
    if move == "join":
        return {"order": make_repair(cast, at - timedelta(minutes=5), place="地下车库B1")}
    return {
        **INPUTS,
        "dispatch": {"repairer": cast.repairer},
        "reassign": {"repairer": cast.repairer2, "reason": "手上单子没完"},
        "rearrange": {"appoint_at": at + timedelta(hours=2), "agreed_with": "周女士", "reason": "临时出门"},
        "pause": {"reason": "待料"},
        "mark_important": {"reason": "楼下也漏了"},
        "cancel": {"reason": "客户自己修好了"},
        "force_close": {"reason": "底联遗失，已查明"},
        "reply_close": {"reply": "每月十号前交"},
        "complain": {"courtesy": "apology"},
        "void": {"reason": "重复登记"},
    }.get(move, {})


def outcome(model, pk: int, act, **given) -> str:
    """The state after the move, or the code of its refusal; nothing of it stays."""
    with transaction.atomic():
        try:
            act(model.objects.get(pk=pk), **given)
            ended = model.objects.get(pk=pk).status
        except Refused as refused:
            ended = refused.code
        transaction.set_rollback(True)
    return ended


def person_for(cast: SimpleNamespace, move: str):
    """Somebody who may."""
    return getattr(
        cast, sorted(hands(HANDS + CALL_HANDS)[move])[0] if move not in ("force_close", "void") else "manager"
    )


@pytest.mark.parametrize("state", table(GRID))
def test_D4_3_4_states_by_moves(cast, at, state):
    order = make_repair(cast, at, state)
    now = order.last_at + timedelta(minutes=1)
    found = {
        move: outcome(
            Repair,
            order.pk,
            getattr(actions, move),
            by=person_for(cast, move),
            at=now,
            **inputs(cast, move, now),
        )
        for move in table(GRID)[state]
    }
    wanted = {"=": state, ".": "state"}
    assert found == {move: wanted.get(cell, cell) for move, cell in table(GRID)[state].items()}


@pytest.mark.parametrize("move", hands(HANDS))
def test_D3_moves_by_hands(cast, at, move):
    state = next(state for state, row in table(GRID).items() if row[move] != ".")
    order = make_repair(cast, at, state)
    now = order.last_at + timedelta(minutes=1)
    act, given = getattr(actions, move), inputs(cast, move, now)
    found = {
        name: outcome(Repair, order.pk, act, by=user, at=now, **given) for name, user in vars(cast).items()
    }
    may = {name for name, result in found.items() if result != "forbidden"}
    assert may == hands(HANDS)[move]
    assert {found[name] for name in may} == {table(GRID)[state][move].replace("=", state)}


@pytest.mark.parametrize("state", table(CALLS))
def test_D4_3_4_calls_by_moves(cast, at, state):
    call = make_call(cast, at, "closed" if state == "closed" else "open", kind="repair", place="大堂")
    if state == "converted":
        calls.convert(call, by=cast.clerk, at=at)
    if state == "led_on":
        calls.alarm(call, by=cast.clerk, at=at)
    if state == "void":
        calls.void(call, by=cast.manager, at=at, reason="重复登记")
    now = at + timedelta(minutes=20)
    found = {
        move: outcome(
            Call, call.pk, getattr(calls, move), by=person_for(cast, move), at=now, **inputs(cast, move, now)
        )
        for move in table(CALLS)[state]
    }
    assert found == {move: "state" if cell == "." else cell for move, cell in table(CALLS)[state].items()}


@pytest.mark.parametrize("move", hands(CALL_HANDS))
def test_D3_calls_by_hands(cast, at, move):
    call = make_call(cast, at, kind="repair", place="大堂")
    act, given = getattr(calls, move), inputs(cast, move, at)
    found = {name: outcome(Call, call.pk, act, by=user, at=at, **given) for name, user in vars(cast).items()}
    assert {name for name, result in found.items() if result != "forbidden"} == hands(CALL_HANDS)[move]


def test_the_grids_name_every_state_and_move():
    assert list(table(GRID)) == Status.values
    assert set(hands(HANDS)) == set(FLOW.moves) == set(table(GRID)["waiting"])
    assert set(table(CALLS)) == set(CallStatus.values)
    # `follow` and `reopen` are the house's own: test_emergency, test_void.
    assert set(hands(CALL_HANDS)) == set(CALL_FLOW.moves) - {"follow", "reopen"} == set(table(CALLS)["open"])
