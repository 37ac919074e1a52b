"""Two people at the same enquiry in the same instant: one wins, the other reads a sentence (E5.2)."""

from datetime import datetime, timedelta

import pytest

from helpdesk.enquiries import actions
from helpdesk.enquiries.models import CallBack, Enquiry
from helpdesk.log.actions import enquire, reply_close
from helpdesk.log.models import Call
from reception.core.clock import sweep
from reception.core.clock.models import Clock
from reception.core.clock.periods import SHANGHAI
from reception.core.notices.models import Notice
from tests.engines.race import race
from tests.factories.helpdesk import make_call, make_enquiry
from tests.factories.people import cast as make_cast
from tests.helpdesk.test_races import raced

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)


def test_E5_2_1d_one_call_is_one_record_whoever_writes_it():
    cast = make_cast()
    call = make_call(cast, AT)
    ended = raced(
        call.pk,
        lambda c: enquire(c, by=cast.clerk, at=AT),
        lambda c: enquire(c, by=cast.clerk2, at=AT),
        lambda c: reply_close(c, by=cast.assistant, at=AT, reply="三十天"),
        model=Call,
    )
    assert (sorted(ended), Enquiry.objects.count()) == (["", "stale", "stale"], 1)


def test_E5_2_1b_moves_that_exclude_each_other_are_made_once():
    """Every pair ends with one done and one told that somebody was faster."""
    cast = make_cast()
    pairs = (
        ("recorded", lambda o: actions.answer(o, by=cast.clerk, at=AT, words="好"),
         lambda o: actions.promise(o, by=cast.clerk2, at=AT, contact="8001", reply_due_at=AT + HOUR)),
        ("waiting", lambda o: actions.reply(o, by=cast.clerk, at=AT + HOUR, words="好"),
         lambda o: actions.hand(o, by=cast.clerk2, at=AT + HOUR, specialist=cast.tech)),
        ("sent", lambda o: actions.accept(o, by=cast.tech, at=AT + HOUR),
         lambda o: actions.withdraw(o, by=cast.clerk, at=AT + HOUR, reason="出差")),
        ("accepted", lambda o: actions.advise(o, by=cast.tech, at=AT + HOUR, words="好", told=True),
         lambda o: actions.rearrange(o, by=cast.clerk, at=AT + HOUR, reply_due_at=AT + 9 * HOUR, reason="在开会")),
        ("notified", lambda o: actions.take(o, by=cast.assistant, at=AT + HOUR),
         lambda o: actions.take(o, by=cast.manager, at=AT + HOUR)),
        ("replied", lambda o: actions.close(o, by=cast.clerk, at=AT + HOUR),
         lambda o: actions.void(o, by=cast.manager, at=AT + HOUR, reason="重复")),
    )  # fmt: skip
    for state, one, other in pairs:
        enquiry = make_enquiry(cast, AT, state)
        assert sorted(raced(enquiry.pk, one, other, model=Enquiry)) == ["", "stale"], state
        assert CallBack.objects.filter(enquiry=enquiry, outcome="open").count() <= 1
        assert Clock.objects.filter(subject_no=enquiry.no, stopped_at=None).count() <= 1


def test_E5_2_1b_four_workers_ring_each_rung_once_and_the_top_once_more():
    cast = make_cast()
    make_enquiry(cast, AT, "waiting")
    for hours, rungs in ((9, 5), (9.2, 0), (9.6, 1)):
        before = Notice.objects.filter(to=cast.clerk).count()
        outcomes = race(*[lambda hours=hours: sweep(AT + hours * HOUR)] * 4)
        assert [o.error for o in outcomes] == [None] * 4
        assert Notice.objects.filter(to=cast.clerk).count() - before == rungs
    assert Clock.objects.get(stopped_at=None).breached_at == AT + 2 * HOUR


def test_E5_2_1b_the_call_back_against_the_ringing_leaves_silence():
    cast = make_cast()
    one = make_enquiry(cast, AT, "waiting")
    moment = AT + 3 * HOUR
    outcomes = race(
        lambda: actions.reply(Enquiry.objects.get(pk=one.pk), by=cast.clerk, at=moment, words="好"),
        lambda: sweep(moment),
        lambda: sweep(moment),
    )
    assert [o.error for o in outcomes] == [None] * 3
    assert sweep(moment + 5 * HOUR) == 0
    assert CallBack.objects.get().outcome == "done"
