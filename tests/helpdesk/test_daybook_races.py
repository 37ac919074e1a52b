"""The day is signed once, whoever presses first (D4.1, E5.3.7)."""

from datetime import datetime, time

import pytest

from helpdesk.daybook import actions
from helpdesk.daybook.handing import hand_turn, take_turn
from helpdesk.daybook.models import Carried, Day
from helpdesk.daybook.shifts import Shift, Turn
from reception.core.clock.periods import SHANGHAI
from reception.core.flow import Refused
from tests.engines.race import errors, race, winners
from tests.factories.helpdesk import make_repair
from tests.factories.people import cast as make_cast
from tests.helpdesk.test_races import raced

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 10, 21, 23, 0, tzinfo=SHANGHAI)


def test_D4_1_two_shifts_explain_and_sign_at_once():
    cast = make_cast()
    order = make_repair(cast, AT.replace(hour=10), "finished")
    on, people = AT.date(), (cast.clerk, cast.clerk2)
    whys = {order.no: actions.Why("forgotten", "明早交")}
    race(*[lambda by=by: actions.explain(on, by=by, at=AT, whys=whys) for by in people])
    assert (Day.objects.count(), Carried.objects.count()) == (1, 1)
    outcomes = race(*[lambda by=by: actions.hand(on, by=by, at=AT) for by in people])
    assert len(winners(outcomes)) == 1
    assert [(type(error), error.code) for error in errors(outcomes)] == [(Refused, "state")]


def test_E5_3_7_one_takes_it_over_and_one_reads_it():
    cast = make_cast()
    day = actions.hand(AT.date(), by=cast.clerk, at=AT)
    takes = [lambda o, p=p: actions.take(o, by=p, at=AT) for p in (cast.clerk2, cast.assistant)]
    assert sorted(raced(day.pk, *takes, model=Day)) == ["", "stale"]
    ends = [
        lambda o: actions.review(o, by=cast.manager, at=AT, opinion="已阅"),
        lambda o: actions.give_back(o, by=cast.director, at=AT, reason="漏写"),
    ]
    assert sorted(raced(day.pk, *ends, model=Day)) == ["", "stale"]


def test_E5_3_7_a_shift_is_handed_over_once_and_taken_over_once():
    cast, on = make_cast(), AT.date()
    for name, begins, ends in (("早班", 8, 16), ("晚班", 16, 0)):
        Shift.objects.create(name=name, begins=time(begins), ends=time(ends))
    people = (cast.clerk, cast.manager)
    outcomes = race(*[lambda by=by: hand_turn(on, 1, by=by, at=AT) for by in people])
    assert (len(winners(outcomes)), Day.objects.count(), Turn.objects.count()) == (1, 1, 2)
    assert [(type(error), error.code) for error in errors(outcomes)] == [(Refused, "state")]
    turn = Turn.objects.get(number=1)
    takes = [lambda o, p=p: take_turn(o, by=p, at=AT) for p in (cast.clerk2, cast.assistant)]
    assert sorted(raced(turn.pk, *takes, model=Turn)) == ["", "stale"]
