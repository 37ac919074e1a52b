"""Two people at the same instant: one wins, the other reads a sentence, nothing is half done (D4.4.1, E5.3.7)."""

from datetime import datetime, timedelta

import pytest

from helpdesk.log.actions import convert, reply_close
from helpdesk.log.models import Call
from helpdesk.repairs import actions
from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ARRIVE
from reception.core.clock import sweep
from reception.core.clock.models import Clock
from reception.core.clock.periods import SHANGHAI
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.ledger.models import Event
from reception.core.ledger.verify import verify
from tests.engines.race import race
from tests.factories.helpdesk import make_call, make_repair
from tests.factories.people import cast as make_cast

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)
LATER = AT + timedelta(minutes=5)


def raced(pk: int, *moves, model=Repair) -> list[str]:
    """Each move on its own copy of the row, all at once; how each ended: "" for done, else the refusal's code."""

    def run(move):
        copy = model.objects.get(pk=pk)
        return lambda: move(copy)

    outcomes = race(*[run(move) for move in moves])
    strange = [o.error for o in outcomes if o.error and not isinstance(o.error, Refused)]
    assert strange == []
    assert list(verify()) == []
    return [o.error.code if o.error else "" for o in outcomes]


def verbs(subject) -> list[str]:
    return list(events_of(subject).values_list("verb", flat=True))


def test_dispatch_against_dispatch_sends_one_repairer():
    cast = make_cast()
    order = make_repair(cast, AT)
    ended = raced(
        order.pk,
        lambda o: actions.dispatch(o, by=cast.clerk, at=LATER, repairer=cast.repairer),
        lambda o: actions.dispatch(o, by=cast.assistant, at=LATER, repairer=cast.repairer2),
    )
    assert sorted(ended) == ["", "stale"]
    order.refresh_from_db()
    assert order.repairer == (cast.repairer2 if ended[0] else cast.repairer)
    assert verbs(order) == ["record", "dispatch"]
    assert {clock.owner for clock in Clock.objects.all()} == {order.repairer}


def test_acknowledge_against_reassign_leaves_one_owner():
    cast = make_cast()
    order = make_repair(cast, AT, "handed")
    ended = raced(
        order.pk,
        lambda o: actions.acknowledge(o, by=cast.repairer, at=LATER),
        lambda o: actions.reassign(o, by=cast.assistant, at=LATER, repairer=cast.repairer2, reason="换人"),
    )
    assert sorted(ended) == ["", "stale"]
    order.refresh_from_db()
    expected = (
        ("handed", cast.repairer2, None) if ended[0] else ("acknowledged", cast.repairer, cast.repairer)
    )
    assert (order.status, order.repairer, order.acknowledged_by) == expected


def test_slip_against_force_close_ends_one_way():
    cast = make_cast()
    order = make_repair(cast, AT, "finished")
    moment = order.last_at + timedelta(minutes=1)
    ended = raced(
        order.pk,
        lambda o: actions.slip(o, by=cast.clerk, at=moment),
        lambda o: actions.force_close(o, by=cast.manager, at=moment, reason="底联遗失"),
    )
    assert sorted(ended) == ["", "stale"]
    order.refresh_from_db()
    assert (order.status, order.slip_at, order.force_reason) == (
        ("closed", None, "底联遗失") if ended[0] else ("slip_back", moment, "")
    )


def test_arrive_against_sweep_is_late_once_and_rings_no_more():
    cast = make_cast()
    order = make_repair(cast, AT, "acknowledged")
    moment = order.arrive_due_at + timedelta(minutes=1)
    outcomes = race(
        lambda: actions.arrive(Repair.objects.get(pk=order.pk), by=cast.repairer, at=moment),
        lambda: sweep(moment),
        lambda: sweep(moment),
    )
    assert [o.error for o in outcomes] == [None] * 3
    clock = Clock.objects.get(rule=ARRIVE)
    assert (clock.breached_at, clock.stopped_at, clock.next_at) == (order.arrive_due_at, moment, None)
    percents = [
        e.detail["percent"] for e in events_of(order).filter(verb="escalate") if e.detail["rule"] == ARRIVE
    ]
    assert percents == [50, 80, 100][: len(percents)], "each rung at most once, in order"
    assert not Clock.objects.due(moment + timedelta(days=9)).filter(rule=ARRIVE).exists()


def test_reply_against_convert_of_one_call():
    cast = make_cast()
    call = make_call(cast, AT, kind="repair", place="大堂")
    ended = raced(
        call.pk,
        lambda c: reply_close(c, by=cast.clerk, at=LATER, reply="已修好"),
        lambda c: convert(c, by=cast.clerk2, at=LATER),
        model=Call,
    )
    assert sorted(ended) == ["", "stale"]
    assert Repair.objects.count() == (1 if ended[0] else 0)


def test_convert_against_convert_makes_one_order():
    cast = make_cast()
    call = make_call(cast, AT, kind="repair", place="大堂")
    ended = raced(call.pk, *[lambda c: convert(c, by=cast.clerk, at=LATER)] * 4, model=Call)
    assert sorted(ended) == ["", "stale", "stale", "stale"]
    assert list(Repair.objects.values_list("no", flat=True)) == ["WX-2026-0001"]


def test_D4_4_1_four_workers_mark_each_order_late_once():
    cast = make_cast()
    orders = [make_repair(cast, AT, "handed") for _ in range(6)]
    outcomes = race(*[lambda: sweep(AT + timedelta(hours=3))] * 4)
    assert [o.error for o in outcomes] == [None] * 4
    climbed = (
        Event.objects.filter(verb="escalate", detail__rule=ARRIVE)
        .order_by("subject_no", "seq")
        .values_list("subject_no", "detail__percent")
    )
    assert list(climbed) == [(order.no, percent) for order in orders for percent in (50, 80, 100, 150)]
    assert Repair.objects.late(AT + timedelta(hours=3)).count() == 6
