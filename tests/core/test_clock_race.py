"""Many workers, one ladder: each rung is climbed once (D4.4.1), on both engines."""

from datetime import datetime, timedelta

import pytest

from reception.core.clock import start, sweep
from reception.core.clock.models import Clock
from reception.core.clock.periods import SHANGHAI
from reception.core.clock.ticks import claim_tick
from reception.core.ledger import writing
from reception.core.ledger.models import Event
from reception.core.ledger.verify import verify
from reception.core.notices.actions import tell
from reception.core.notices.models import Notice
from tests.core.things import Thing
from tests.engines.race import race
from tests.factories.people import cast as make_cast

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
T0 = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)
LATE = T0 + timedelta(minutes=60)
NIGHT, MORNING = T0.replace(hour=23), T0.replace(day=22, hour=7)
CLOCKS, WORKERS, RUNGS = 12, 4, 4


def due_clocks():
    people = make_cast()
    with writing():
        for pk in range(1, CLOCKS + 1):
            start(Thing(pk), "repair.arrive", at=T0, due_at=T0 + timedelta(minutes=30), owner=people.repairer)


def test_D4_4_1_four_workers_climb_every_rung_once():
    due_clocks()
    outcomes = race(*[lambda: sweep(LATE)] * WORKERS)
    assert [outcome.error for outcome in outcomes] == [None] * WORKERS
    climbed = Event.objects.filter(verb="escalate").values_list("subject_no", "detail__percent")
    assert sorted(climbed) == sorted(
        (f"WX-2026-{pk:04d}", percent) for pk in range(1, CLOCKS + 1) for percent in (50, 80, 100, 150)
    )
    assert sum(outcome.value for outcome in outcomes) == CLOCKS * RUNGS
    assert list(verify()) == []


def test_negative_control_without_the_claim_people_hear_twice():
    """What the guarded update is for: look, then tell, and every worker tells."""
    due_clocks()

    def careless() -> int:
        due = list(Clock.objects.due(LATE).select_related("owner"))
        return sum(tell([clock.owner], title=clock.title, url=clock.url, at=LATE) for clock in due)

    race(*[careless] * WORKERS)
    assert Notice.objects.count() == CLOCKS * WORKERS


def hushed_clocks():
    """Everything of the night, climbed and not told."""
    people = make_cast()
    with writing():
        for pk in range(1, CLOCKS + 1):
            start(
                Thing(pk),
                "repair.arrive",
                at=NIGHT,
                due_at=NIGHT + timedelta(minutes=30),
                owner=people.repairer,
            )
    return race(*[lambda: sweep(NIGHT + timedelta(minutes=60))] * WORKERS)


def test_mistake_5_four_workers_hold_back_every_rung_and_tell_each_clock_once_at_seven():
    climbed = hushed_clocks()
    assert sum(outcome.value for outcome in climbed) == CLOCKS * RUNGS and not Notice.objects.exists()
    outcomes = race(*[lambda: sweep(MORNING)] * WORKERS)
    assert [outcome.error for outcome in outcomes] == [None] * WORKERS
    assert sum(outcome.value for outcome in outcomes) == CLOCKS
    heard = Notice.objects.values_list("to__username", flat=True)
    assert sorted(heard) == sorted(["assistant", "director", "manager", "repairer"] * CLOCKS)
    assert list(verify()) == []


def test_negative_control_without_the_claim_the_morning_is_told_by_every_worker():
    hushed_clocks()

    def careless() -> int:
        due = list(Clock.objects.hushed(MORNING).select_related("owner"))
        return sum(tell([clock.owner], title=clock.title, url=clock.url, at=MORNING) for clock in due)

    race(*[careless] * WORKERS)
    assert Notice.objects.count() == CLOCKS * WORKERS


def test_a_slot_is_run_by_one_of_many_workers():
    outcomes = race(*[lambda: claim_tick("daily", 60, T0)] * 8)
    assert sorted(outcome.value for outcome in outcomes) == [False] * 7 + [True]


def test_numbers_and_links_stay_whole_under_many_writers():
    from reception.core.ledger import next_no, record

    def write() -> list[str]:
        numbers = []
        for _ in range(10):
            with writing():
                numbers.append(next_no("WX", T0))
                record(Thing(), "note", "记一笔", by=None, at=T0)
        return numbers

    outcomes = race(*[write] * WORKERS)
    numbers = sorted(number for outcome in outcomes for number in outcome.value)
    assert numbers == [f"WX-2026-{index:04d}" for index in range(1, 10 * WORKERS + 1)]
    assert list(verify()) == []
