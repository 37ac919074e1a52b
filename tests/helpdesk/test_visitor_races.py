"""Two clerks at the door in the same instant (C4, C5)."""

from datetime import datetime

import pytest

from helpdesk.visitors import actions
from helpdesk.visitors.models import Visitor
from reception.core.clock.periods import SHANGHAI
from reception.core.flow import Refused
from tests.engines.race import errors, race, winners
from tests.factories.people import cast as make_cast
from tests.helpdesk.test_races import raced
from tests.helpdesk.test_visitor import come

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)


def test_C4_one_badge_is_given_once():
    cast = make_cast()
    outcomes = race(*[lambda name=name: come(cast, AT, name=name, badge="A07") for name in ("丁薇", "江河")])
    assert len(winners(outcomes)) == 1
    assert [(type(error), error.code) for error in errors(outcomes)] == [(Refused, "invalid")]
    assert Visitor.objects.get().no == "FK-2026-0001", "the loser's number is not lost"


def test_C5_one_leaving_is_written():
    cast = make_cast()
    one = come(cast, AT)
    moves = [lambda o, p=p: actions.leave(o, by=p, at=AT) for p in (cast.clerk, cast.clerk2)]
    assert sorted(raced(one.pk, *moves, model=Visitor)) == ["", "stale"]
