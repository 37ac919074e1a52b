"""Every state of an enquiry × every move × every role, written out to be read (D4.3.4, E5.2)."""

from datetime import timedelta

import pytest

from helpdesk.enquiries import actions
from helpdesk.enquiries.choices import Status
from helpdesk.enquiries.flow import FLOW
from helpdesk.enquiries.models import Enquiry
from tests.factories.helpdesk import make_enquiry
from tests.helpdesk.test_grid import hands, outcome, table

pytestmark = [pytest.mark.django_db, pytest.mark.engine]

# Row: the state it is in (notified: recorded, 管家 and 客服经理 were told). Column: the move. Cell: the state it
# ends in, "=" the same, "." refused.
GRID = """
          answer promise reply  hand accept   advise  hand_back withdraw attempt rearrange notify take close  void
recorded  closed waiting .      .    .        .       .         .        .       .         =      .    .      void
notified  closed waiting .      .    .        .       .         .        .       .         =      =    .      void
waiting   .      .       closed sent .        .       .         .        =       =         =      .    .      void
sent      .      .       .      .    accepted .       waiting   waiting  =       =         .      .    .      void
accepted  .      .       .      .    .        replied waiting   waiting  =       =         .      .    .      void
answered  .      .       .      .    .        .       .         .        .       .         .      .    closed void
replied   .      .       .      .    .        .       .         .        .       .         .      .    closed void
closed    .      .       .      .    .        .       .         .        .       .         .      .    .      void
void      .      .       .      .    .        .       .         .        .       .         .      .    .      .
"""
# Row: a move. Who may make it; everybody else is refused. `tech` is the specialist it was handed to.
HANDS = """
answer    clerk clerk2 assistant manager
promise   clerk clerk2 assistant manager
reply     clerk clerk2 assistant manager
hand      clerk clerk2 assistant manager
accept    tech
advise    tech
hand_back tech
withdraw  clerk clerk2 assistant manager
attempt   clerk clerk2 assistant manager tech
rearrange clerk clerk2 assistant manager
notify    clerk clerk2 assistant manager
take      clerk clerk2 assistant manager
close     clerk clerk2 assistant manager
void      manager director
"""
SPECIALIST = ("accept", "advise", "hand_back")


def inputs(cast, one, move):
    """What the move asks for beside who and when."""
    later = one.last_at + timedelta(hours=3)
    return {
        "answer": {"words": "三样材料"},
        "promise": {"reply_due_at": later, "contact": "13800138000"},
        "reply": {"words": "三样材料"},
        "hand": {"specialist": cast.tech},
        "advise": {"words": "容量够", "told": True},
        "hand_back": {"reason": "归工程部"},
        "withdraw": {"reason": "出差了"},
        "rearrange": {"reply_due_at": later, "reason": "在开会", "contact": "8001"},
        "void": {"reason": "重复"},
    }.get(move, {})


def state_of(one):
    return "recorded" if one == "notified" else one


@pytest.mark.parametrize("state", table(GRID))
def test_E5_2_states_by_moves(cast, at, state):
    one = make_enquiry(cast, at, state)
    who = dict.fromkeys(SPECIALIST, cast.tech)
    found = {
        move: outcome(
            Enquiry,
            one.pk,
            getattr(actions, move),
            by=who.get(move, cast.manager),
            at=one.last_at,
            **inputs(cast, one, move),
        )
        for move in table(GRID)[state]
    }
    wanted = {"=": state_of(state), ".": "state"}
    assert found == {move: wanted.get(cell, cell) for move, cell in table(GRID)[state].items()}


@pytest.mark.parametrize("move", hands(HANDS))
def test_D3_moves_by_hands(cast, at, move):
    state = next(state for state, row in table(GRID).items() if row[move] != ".")
    one = make_enquiry(cast, at, "accepted" if move == "attempt" else state)
    act, given = getattr(actions, move), inputs(cast, one, move)
    found = {n: outcome(Enquiry, one.pk, act, by=u, at=one.last_at, **given) for n, u in vars(cast).items()}
    may = {name for name, result in found.items() if result not in ("forbidden", "invalid")}
    assert may == hands(HANDS)[move]
    if move != "attempt":
        assert {found[name] for name in may} == {table(GRID)[state][move].replace("=", state_of(state))}


def test_the_grid_names_every_state_and_move():
    assert set(table(GRID)) - {"notified"} == set(Status.values)
    assert set(hands(HANDS)) == set(table(GRID)["recorded"]) == set(FLOW.moves)
