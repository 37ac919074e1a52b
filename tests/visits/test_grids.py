"""The grids of tests/visits/grids hold: cell by cell, with every allowed move really made, and raced in pairs.

A move that a grid allows succeeds and ends where the flow says; everything else is refused with a sentence. One
database for all cells: each is tried behind a savepoint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations_with_replacement
from typing import Any

import pytest
from django.db import transaction

from reception.core.flow import Refused
from reception.core.ledger.verify import verify
from tests.engines.race import errors, race, winners
from tests.factories.visits import PATHS, stale
from tests.visits import grids
from tests.visits.grids import stage
from visits.changes import actions as changing
from visits.changes.flow import FLOW as CHANGE
from visits.changes.policies import PROCEDURE as CHANGES
from visits.promises.flow import FLOW as PROMISE
from visits.promises.policies import PROCEDURE as PROMISES
from visits.requests.flow import FLOW
from visits.requests.policies import PROCEDURE, choices_for

pytestmark = pytest.mark.django_db
RECEPTION = grids.read("reception", FLOW, stage.STATES, stage.ROLES)
CHANGING = grids.read("change", CHANGE, stage.CHANGE_STATES, stage.ROLES)
PROMISED = grids.read("promise", PROMISE, stage.PROMISE_STATES, stage.PROMISE_ROLES)


def test_every_state_of_every_flow_has_its_block():
    assert {state.split("_")[0] for state in RECEPTION} == set(FLOW.states.values) == set(PATHS)
    assert (set(CHANGING), set(PROMISED)) == (set(CHANGE.states.values), set(PROMISE.states.values))


def test_a_move_that_nobody_may_make_anywhere_is_no_move():
    for grid, flow in ((RECEPTION, FLOW), (CHANGING, CHANGE), (PROMISED, PROMISE)):
        assert {move for cells in grid.values() for moves in cells.values() for move in moves} == set(
            flow.moves
        )


@pytest.mark.parametrize(
    "text, said",
    [
        ("[草稿]\n经办人  提交", "的“草稿”没有写 同部门同事"),
        ("[草稿]\n经办人  起飞", "“起飞”不认识"),
        ("[草稿]\n路过的人  —", "“路过的人”不认识"),
        ("[草搞]\n经办人  —", "“草搞”不认识"),
        ("[草稿]\n经办人  —\n经办人  提交", "写了两遍"),
    ],
)
def test_a_gap_in_a_grid_is_a_failure(tmp_path, monkeypatch, text, said):
    """Negative control of the reader."""
    monkeypatch.setattr(grids, "FOLDER", tmp_path)
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    with pytest.raises(grids.Gap, match=said):
        grids.read("x", FLOW, {"草稿": "draft"}, {"经办人": "sales", "同部门同事": "sales2"})


def allowed(procedure: Any, one: Any, who: Any, at: Any) -> set[str]:
    """The moves that `who` may make on `one`; every refusal is a sentence of a known kind."""
    found = set()
    for move in procedure.flow:
        try:
            procedure.check(one, move.name, by=who, at=at)
            found.add(move.name)
        except Refused as no:
            assert no.code in ("forbidden", "state"), (move.name, no.code)
            assert no.message.endswith(("。", "）"))
    return found


def differences(grid: Any, procedure: Any, walk: Callable[..., Any], cast: Any, at: Any) -> list[str]:
    """state · who: what the grid says and what holds, where they differ."""
    wrong = []
    for state, cells in grid.items():
        one = walk(state, cast, at)
        for who, said in cells.items():
            holds = allowed(procedure, one, getattr(cast, who), at)
            if holds != said:
                wrong.append(f"{state} · {who}: 表上 {sorted(said)}，实际 {sorted(holds)}")
    return wrong


def test_A3_1b_every_state_every_move_every_role_of_a_reception(cast, at):
    """The cells hold; a page's buttons are the cells; what a cell allows succeeds and ends where the flow says."""
    stage.stand_ins(cast, at)
    wrong = []
    for state, cells in RECEPTION.items():
        one = stage.reception_in(state, cast, at)
        wrong += differences({state: cells}, PROCEDURE, lambda state, cast, at, one=one: one, cast, at)
        for who, moves in cells.items():
            by = getattr(cast, who)
            offered = {c.move.name for c in choices_for(one, by, at) if not c.refusal}
            wrong += [f"{state} · {who}: 按钮 {sorted(offered)}"] if offered != moves else []
            wrong += [line for move in moves if (line := tried(move, one, by, cast, at))]
    assert wrong == []


def tried(move: str, one: Any, by: Any, cast: Any, at: Any) -> str:
    """Make the move behind a savepoint; what went wrong, or ""."""
    copy, ends = stale(one), FLOW.moves[move].targets or (one.status,)
    with transaction.atomic():
        stage.ready(move, copy, at)
        try:
            after = stage.make(move, copy, by, cast, at)
            said = "" if after.status in ends else f"{one.status} {move} {by}: 到了 {after.status}"
        except Refused as no:
            said = f"{one.status} {move} {by}: {no.message}"
        transaction.set_rollback(True)
    return said


def test_A3_1b_every_state_every_move_every_role_of_a_change(cast, at):
    stage.stand_ins(cast, at)
    assert differences(CHANGING, CHANGES, stage.change_in, cast, at) == []


def test_B1_every_state_every_move_every_role_of_a_promise(cast, at):
    assert differences(PROMISED, PROMISES, stage.promise_in, cast, at) == []


def pairs(cells: dict[str, set[str]]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Every pair of moves possible from a state, a move against itself included, each by somebody who may; by two
    people where two may."""
    people: dict[str, list[str]] = {}
    for who, moves in cells.items():
        for move in moves:
            people.setdefault(move, []).append(who)
    for one, other in combinations_with_replacement(sorted(people), 2):
        first = people[one][0]
        second = next((who for who in people[other] if who != first), people[other][0])
        yield (one, first), (other, second)


def decided_once(outcomes: Any, said: str) -> list[str]:
    """Exactly one wins; the loser is told in a sentence that somebody was faster (409)."""
    lost = errors(outcomes)
    fair = len(winners(outcomes)) == 1 and all(
        isinstance(no, Refused) and no.code in ("stale", "state") and no.http_status == 409 for no in lost
    )
    return [] if fair else [f"{said}: {[repr(no) for no in lost]}"]


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", [state for state, cells in RECEPTION.items() if any(cells.values())])
def test_A3_1b_every_pair_of_moves_raced_is_decided_once(cast, at, state):
    stage.stand_ins(cast, at)
    wrong = []
    for (move, who), (other, rival) in pairs(RECEPTION[state]):
        one = stage.reception_in(state, cast, at)
        for name in {move, other}:
            stage.ready(name, one, at)
        left, right = stale(one), stale(one)
        outcomes = race(
            lambda left=left, move=move, who=who: stage.make(move, left, getattr(cast, who), cast, at),
            lambda right=right, move=other, who=rival: stage.make(move, right, getattr(cast, who), cast, at),
        )
        wrong += decided_once(outcomes, f"{state}: {move} {who} × {other} {rival}")
    assert wrong == []
    assert list(verify()) == []


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "pair", [("approve", "refuse"), ("approve", "withdraw"), ("refuse", "withdraw"), ("approve", "approve")]
)
def test_A3_1b_every_pair_of_moves_of_a_change_is_decided_once(cast, at, pair):
    by = {"approve": cast.gm, "refuse": cast.vgm, "withdraw": cast.sales}
    words = {"refuse": {"opinion": "照原定日期"}}
    change = stage.change_in("pending", cast, at)
    copies = [stale(change), stale(change)]
    outcomes = race(*[
        lambda one=one, move=move: getattr(changing, move)(one, by=by[move], at=at, **words.get(move, {}))
        for one, move in zip(copies, pair, strict=True)
    ])  # fmt: skip
    assert decided_once(outcomes, " × ".join(pair)) == []
    assert list(verify()) == []
