"""Two people at the same complaint in the same instant: one wins, the other reads a sentence (D4.4.2)."""

from datetime import datetime, timedelta

import pytest

from helpdesk.complaints import actions
from helpdesk.complaints.models import Complaint
from helpdesk.log.actions import complain
from helpdesk.log.models import Call
from reception.core.clock.periods import SHANGHAI
from tests.factories.helpdesk import make_call, make_complaint
from tests.factories.people import cast as make_cast
from tests.helpdesk.test_races import raced

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)


def test_D4_4_2_one_call_becomes_one_complaint():
    cast = make_cast()
    call = make_call(cast, AT, kind="complaint", handling="先登记")
    moves = [lambda o, p=p: complain(o, by=p, at=AT, courtesy="apology") for p in (cast.clerk, cast.clerk2)]
    assert sorted(raced(call.pk, *moves, model=Call)) == ["", "stale"]
    assert Complaint.objects.count() == 1


def test_D4_4_2_two_signatures_are_one():
    cast = make_cast()
    one = make_complaint(cast, AT, "verified")
    given = {"decision": "整改", "department": cast.repairer.department, "due_at": AT + timedelta(hours=8)}
    moves = [lambda o, p=p: actions.confirm(o, by=p, at=AT, **given) for p in (cast.manager, cast.director)]
    assert sorted(raced(one.pk, *moves, model=Complaint)) == ["", "stale"]


def test_D4_4_2_satisfied_against_not_satisfied_ends_one_way():
    cast = make_cast()
    one = make_complaint(cast, AT, "done")
    ended = raced(
        one.pk,
        lambda o: actions.feedback(o, by=cast.clerk, at=AT, way="phone", opinion="satisfied"),
        lambda o: actions.feedback(
            o, by=cast.clerk2, at=AT, way="phone", opinion="unsatisfied", opinion_words="照旧"
        ),
        model=Complaint,
    )
    assert sorted(ended) == ["", "stale"]
    one.refresh_from_db()
    assert (one.status, one.round) == (("again", 2) if ended[0] else ("fed_back", 1))
