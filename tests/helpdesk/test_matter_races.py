"""Two people at the same matter in the same instant: one wins, the other reads a sentence (D4.4.3)."""

from datetime import datetime, timedelta

import pytest

from helpdesk.log.actions import hand_on
from helpdesk.log.models import Call
from helpdesk.matters import actions
from helpdesk.matters.models import Matter
from reception.core.clock.models import Clock
from reception.core.clock.periods import SHANGHAI
from tests.factories.helpdesk import make_call, make_matter
from tests.factories.people import cast as make_cast
from tests.helpdesk.test_races import raced

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)


def test_D4_4_3_each_step_is_made_once():
    cast = make_cast()
    call = make_call(cast, AT, kind="advice", handling="先登记")
    desk, works = (cast.clerk, cast.manager), (cast.repairer, cast.repairer2)
    led = [lambda o, p=p: hand_on(o, by=p, at=AT) for p in desk]
    assert sorted(raced(call.pk, *led, model=Call)) == ["", "stale"]
    one = Matter.objects.get()
    to = {"department": cast.repairer.department, "due_at": AT + timedelta(hours=8)}
    given = [lambda o, p=p: actions.assign(o, by=p, at=AT, **to) for p in desk]
    assert sorted(raced(one.pk, *given, model=Matter)) == ["", "stale"]
    signed = [lambda o, p=p: actions.sign(o, by=p, at=AT) for p in works]
    assert sorted(raced(one.pk, *signed, model=Matter)) == ["", "stale"]
    one.refresh_from_db()
    later = {"due_at": AT + timedelta(hours=9), "reason": "等材料"}
    ended = raced(
        one.pk,
        lambda o: actions.postpone(o, by=cast.clerk, at=AT, **later),
        lambda o: actions.finish(o, by=one.worker, at=AT, result="办好了", verdict="adopted"),
        model=Matter,
    )
    assert sorted(ended) == ["", "stale"]
    assert Clock.objects.of(one).open().count() == 1


def test_D4_4_3_accepted_against_not_accepted_ends_one_way():
    cast = make_cast()
    one = make_matter(cast, AT, "done")
    ended = raced(
        one.pk,
        lambda o: actions.feedback(o, by=cast.clerk, at=AT, way="phone", opinion="accepted"),
        lambda o: actions.feedback(
            o, by=cast.clerk2, at=AT, way="phone", opinion="rejected", opinion_words="照旧"
        ),
        model=Matter,
    )
    assert sorted(ended) == ["", "stale"]
    one.refresh_from_db()
    assert (one.status, one.round) == (("returned", 2) if ended[0] else ("fed_back", 1))
