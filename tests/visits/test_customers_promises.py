"""B1: promises to customers — given, owed, kept or taken back, and never forgotten before the next visit."""

from datetime import timedelta

import pytest

import visits.todo
from reception.core.clock import clocks_of, sweep
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.people.models import User
from tests.engines.race import errors, race, winners
from tests.factories.customers import due, make_customer, make_promise, make_visited
from tests.factories.visits import make_draft, stale
from visits.models import Promise
from visits.promises import actions

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs):
    with pytest.raises(Refused) as no:
        call(*args, **kwargs)
    return no.value.code, no.value.field


@pytest.fixture
def customer(cast, at):
    return make_visited(cast, at)


def test_B1_a_promise_is_given_by_one_and_owed_by_another(cast, at, customer):
    made = make_promise(cast, customer, at)
    assert (made.no, made.promiser, made.owner, made.due_on, made.status) == (
        "CN-2026-0001", cast.vgm, cast.tech, due(at), "open",
    )  # fmt: skip
    assert [e.verb for e in events_of(made)] == ["create"]
    assert cast.tech.notices.last().title == "对远航重工集团的承诺由你负责，10月31日前兑现：寄三份样册"


def test_B1_without_names_it_is_the_writers_own(cast, at, customer):
    made = make_promise(cast, customer, at, owner=None, promiser=None)
    assert (made.promiser, made.owner) == (cast.sales, cast.sales)
    assert make_promise(cast, customer, at, owner=None).owner == cast.vgm


def test_B1_a_promise_has_its_shape(cast, at, customer):
    other = make_draft(cast, at=at, customer_name="别家")
    tries = [
        refusal(make_promise, cast, customer, at, what=" "),
        refusal(make_promise, cast, customer, at, due_on=None),
        refusal(make_promise, cast, customer, at, due_on=due(at, -1)),
        refusal(make_promise, cast, customer, at, reception=other),
        refusal(make_promise, cast, customer, at, by=cast.tech),
    ]
    assert tries == [
        ("missing", "what"), ("invalid", "due_on"), ("invalid", "due_on"), ("invalid", "reception"), ("forbidden", ""),
    ]  # fmt: skip
    assert make_promise(cast, customer, at, due_on=due(at, 0)).due_on == due(at, 0)


# From each state: who may keep it, who may take it back. The rest is refused.
GRID = """
open      tech vgm sales sales2 reception office
kept      -
withdrawn -
"""


@pytest.mark.parametrize("row", GRID.strip().splitlines())
@pytest.mark.parametrize("move", ["keep", "withdraw"])
def test_B1_the_grid_of_a_promise(cast, at, customer, row, move):
    state, *may = row.split()
    people = ("tech", "vgm", "sales", "sales2", "reception", "office", "make", "gm", "clerk", "auditor")
    could = []
    for name in people:
        made = make_promise(cast, customer, at)
        if state != "open":
            move_as(made, {"kept": "keep", "withdrawn": "withdraw"}[state], cast.tech, at)
        try:
            move_as(stale(made), move, getattr(cast, name), at)
        except Refused as refused:
            assert refused.code == ("state" if state != "open" else "forbidden")
        else:
            could.append(name)
    assert could == [name for name in may if name != "-"]


def move_as(made, move, by, at):
    words = {"reason": "客户不再需要"} if move == "withdraw" else {"note": "已寄出"}
    return getattr(actions, move)(made, by=by, at=at, **words)


def test_B1_taken_back_only_with_a_reason(cast, at, customer):
    made = make_promise(cast, customer, at)
    assert refusal(actions.withdraw, made, by=cast.tech, at=at, reason=" ") == ("missing", "reason")
    actions.withdraw(made, by=cast.tech, at=at, reason="客户改为远程看样")
    assert (stale(made).status, stale(made).outcome, stale(made).closed_by) == (
        "withdrawn", "客户改为远程看样", cast.tech,
    )  # fmt: skip


def test_B1_those_concerned_hear_of_its_end(cast, at, customer):
    made = make_promise(cast, customer, at)
    actions.keep(made, by=cast.tech, at=at, note="已寄出")
    heard = {
        name: getattr(cast, name).notices.filter(title="CN-2026-0001 寄三份样册：方可已兑现").count()
        for name in ("vgm", "sales", "tech")
    }
    assert heard == {"vgm": 1, "sales": 1, "tech": 0}


def test_B1_its_clock_runs_to_the_end_of_the_last_day_and_climbs(cast, at, customer):
    made = make_promise(cast, customer, at)
    (clock,) = clocks_of(made)
    assert (str(clock.due_at.astimezone(at.tzinfo)), clock.owner) == ("2026-10-31 23:59:59+08:00", cast.tech)
    sweep(at + timedelta(days=11))
    late = {
        name: getattr(cast, name).notices.filter(title=f"{made.no} 寄三份样册：已超时").count()
        for name in ("tech", "reception", "manager")
    }
    assert late == {"tech": 1, "reception": 1, "manager": 0}
    actions.keep(made, by=cast.tech, at=at + timedelta(days=12))
    assert clocks_of(made)[0].breached_at == clock.due_at
    assert stale(made).is_late(at + timedelta(days=99)) is True


@pytest.mark.parametrize("move", ["keep", "withdraw"])
def test_B1_a_closed_promise_rings_no_more(cast, at, customer, move):
    made = make_promise(cast, customer, at)
    move_as(made, move, cast.tech, at)
    assert clocks_of(made)[0].stopped_at == at


def test_B1_it_stands_in_the_todo_of_whoever_owes_it(cast, at, customer):
    made = make_promise(cast, customer, at)
    tech = User.objects.get(pk=cast.tech.pk)

    def rows():
        return [
            (row.title, row.state, row.url)
            for row in visits.todo.todo(tech, at + timedelta(days=11))
            if row.glyph == "诺"
        ]

    assert rows() == [("寄三份样册", "已过期", "/visits/promises/CN-2026-0001/")]
    before = visits.todo.todo_count(tech, at)
    actions.keep(made, by=tech, at=at)
    assert (rows(), visits.todo.todo_count(tech, at)) == ([], before - 1)


def test_B1_sentences_about_promises(cast, at, customer):
    made = make_promise(cast, customer, at)
    other = make_promise(
        cast, make_customer(cast, at), at, by=cast.office, owner=cast.make, promiser=cast.make
    )
    assert (made.is_late(at), made.is_late(at + timedelta(days=11))) == (False, True)
    assert set(Promise.objects.overdue(due(at, 10))) == set()
    assert set(Promise.objects.overdue(due(at, 11))) == {made, other}
    seen = {name: set(Promise.objects.visible_to(User.objects.get(pk=getattr(cast, name).pk))) for name in (
        "sales2", "tech", "make", "reception", "clerk",
    )}  # fmt: skip
    assert seen == {
        "sales2": {made},
        "tech": {made},
        "make": {other},
        "reception": {made, other},
        "clerk": set(),
    }


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_B1_kept_against_taken_back(cast, at):
    made = make_promise(cast, make_visited(cast, at), at)
    one, other = stale(made), stale(made)
    outcomes = race(
        lambda: move_as(one, "keep", cast.tech, at), lambda: move_as(other, "withdraw", cast.sales, at)
    )
    assert (len(winners(outcomes)), [e.code for e in errors(outcomes)]) == (1, ["stale"])
    assert events_of(made).count() == 2
