"""Every state × every move × every role, written out to be read, independent of the flow tables (D4.3.4)."""

from datetime import timedelta

import pytest
from django.db import transaction

from helpdesk.log import actions as calls
from helpdesk.log.choices import Status as CallStatus
from helpdesk.log.flow import FLOW as CALL_FLOW
from helpdesk.log.models import Call
from reception.core.flow import Refused
from tests.factories.helpdesk import make_call, make_repair

pytestmark = pytest.mark.django_db

# A call that became an order or a case is void only after that one.
# Row: the state a call is in. Column: the move. Cell: the state it ends in, "." refused. Repairs: grids/repair.txt.
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


def inputs(cast, move: str, at) -> dict:
    """What the move asks for beside who and when."""
    if move == "join":
        return {"order": make_repair(cast, at - timedelta(minutes=5), place="地下车库B1")}
    words = {
        "reply_close": {"reply": "每月十号前交"},
        "complain": {"courtesy": "apology"},
        "void": {"reason": "重复登记"},
    }
    return words.get(move, {})


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


def person_for(cast, move: str):
    """Somebody who may."""
    return cast.manager if move == "void" else cast.clerk


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
    assert set(table(CALLS)) == set(CallStatus.values)
    # `follow` and `reopen` are the house's own: test_emergency, test_void.
    assert set(hands(CALL_HANDS)) == set(CALL_FLOW.moves) - {"follow", "reopen"} == set(table(CALLS)["open"])
