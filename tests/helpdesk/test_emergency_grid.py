"""Every state of an emergency × every move × every role, written out to be read (D4.4.4, D4.3.4)."""

import pytest

from helpdesk.cases.models import Category
from helpdesk.emergencies import actions
from helpdesk.emergencies.choices import Status
from helpdesk.emergencies.flow import FLOW
from helpdesk.emergencies.models import Emergency
from tests.factories.helpdesk import make_emergency
from tests.helpdesk.test_grid import hands, outcome, table

pytestmark = [pytest.mark.django_db, pytest.mark.engine]

# Row: the state it is in. Column: the move. Cell: the state it ends in, "=" the same, "." refused.
GRID = """
           acknowledge answer   handle   control    write   prevent   review   close  note tick outside instruct amend send_back  refuse     void
received   reported    reported .        .          .       .         .        .      =    =    =       =        =     .          .          void
reported   =           =        handling .          .       .         .        .      =    =    =       =        =     .          .          void
handling   =           =        .        controlled .       .         .        .      =    =    =       =        =     .          .          void
controlled =           =        .        .          written .         .        .      =    =    =       =        =     .          .          void
written    =           =        .        .          .       prevented .        .      =    =    =       =        .     .          .          void
prevented  =           =        .        .          .       .         reviewed .      =    =    =       =        .     controlled .          void
reviewed   =           =        .        .          .       .         .        closed =    =    =       =        .     .          controlled void
closed     .           .        .        .          .       .         .        .      .    .    .       .        .     .          .          void
void       .           .        .        .          .       .         .        .      .    .    .       .        .     .          .          .
"""
# Row: a move. Who may make it; everybody else is refused. The clerk raised it, so nobody waits for the clerk's answer.
HANDS = """
acknowledge manager director energy gm vgm vgm2
answer      clerk clerk2 assistant manager
handle      clerk clerk2 assistant manager director energy gm vgm vgm2
control     clerk clerk2 assistant manager director energy gm vgm vgm2
write       clerk clerk2 assistant manager director energy gm vgm vgm2
prevent     clerk clerk2 assistant manager director energy gm vgm vgm2
review      manager director
close       gm vgm vgm2
note        clerk clerk2 assistant manager director energy gm vgm vgm2
tick        clerk clerk2 assistant manager director energy gm vgm vgm2
outside     clerk clerk2 assistant manager director energy gm vgm vgm2
instruct    clerk clerk2 assistant manager director energy gm vgm vgm2
amend       clerk clerk2 assistant manager director energy gm vgm vgm2
send_back   manager director
refuse      gm vgm vgm2
void        manager director
"""
# Of those who may, the one who tries every state (somebody who has not confirmed yet, where it matters).
TRIES = {"acknowledge": "director", "review": "director", "send_back": "director", "void": "manager"}


def inputs(emergency, move):
    """What the move asks for beside who and when."""
    person = emergency.alerts.get(person__username="energy")
    kind = Category.objects.get(kind="emergency", name="电梯困人")
    return {
        "answer": {"person": person, "how": "phone"},
        "handle": {"commander": "郑维"},
        "control": {"measures": "已切断电源"},
        "write": {"category": kind, "grade": "minor", "story": "经过", "result": "恢复"},
        "prevent": {"prevention": "巡检"},
        "review": {"opinion": "同意"},
        "close": {"close_word": "同意"},
        "note": {"words": "人员平稳"},
        "tick": {"duty": emergency.duties.first()},
        "outside": {"service": "120"},
        "instruct": {"words": "沈总：全力救人"},
        "amend": {"losses": "门机一台"},
        "send_back": {"reason": "损失没写"},
        "refuse": {"reason": "原因不清"},
        "void": {"reason": "演练"},
    }.get(move, {})


@pytest.mark.parametrize("state", table(GRID))
def test_D4_4_4_states_by_moves(cast, at, state):
    one = make_emergency(cast, at, state)
    found = {}
    for move in table(GRID)[state]:
        by = getattr(cast, TRIES.get(move) or hands(HANDS)[move].copy().pop())
        if move in (
            "answer",
            "handle",
            "control",
            "write",
            "prevent",
            "note",
            "tick",
            "outside",
            "instruct",
            "amend",
        ):
            by = cast.clerk
        act = getattr(actions, move)
        found[move] = outcome(Emergency, one.pk, act, by=by, at=one.last_at, **inputs(one, move))
    wanted = {"=": state, ".": "state"}
    assert found == {move: wanted.get(cell, cell) for move, cell in table(GRID)[state].items()}


@pytest.mark.parametrize("move", hands(HANDS))
def test_D4_4_4_moves_by_hands(cast, at, move):
    state = next(state for state, row in table(GRID).items() if row[move] != ".")
    one = make_emergency(cast, at, state)
    act, given = getattr(actions, move), inputs(one, move)
    found = {
        name: outcome(Emergency, one.pk, act, by=user, at=one.last_at, **given)
        for name, user in vars(cast).items()
    }
    may = {name for name, result in found.items() if result != "forbidden"}
    assert may == hands(HANDS)[move]
    assert {found[name] for name in may} == {table(GRID)[state][move].replace("=", state)}


def test_the_grid_names_every_state_and_move():
    assert list(table(GRID)) == Status.values
    # `report` is made by the first confirmation, never by a button.
    assert set(hands(HANDS)) == set(table(GRID)["received"]) == set(FLOW.moves) - {"report"}
