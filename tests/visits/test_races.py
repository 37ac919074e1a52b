"""Two people press at the same instant: decided once, on both engines; the loser reads a sentence."""

import pytest

from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.verify import verify
from tests.engines.race import errors, race, winners
from tests.factories.visits import make_draft, make_reception, make_task, stale
from visits.models import Reception, Task, TaskCheck
from visits.requests import actions
from visits.tasks import actions as tasks
from visits.tasks import offering, ticking

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]


def decided_once(outcomes):
    """Exactly one won; every other was told that somebody was faster."""
    lost = errors(outcomes)
    assert len(winners(outcomes)) == 1
    assert [type(error) for error in lost] == [Refused] * (len(outcomes) - 1)
    assert {error.code for error in lost} == {"stale"}
    assert all("刚刚被别人改过" in error.message for error in lost)
    assert list(verify()) == []


def test_A3_1b_approve_against_withdraw(cast, at):
    reception = make_reception(cast, "pending", at=at)
    one, other = stale(reception), stale(reception)
    decided_once(
        race(
            lambda: actions.approve(one, by=cast.gm, at=at, tier=one.proposed_tier),
            lambda: actions.withdraw(other, by=cast.sales, at=at),
        )
    )
    after = Reception.objects.get(pk=reception.pk)
    assert (after.status, after.tasks.count()) in [("preparing", 22), ("draft", 0)]


def test_A3_1b_approve_against_approve(cast, at):
    reception = make_reception(cast, "pending", at=at)
    copies = [(stale(reception), leader) for leader in (cast.gm, cast.vgm, cast.vgm2)]
    decided_once(
        race(
            *[
                lambda one=one, by=by: actions.approve(one, by=by, at=at, tier=one.proposed_tier)
                for one, by in copies
            ]
        )
    )
    assert (Task.objects.count(), events_of(reception).filter(verb="approve").count()) == (22, 1)


def test_A3_1b_approve_against_reject(cast, at):
    reception = make_reception(cast, "pending", at=at)
    one, other = stale(reception), stale(reception)
    decided_once(
        race(
            lambda: actions.approve(one, by=cast.gm, at=at, tier=one.proposed_tier),
            lambda: actions.reject(other, by=cast.vgm, at=at, reason="检修"),
        )
    )
    after = Reception.objects.get(pk=reception.pk)
    assert (after.status, after.tasks.count()) in [("preparing", 22), ("rejected", 0)]


def test_A3_1a_submit_twice(cast, at):
    reception = make_draft(cast, at=at)
    one, other = stale(reception), stale(reception)
    decided_once(
        race(
            lambda: actions.submit(one, by=cast.sales, at=at),
            lambda: actions.submit(other, by=cast.sales, at=at),
        )
    )
    assert events_of(reception).filter(verb="submit").count() == 1


def test_A3_1a_save_against_submit_loses_no_word(cast, at):
    reception = make_draft(cast, at=at)
    one, other = stale(reception), stale(reception)
    decided_once(
        race(
            lambda: actions.save_draft(
                one, by=cast.sales, at=at, fields={"note": "改"}, guests=[{"name": "陆远"}]
            ),
            lambda: actions.submit(other, by=cast.sales, at=at),
        )
    )
    after = Reception.objects.get(pk=reception.pk)
    assert (after.status, after.note, after.guests.count()) in [("draft", "改", 1), ("review", "", 0)]


def test_A3_2_take_against_take(cast, at):
    from tests.factories.people import make_user

    task = make_task(cast, at=at)
    people = [
        cast.general,
        make_user("general2", "staff", "general"),
        make_user("general3", "staff", "general"),
    ]
    copies = [(stale(task), person) for person in people]
    decided_once(race(*[lambda one=one, by=by: tasks.take(one, by=by, at=at) for one, by in copies]))
    after = Task.objects.get(pk=task.pk)
    assert (after.assignee, events_of(task).filter(verb="take").count()) == (after.taken_by, 1)


def test_A5_tick_against_tick_of_the_same_line(cast, at):
    task = make_task(cast, at=at)
    copies = [
        TaskCheck.objects.select_related("task__reception", "task__department").get(task=task, words="茶水")
        for _ in range(3)
    ]
    decided_once(race(*[lambda one=one: ticking.tick(one, by=cast.general, at=at) for one in copies]))
    assert events_of(task).filter(verb="tick").count() == 1


def test_A5_ticks_of_different_lines_do_not_meet(cast, at):
    task = make_task(cast, at=at)
    lines = list(TaskCheck.objects.select_related("task__reception", "task__department").filter(task=task))
    outcomes = race(*[lambda one=one: ticking.tick(one, by=cast.general, at=at) for one in lines])
    assert len(winners(outcomes)) == len(lines) == 4
    assert not TaskCheck.objects.filter(task=task, ticked_at__isnull=True).exists()


def test_A5_hand_over_against_complete(cast, at):
    task = make_task(cast, "taken", at=at)
    one, other = stale(task), stale(task)
    office = cast.office.department
    decided_once(
        race(
            lambda: offering.hand_over(one, by=cast.general, at=at, reason="出差", department=office),
            lambda: tasks.finish(other, by=cast.general, at=at),
        )
    )
    after = Task.objects.get(pk=task.pk)
    assert (after.status, after.offered_at) in [("taken", at), ("done", None)]


def test_A5_accept_against_complete(cast, at):
    """Either it is done where it was, or it is the other department's to do: never both."""
    task = make_task(cast, "taken", at=at)
    offering.hand_over(task, by=cast.general, at=at, reason="出差", department=cast.office.department)
    one, other = stale(task), stale(task)
    decided_once(
        race(
            lambda: offering.accept(one, by=cast.office, at=at),
            lambda: tasks.finish(other, by=cast.general, at=at),
        )
    )
    after = Task.objects.get(pk=task.pk)
    assert (after.status, after.department.code) in [("taken", "office"), ("done", "general")]


def test_A5_reconfirm_against_reconfirm(cast, at):
    task = make_task(cast, "done", at=at, code="pick_up")
    copies = [stale(task) for _ in range(2)]
    decided_once(race(*[lambda one=one: tasks.reconfirm(one, by=cast.general, at=at) for one in copies]))


def test_A3_2_finish_against_cancel_of_the_whole(cast, at):
    """One transaction is first: the task is done before the cancellation, or dropped by it, never both."""
    task = make_task(cast, at=at)
    reception = stale(task.reception)
    outcomes = race(
        lambda: tasks.finish(stale(task), by=cast.general, at=at),
        lambda: actions.cancel(reception, by=cast.gm, at=at, reason="改期"),
    )
    assert outcomes[1].won
    after = Task.objects.get(pk=task.pk)
    assert (after.status, outcomes[0].won) in [("done", True), ("dropped", False)]
    assert not Task.objects.open().exists()


def test_numbers_have_no_gap_and_no_twin(cast, at):
    outcomes = race(*[lambda: make_draft(cast, at=at)] * 4)
    assert len(winners(outcomes)) == 4
    assert sorted(Reception.objects.values_list("no", flat=True)) == [f"JD-2026-000{n}" for n in (1, 2, 3, 4)]
