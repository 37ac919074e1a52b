"""Hostile input at the doors of emergencies, complaints and visitors: a sentence and a 4xx, never a 500, nothing half-written (D4.4.4)."""

from datetime import timedelta

import pytest
import time_machine

from helpdesk.collective.actions import dismiss
from helpdesk.collective.models import Collective
from tests.helpdesk.test_collective import make_collective
from tests.helpdesk.test_complaint_views import MOVES as CASES
from tests.helpdesk.test_complaint_views import ready as case_ready
from tests.helpdesk.test_emergency_views import MOVES as ALARMS
from tests.helpdesk.test_emergency_views import ready as alarm_ready
from tests.helpdesk.test_enquiry_views import MOVES as ASKED
from tests.helpdesk.test_enquiry_views import ready as asked_ready
from tests.helpdesk.test_hostile import harmed
from tests.helpdesk.test_matter_views import MOVES as MATTERS
from tests.helpdesk.test_matter_views import ready as matter_ready
from tests.helpdesk.test_visitor import MOVES as VISITS
from tests.helpdesk.test_visitor import TYPED, come

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_frame")]
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


@pytest.mark.parametrize("move", MATTERS)
def test_D4_4_3_no_field_of_a_move_breaks_the_matter(client, cast, at, move):
    _, url, data, who = matter_ready(cast, at, move)
    with time_machine.travel(at + TEN, tick=False):
        client.force_login(who)
        given = data | {"_once": "a", "worker": ""}
        assert harmed(client, "post", url, given, given) == []


def test_D4_4_4_no_field_of_a_move_breaks_the_collective_report(client, cast, at):
    client.force_login(cast.clerk)
    with time_machine.travel(at + TEN, tick=False):
        for state, moves in (("proposed", ("dismiss", "accept")), ("accepted", ("call_back", "finish"))):
            one = make_collective(cast, at, state)
            typed = {
                "revision": one.revision,
                "reason": "误会",
                "household": "1",
                "result": "settled",
                "words": "好",
            }
            for move in moves:
                given = {**typed, "_once": "a"}
                assert harmed(client, "post", f"{one.get_absolute_url()}{move}/", given, given) == []
            assert harmed(client, "get", one.get_absolute_url(), ["household"], {}) == []
            if Collective.objects.get(pk=one.pk).status == "proposed":
                dismiss(one, by=cast.clerk, at=at, reason="误会")
            at += TEN * 300


def test_D4_4_3_no_field_of_a_new_matter_breaks_it(client, cast):
    client.force_login(cast.clerk)
    given = {"kind": "other", "reporter": "周", "phone": "", "place": "", "channel": "来访", "content": "地砖松动",
             "praised": "", "praised_department": "", "transfer_to": "", "_once": "a"}  # fmt: skip
    assert harmed(client, "post", "/helpdesk/matters/new/", given, given) == []


@pytest.mark.parametrize("field", ["content", "place", "_once"])
def test_D4_4_4_no_field_of_the_alarm_breaks_it(client, cast, field):
    client.force_login(cast.clerk)
    assert (
        harmed(client, "post", "/helpdesk/emergencies/new/", [field], {"content": "冒烟", "place": "东门"})
        == []
    )


@pytest.mark.parametrize("field", ["key", "name", "title", "company", "people", "host", "department", "purpose", "phone", "paper",
                                   "plate", "badge", "booked", "_once"])  # fmt: skip
def test_C4_no_field_of_the_sign_in_breaks_it(client, cast, field):
    client.force_login(cast.clerk)
    given = {"name": "丁薇", "people": "2", "host": cast.sales.pk, "purpose": "谈事"}
    assert harmed(client, "post", "/helpdesk/visitors/new/", [field], given) == []


@pytest.mark.parametrize("move", VISITS)
def test_C5_no_field_of_a_move_breaks_the_visitor(client, cast, at, move):
    before, who, _ = VISITS[move]
    one = come(cast, at, before)
    with time_machine.travel(at + TEN, tick=False):
        client.force_login(getattr(cast, who))
        given = {**TYPED.get(move, {}), "revision": one.revision, "_once": "a"}
        assert harmed(client, "post", f"{one.get_absolute_url()}{move}/", given, given) == []


@pytest.mark.parametrize("move", ASKED)
def test_E5_2_no_field_of_a_move_breaks_the_enquiry(client, cast, at, move):
    _, url, data, who = asked_ready(cast, at, move)
    with time_machine.travel(at + TEN, tick=False):
        client.force_login(who)
        given = (
            data
            | {"_once": "a"}
            | ({"sources": "WJ-2026-0001"} if move in ("answer", "reply", "advise") else {})
        )
        assert harmed(client, "post", url, given, given) == []


@pytest.mark.parametrize("field", ["caller_name", "caller_title", "place", "company", "content", "handling", "reply", "sources",
                                   "reply_due_at", "number", "_once"])  # fmt: skip
def test_E5_2_2_no_field_of_the_visit_s_form_breaks_it(client, cast, field):
    client.force_login(cast.clerk)
    given = {"caller_name": "丁", "content": "问车位", "handling": "answer", "reply": "有"}
    if field in ("reply_due_at", "number"):
        given |= {"handling": "promise", "reply_due_at": "2026-10-21T16:00", "number": "8001"}
    assert harmed(client, "post", "/helpdesk/enquiries/new/", [field], given) == []
