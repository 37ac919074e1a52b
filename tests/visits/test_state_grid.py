"""Every state × every move × the cast of a task, as a table a person can read; it does not come from FLOW.

A row is a state; each column says which moves that person may make then. What is not written is refused. Receptions,
changes and promises: test_grids.py.
"""

import pytest

from reception.core.flow import Refused
from tests.factories.people import make_user
from tests.factories.visits import make_reception, make_task
from visits.requests.policies import choices_for
from visits.tasks import offering
from visits.tasks.policies import PROCEDURE as TASKS
from visits.tasks.policies import choices_for as choices_of_task

pytestmark = pytest.mark.django_db

# A task of 综合部: its head 吴江 (general) and 沈宁 of the same department (colleague). offered: 吴江 handed it to 沈宁,
# offered_d: to 办公室; recheck: done, then touched by a 变更; car and car_done: the only ones that are reconfirmed.
TASK_GRID = """
state      general                                                 colleague                    office          sales   sales_head  tech  gm  reception  auditor
todo       take,finish,assign,hand_over,block,drop                 take,finish,hand_over,block  -               drop    drop        -     -   -          -
taken      finish,assign,hand_over,block,give_back,drop            -                            -               drop    drop        -     -   -          -
blocked    finish,hand_over,unblock,give_back,drop                 -                            -               drop    drop        -     -   -          -
offered    finish,assign,recall,block,give_back,drop               accept,decline               -               drop    drop        -     -   -          -
offered_d  finish,assign,recall,block,give_back,drop               -                            accept,decline  drop    drop        -     -   -          -
done       redo                                                    -                            -               -       -           -     -   -          -
recheck    still_valid,redo                                        -                            -               -       -           -     -   -          -
dropped    revive                                                  -                            -               revive  revive      -     -   -          -
car        finish,reconfirm,assign,hand_over,block,give_back,drop  -                            -               drop    drop        -     -   -          -
car_done   reconfirm,redo                                          -                            -               -       -           -     -   -          -
"""


def parsed(grid):
    """state → person → set of moves."""
    header, *rows = [line.split() for line in grid.strip().splitlines()]
    return {
        row[0]: {who: set(cell.split(",")) - {"-"} for who, cell in zip(header[1:], row[1:], strict=True)}
        for row in rows
    }


def allowed(procedure, subject, user, at, moves):
    """The moves that `user` may make on `subject`; every refusal is a sentence of one of the known kinds."""
    found = set()
    for move in moves:
        try:
            procedure.check(subject, move, by=user, at=at)
            found.add(move)
        except Refused as no:
            assert no.code in ("forbidden", "state"), (move, no.code)
            assert no.message.endswith(("。", "）"))
    return found


def task_in(cast, state, at):
    """The task of a row of TASK_GRID."""
    if state.startswith("car"):
        return make_task(cast, "taken" if state == "car" else "done", at=at, code="pick_up")
    if state.startswith("offered"):
        task = make_task(cast, "taken", at=at)
        to = {"person": cast.colleague} if state == "offered" else {"department": cast.office.department}
        return offering.hand_over(task, by=cast.general, at=at, reason="出差", **to)
    task = make_task(cast, "done" if state == "recheck" else state, at=at)
    task.recheck = state == "recheck"
    return task


@pytest.mark.parametrize("state", parsed(TASK_GRID))
def test_A5_every_state_every_move_of_a_task(cast, at, state):
    cast.colleague = make_user("general2", "staff", "general", name="沈宁")
    task = task_in(cast, state, at)
    expected = parsed(TASK_GRID)[state]
    assert {
        name: allowed(TASKS, task, getattr(cast, name), at, list(TASKS.flow.moves)) for name in expected
    } == expected


@pytest.mark.parametrize("state", parsed(TASK_GRID))
def test_A5_the_buttons_of_a_task_are_the_grid(cast, at, state):
    cast.colleague = make_user("general2", "staff", "general", name="沈宁")
    task = task_in(cast, state, at)
    for name, moves in parsed(TASK_GRID)[state].items():
        offered = choices_of_task(task, getattr(cast, name), at)
        assert {choice.move.name for choice in offered} == moves, name


def test_A3_1b_a_decision_a_leader_may_not_make_stays_with_its_clause(cast, at):
    vip = make_reception(cast, "pending", at=at, tier="vip", host=cast.gm)
    shown = {choice.move.name: choice.refusal for choice in choices_for(vip, cast.vgm, at)}
    sentence = "贵宾级要由总经理审批，请转请总经理决定。（A3.1b）"
    assert shown == {"approve": sentence, "reject": sentence}


def test_A3_2_the_archive_button_says_what_is_still_open(cast, at):
    closing = make_reception(cast, "closing", at=at)
    (choice,) = choices_for(closing, cast.sales, at)
    assert (choice.move.name, choice.refusal) == (
        "archive", "还有 19 项任务没有办完，不能归档。请先办完，或写明原因改为不办。",
    )  # fmt: skip
