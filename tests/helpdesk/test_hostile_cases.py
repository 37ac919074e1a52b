"""Hostile input at the doors of emergencies and complaints: a sentence and a 4xx, never a 500, nothing half-written (D4.4.4)."""

from datetime import timedelta

import pytest
import time_machine

from tests.helpdesk.test_complaint_views import MOVES as CASES
from tests.helpdesk.test_complaint_views import ready as case_ready
from tests.helpdesk.test_emergency_views import MOVES as ALARMS
from tests.helpdesk.test_emergency_views import ready as alarm_ready
from tests.helpdesk.test_hostile import harmed

pytestmark = pytest.mark.django_db
TEN = timedelta(minutes=10)


@pytest.mark.parametrize("move", ALARMS)
def test_D4_4_4_no_field_of_a_move_breaks_the_emergency(client, cast, at, move):
    _, url, data, who = alarm_ready(cast, at, move)
    with time_machine.travel(at + TEN, tick=False):
        client.force_login(who)
        given = data | {"_once": "a"}
        assert harmed(client, "post", url, given, given) == []


@pytest.mark.parametrize("move", CASES)
def test_D4_4_2_no_field_of_a_move_breaks_the_complaint(client, cast, at, move):
    _, url, data, who = case_ready(cast, at, move)
    with time_machine.travel(at + TEN, tick=False):
        client.force_login(who)
        given = data | {"_once": "a"}
        assert harmed(client, "post", url, given, given) == []


@pytest.mark.parametrize("field", ["content", "place", "_once"])
def test_D4_4_4_no_field_of_the_alarm_breaks_it(client, cast, field):
    client.force_login(cast.clerk)
    assert (
        harmed(client, "post", "/helpdesk/emergencies/new/", [field], {"content": "冒烟", "place": "东门"})
        == []
    )
