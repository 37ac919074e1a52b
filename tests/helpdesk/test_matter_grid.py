"""Every state of a matter × every move × every role, written out to be read (D4.4.3, D4.3.4)."""

from datetime import timedelta

import pytest

from helpdesk.matters import actions
from helpdesk.matters.choices import Status
from helpdesk.matters.flow import FLOW
from helpdesk.matters.models import Matter
from tests.factories.helpdesk import make_matter
from tests.helpdesk.test_grid import hands, outcome, table

pytestmark = [pytest.mark.django_db, pytest.mark.engine]

# Row: the state it is in. Column: the move. Cell: the state it ends in, "=" the same, "." refused.
GRID = """
          assign   settle sign   note finish send_back reassign postpone feedback close  void
received  assigned done   .      .    .      .         .        .        .        .      void
assigned  .        .      signed =    .      returned  assigned =        .        .      void
signed    .        .      .      =    done   returned  assigned =        .        .      void
done      .        .      .      .    .      .         .        .        fed_back .      void
returned  assigned done   .      .    .      .         .        .        .        .      void
fed_back  .        .      .      .    .      .         .        .        .        closed void
closed    .        .      .      .    .      .         .        .        .        .      void
void      .        .      .      .    .      .         .        .        .        .      .
"""
# Row: a move. Who may make it; everybody else is refused. 工程部 was given it: its two repairers, and, once one
# of them has signed, that one. The desk follows what it gave away.
HANDS = """
assign    clerk clerk2 assistant manager
settle    clerk clerk2 assistant manager
sign      repairer repairer2
note      repairer repairer2 clerk clerk2 assistant manager
finish    repairer
send_back repairer repairer2
reassign  clerk clerk2 assistant manager
postpone  clerk clerk2 assistant manager
feedback  clerk clerk2 assistant manager
close     clerk clerk2 assistant manager
void      manager director
"""
OWN = {"sign", "finish", "send_back"}


def inputs(cast, one, move):
    """What the move asks for beside who and when."""
    due = one.last_at + timedelta(hours=9)
    to = {"department": cast.repairer.department, "due_at": due}
    return {
        "assign": to,
        "settle": {"result": "当场办妥", "verdict": "adopted"},
        "note": {"words": "已看现场"},
        "finish": {"result": "已加装", "verdict": "partly"},
        "send_back": {"reason": "不归我们管"},
        "reassign": {**to, "reason": "归能源中心"},
        "postpone": {"due_at": due, "reason": "等材料，与业主约定"},
        "feedback": {"way": "phone", "opinion": "accepted"},
        "void": {"reason": "重复"},
    }.get(move, {})


@pytest.mark.parametrize("state", table(GRID))
def test_D4_4_3_states_by_moves(cast, at, state):
    one = make_matter(cast, at, state)
    found = {}
    for move in table(GRID)[state]:
        by = cast.manager if move == "void" else cast.repairer if move in OWN else cast.clerk
        act, given = getattr(actions, move), inputs(cast, one, move)
        found[move] = outcome(Matter, one.pk, act, by=by, at=one.last_at, **given)
    wanted = {"=": state, ".": "state"}
    assert found == {move: wanted.get(cell, cell) for move, cell in table(GRID)[state].items()}


@pytest.mark.parametrize("move", hands(HANDS))
def test_D4_4_3_moves_by_hands(cast, at, move):
    state = next(state for state, row in table(GRID).items() if row[move] != ".")
    one = make_matter(cast, at, state)
    act, given = getattr(actions, move), inputs(cast, one, move)
    found = {
        name: outcome(Matter, one.pk, act, by=user, at=one.last_at, **given)
        for name, user in vars(cast).items()
    }
    may = {name for name, result in found.items() if result != "forbidden"}
    assert may == hands(HANDS)[move]
    assert {found[name] for name in may} == {table(GRID)[state][move].replace("=", state)}


def test_the_grid_names_every_state_and_move():
    assert set(table(GRID)) == set(Status.values)
    assert set(hands(HANDS)) == set(table(GRID)["received"]) == set(FLOW.moves)
