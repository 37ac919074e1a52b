"""Every state of a complaint × every move × every role, written out to be read (D4.4.2, D4.3.4)."""

from datetime import timedelta

import pytest

from helpdesk.complaints import actions
from helpdesk.complaints.choices import Status
from helpdesk.complaints.flow import FLOW
from helpdesk.complaints.models import Complaint
from tests.factories.helpdesk import make_complaint
from tests.helpdesk.test_grid import hands, outcome, table

pytestmark = [pytest.mark.django_db, pytest.mark.engine]

# Row: the state it is in. Column: the move. Cell: the state it ends in, "." refused. Nothing skips a step.
GRID = """
          verify   confirm   send settle sign   work    finish feedback close  void
received  verified .         .    .      .      .       .      .        .      void
verified  .        confirmed .    .      .      .       .      .        .      void
confirmed .        .         sent .      .      .       .      .        .      void
sent      .        .         .    .      signed .       .      .        .      void
signed    .        .         .    .      .      working .      .        .      void
working   .        .         .    .      .      .       done   .        .      void
done      .        .         .    .      .      .       .      fed_back .      void
fed_back  .        .         .    .      .      .       .      .        closed void
again     .        confirmed .    .      .      .       .      .        .      void
closed    .        .         .    .      .      .       .      .        .      void
void      .        .         .    .      .      .       .      .        .      .
"""
# Row: a move. Who may make it; everybody else is refused. 工程部 is responsible: its two repairers.
HANDS = """
verify   clerk clerk2 assistant manager
confirm  manager director gm vgm vgm2
send     clerk clerk2 assistant manager
sign     repairer repairer2
work     repairer repairer2
finish   repairer repairer2
feedback clerk clerk2 assistant manager
close    clerk clerk2 assistant manager
void     manager director
"""


def inputs(one, move):
    """What the move asks for beside who and when."""
    return {
        "verify": {"facts": "属实", "nature": "valid"},
        "confirm": {
            "decision": "整改",
            "nature": "valid",
            "department": one.created_by.department,
            "due_at": one.last_at + timedelta(hours=9),
        },
        "finish": {"cause": "疏忽", "measures": "已整改"},
        "feedback": {"way": "phone", "opinion": "basic"},
        "void": {"reason": "重复"},
    }.get(move, {})


def somebody(cast, move):
    """Somebody who may; for a second round somebody high enough."""
    names = {
        "confirm": "gm",
        "sign": "repairer",
        "work": "repairer",
        "finish": "repairer",
        "void": "director",
    }
    return getattr(cast, names.get(move, "clerk"))


@pytest.mark.parametrize("state", table(GRID))
def test_D4_4_2_states_by_moves(cast, at, state):
    one = make_complaint(cast, at, state)
    found = {
        move: outcome(
            Complaint,
            one.pk,
            getattr(actions, move),
            by=somebody(cast, move),
            at=one.last_at,
            **inputs(one, move),
        )
        for move in table(GRID)[state]
    }
    assert found == {move: "state" if cell == "." else cell for move, cell in table(GRID)[state].items()}


@pytest.mark.parametrize("move", hands(HANDS))
def test_D4_4_2_moves_by_hands(cast, at, move):
    state = next(state for state, row in table(GRID).items() if row[move] != ".")
    one = make_complaint(cast, at, state)
    act, given = getattr(actions, move), inputs(one, move)
    found = {
        name: outcome(Complaint, one.pk, act, by=user, at=one.last_at, **given)
        for name, user in vars(cast).items()
    }
    may = {name for name, result in found.items() if result != "forbidden"}
    assert may == hands(HANDS)[move]
    assert {found[name] for name in may} == {table(GRID)[state][move]}


def test_the_grid_names_every_state_and_move():
    assert set(table(GRID)) == set(Status.values)
    # `settle` ends what is not founded: test_complaint.
    assert set(hands(HANDS)) | {"settle"} == set(table(GRID)["received"]) == set(FLOW.moves)
