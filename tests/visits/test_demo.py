"""The demo of the reception wing: every state, at whatever hour it is loaded."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from reception.core.ledger.verify import verify
from reception.core.people.demo import build_people
from reception.core.people.models import User
from tests.conftest import SHANGHAI
from visits.demo import build
from visits.models import Change, Reception, Task
from visits.requests.choices import Status

MOMENTS = {
    "monday before dawn": datetime(2026, 10, 19, 3, 0, tzinfo=SHANGHAI),
    "in the long holiday": datetime(2026, 10, 4, 23, 50, tzinfo=SHANGHAI),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_demo_has_every_state_at_any_hour(empty_house, moment, settings):
    """Design §1: items in every state, some overdue, three waiting for a leader, none from the future."""
    settings.DEMO = True
    build_people()
    at = MOMENTS[moment]
    assert build(at) == Reception.objects.count() >= 45
    states = Counter(Reception.objects.values_list("status", flat=True))
    assert set(states) == set(Status.values)
    assert states["pending"] == 3
    gm, vgm = User.objects.get(username="gm"), User.objects.get(username="vgm")
    assert (Reception.objects.pending_for(gm).count(), Reception.objects.pending_for(vgm).count()) == (2, 2)
    assert Task.objects.overdue(at).count() >= 3
    assert Reception.objects.filter(arrive_at__range=(at, at + timedelta(days=15))).count() >= 6
    assert not Reception.objects.filter(created_at__gt=at).exists()
    assert Counter(Change.objects.values_list("status", flat=True)) == {"effective": 1, "pending": 1}
    assert Reception.objects.filter(status="cancelled", sheet__spent__gt=0).count() == 1
    late = Reception.objects.get(retroactive=True)
    assert late.arrive_at < late.created_at
    assert list(verify()) == []
