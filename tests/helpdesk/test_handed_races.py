"""A report is signed, handed in and received once, whoever presses first (D4.4.5)."""

from datetime import datetime

import pytest

from helpdesk.handed import actions
from helpdesk.handed.models import HeldMonth, Snapshot, Submission
from helpdesk.report.spans import whole
from reception.core.ledger.guards import missing
from tests.engines.race import race, winners
from tests.factories.handed import make_report
from tests.factories.people import cast as make_cast
from tests.helpdesk.stories import CHINA
from tests.helpdesk.test_races import raced

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
LATER = datetime(2026, 12, 2, 9, 0, tzinfo=CHINA)


def test_D4_4_5_two_begin_and_two_spans_sign_at_once():
    cast = make_cast()
    span = whole(datetime(2026, 10, 1).date())
    begun = race(*[lambda by=by: actions.begin(span, by=by, at=LATER) for by in (cast.clerk, cast.manager)])
    assert (len(winners(begun)), Submission.objects.count()) == (2, 1)
    both = make_report(cast, LATER, months=2)
    one = Submission.objects.get(no="BG-2026-10")
    ended = race(*[lambda o=o: actions.sign(o, by=cast.clerk, at=LATER) for o in (one, both)])
    assert len(winners(ended)) == 1
    assert len(set(HeldMonth.objects.values_list("submission", flat=True))) == 1


def test_D4_4_5_one_move_wins_and_one_snapshot_is_made():
    cast = make_cast()
    found = make_report(cast, LATER, "reviewed")
    ends = [
        lambda o: actions.submit(o, by=cast.manager, at=LATER),
        lambda o: actions.submit(o, by=cast.director, at=LATER),
        lambda o: actions.send_back(o, by=cast.manager, at=LATER, reason="漏了案例"),
    ]
    assert sorted(raced(found.pk, *ends, model=Submission)) == ["", "stale", "stale"]
    status = Submission.objects.get().status
    assert Snapshot.objects.count() == (status == "submitted")


def test_D4_4_5_received_or_sent_back_and_the_guards_stand():
    from django.db import connection

    cast = make_cast()
    found = make_report(cast, LATER, "submitted")
    ends = [
        lambda o: actions.receive(o, by=cast.director, at=LATER),
        lambda o: actions.give_back(o, by=cast.director, at=LATER, reason="漏了案例"),
    ]
    assert sorted(raced(found.pk, *ends, model=Submission)) == ["", "stale"]
    assert missing(connection) == set()
