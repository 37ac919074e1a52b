"""Clocks: the ladder climbs without anybody looking, once, and a breach stays for ever (D4.4.1, records §2.2)."""

from datetime import datetime, timedelta

import pytest

from reception.core.clock import clocks_of, pause, restart, resume, start, stop, stop_all, sweep
from reception.core.clock.models import Clock, LadderStep, WorkCalendar
from reception.core.clock.periods import SHANGHAI
from reception.core.clock.ticks import claim_tick
from reception.core.ledger import writing
from reception.core.ledger.models import Event
from reception.core.notices.models import Notice
from tests.core.things import Thing

pytestmark = pytest.mark.django_db
T0 = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)


def minutes(count):
    return timedelta(minutes=count)


def begin(thing=None, owner=None, due=30, **more):
    with writing():
        return start(thing or Thing(), "repair.arrive", at=T0, due_at=T0 + minutes(due), owner=owner, **more)


def told(since=0):
    return [(notice.to.username, notice.level) for notice in Notice.objects.order_by("id")[since:]]


def test_D4_4_1_the_ladder_climbs_owner_assistant_manager_director(cast):
    begin(owner=cast.repairer)
    heard = []
    for minute in (14, 15, 24, 30, 45, 600):
        count = Notice.objects.count()
        sweep(T0 + minutes(minute))
        heard.append((minute, told(count)))
    assert heard == [
        (14, []),
        (15, [("repairer", "warn")]),
        (24, [("assistant", "warn"), ("repairer", "warn")]),
        (30, [("manager", "urgent")]),
        (45, [("director", "urgent")]),
        (600, []),
    ]


def test_a_sweep_that_comes_late_climbs_every_rung_it_missed(cast):
    begin(owner=cast.repairer)
    assert sweep(T0 + minutes(60)) == 4
    assert [e.detail["percent"] for e in Event.objects.filter(verb="escalate").order_by("seq")] == [
        50,
        80,
        100,
        150,
    ]


def test_a_second_sweep_at_the_same_instant_climbs_nothing(cast):
    begin(owner=cast.repairer)
    assert (sweep(T0 + minutes(60)), sweep(T0 + minutes(60))) == (4, 0)


def test_D4_4_1_late_stays_late_for_ever(cast):
    clock = begin(owner=cast.repairer)
    sweep(T0 + minutes(31))
    with writing():
        stop(Thing(), "repair.arrive", at=T0 + minutes(40))
    clock.refresh_from_db()
    assert (clock.breached_at, clock.late(T0 + timedelta(days=300))) == (T0 + minutes(30), True)


def test_stopped_late_before_any_sweep_is_late_too(cast):
    begin(owner=cast.repairer)
    with writing():
        clock = stop(Thing(), "repair.arrive", at=T0 + minutes(31))
    assert clock.breached_at == T0 + minutes(30)
    assert sweep(T0 + minutes(300)) == 0


def test_stopped_in_time_is_never_late_and_never_climbs(cast):
    begin(owner=cast.repairer)
    with writing():
        clock = stop(Thing(), "repair.arrive", at=T0 + minutes(30))
    assert (clock.breached_at, sweep(T0 + timedelta(days=9))) == (None, 0)


def test_an_agreed_time_begins_a_new_round_and_keeps_the_breach(cast):
    begin(owner=cast.repairer)
    with writing():
        restart(Thing(), "repair.arrive", at=T0 + minutes(35), due_at=T0 + minutes(120), owner=cast.repairer)
    first, second = clocks_of(Thing())
    assert (first.breached_at, second.round, second.breached_at) == (T0 + minutes(30), 2, None)


def test_paused_nothing_is_due_and_the_time_left_is_kept(cast):
    clock = begin(owner=cast.repairer)
    with writing():
        pause(Thing(), "repair.arrive", at=T0 + minutes(10))
    assert sweep(T0 + minutes(500)) == 0
    with writing():
        resume(Thing(), "repair.arrive", at=T0 + minutes(100))
    clock.refresh_from_db()
    assert clock.due_at == T0 + minutes(120)
    assert sweep(T0 + minutes(104)) == 0, "an item leaving a pause must not climb at once"
    assert sweep(T0 + minutes(105)) == 1


def test_a_breach_before_a_pause_is_not_washed_away(cast):
    clock = begin(owner=cast.repairer)
    with writing():
        pause(Thing(), "repair.arrive", at=T0 + minutes(31))
        stop(Thing(), "repair.arrive", at=T0 + minutes(50))
    clock.refresh_from_db()
    assert clock.breached_at == T0 + minutes(30)


def test_a_calendar_clock_counts_working_time_over_lunch_and_pause(cast):
    office = WorkCalendar.objects.get(code="office")
    with writing():
        clock = start(
            Thing(), "reply", at=T0, due_at=office.add(T0, minutes(240)), calendar=office, owner=cast.clerk
        )
        pause(Thing(), "reply", at=T0 + minutes(60))
        resume(Thing(), "reply", at=T0 + minutes(240))
    clock.refresh_from_db()
    assert clock.due_at == office.add(T0 + minutes(240), minutes(180))
    assert clock.held == minutes(60 + 30)


def test_closed_things_stop_counting(cast):
    begin(owner=cast.repairer)
    with writing():
        stop_all(Thing(), at=T0 + minutes(1))
    assert (Clock.objects.open().count(), sweep(T0 + timedelta(days=1))) == (0, 0)


def test_a_ladder_of_its_own_replaces_the_common_one(cast):
    LadderStep.objects.create(rule="repair.arrive", percent=100, audience="owner")
    begin(owner=cast.repairer)
    assert (sweep(T0 + minutes(600)), told()) == (1, [("repairer", "urgent")])


def test_two_open_clocks_of_one_rule_cannot_be(cast):
    from django.db import IntegrityError

    begin()
    with pytest.raises(IntegrityError):
        begin()


def test_a_tick_belongs_to_one_worker():
    assert [claim_tick("x", 60, T0), claim_tick("x", 60, T0 + timedelta(seconds=59))] == [True, False]
    assert claim_tick("x", 60, T0 + timedelta(seconds=60))
