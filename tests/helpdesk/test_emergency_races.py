"""Several people and several workers in the same instant (D4.4.4)."""

from datetime import datetime, timedelta

import pytest

from helpdesk.emergencies import actions
from helpdesk.emergencies.models import Emergency
from reception.core.clock import sweep
from reception.core.clock.periods import SHANGHAI
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from tests.engines.race import race, winners
from tests.factories.helpdesk import make_emergency
from tests.factories.people import cast as make_cast
from tests.helpdesk.test_races import raced, verbs

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)


def test_D4_4_4_everybody_who_confirms_at_once_is_recorded():
    cast = make_cast()
    one = make_emergency(cast, AT)
    people = (cast.manager, cast.director, cast.energy, cast.gm)
    moves = [lambda o, p=p: actions.acknowledge(o, by=p, at=AT + MINUTE) for p in people]
    assert raced(one.pk, *moves, model=Emergency) == [""] * 4
    one.refresh_from_db()
    assert (one.status, one.alerts.filter(acknowledged_at=AT + MINUTE).count()) == ("reported", 4)
    assert verbs(one).count("report") == 1


def test_D4_4_4_one_person_confirms_once():
    cast = make_cast()
    one = make_emergency(cast, AT)
    move = lambda o: actions.acknowledge(o, by=cast.manager, at=AT)  # noqa: E731
    assert sorted(raced(one.pk, move, move, model=Emergency)) == ["", "state"]


def test_D4_4_4_any_number_of_workers_climb_each_step_once():
    cast = make_cast()
    one = make_emergency(cast, AT)
    outcomes = race(*[lambda: sweep(AT + 5 * MINUTE)] * 3)
    assert (len(winners(outcomes)), sum(o.value for o in outcomes)) == (3, 1)
    one.refresh_from_db()
    assert (one.level, verbs(one).count("escalate")) == (2, 1)
    assert Notice.objects.filter(to=cast.director).count() == 2


def test_D4_4_4_a_confirmation_against_the_worker_leaves_one_story():
    cast = make_cast()
    one = make_emergency(cast, AT)
    race(
        lambda: actions.acknowledge(Emergency.objects.get(pk=one.pk), by=cast.manager, at=AT + 5 * MINUTE),
        lambda: sweep(AT + 5 * MINUTE),
    )
    one.refresh_from_db()
    assert one.status == "reported"
    told = events_of(one).filter(verb="escalate").count()
    assert one.level == 1 + told
    assert sweep(AT + 60 * MINUTE) == 0


def test_D4_4_4_one_of_two_ticks_counts():
    cast = make_cast()
    one = make_emergency(cast, AT)
    duty = one.duties.first()
    moves = [lambda o, p=p: actions.tick(o, by=p, at=AT, duty=duty) for p in (cast.clerk, cast.manager)]
    assert sorted(raced(one.pk, *moves, model=Emergency)) == ["", "state"]


def test_D4_4_4_review_against_send_back_ends_one_way():
    cast = make_cast()
    one = make_emergency(cast, AT, "prevented")
    ended = raced(
        one.pk,
        lambda o: actions.review(o, by=cast.manager, at=AT, opinion="同意"),
        lambda o: actions.send_back(o, by=cast.director, at=AT, reason="损失没写"),
        model=Emergency,
    )
    assert sorted(ended) == ["", "stale"]
