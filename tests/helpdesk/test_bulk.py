"""History in bulk for load tests: rows that lists and reports take for real ones, with numbers that go on."""

import pytest
from django.core.management import call_command

from helpdesk.demo.bulk import fill
from helpdesk.log.models import Call
from helpdesk.repairs.models import Repair
from reception.core.ledger import Event
from reception.core.people.models import User
from tests.factories.helpdesk import make_call, make_repair

pytestmark = pytest.mark.django_db


def test_bulk_history_lies_before_the_demo_and_its_numbers_go_on(cast, at):
    with pytest.raises(ValueError, match="请先装入演示数据"):
        fill(5, at)
    make_repair(cast, at, status="closed", call=make_call(cast, at, kind="repair"))
    events = Event.objects.count()
    assert fill(41, at) == 41
    calls, orders = Call.objects.order_by("pk")[1:], Repair.objects.order_by("pk")[1:]
    assert (len(calls), len(orders)) == (21, 20)
    assert all((at - one.created_at).days >= 99 for one in (*calls, *orders))
    assert {order.call_id for order in orders} < {call.pk for call in calls}
    assert len({one.no for one in calls}) == 21 and Event.objects.count() == events
    following = make_call(cast, at)
    assert following.no not in {one.no for one in calls}


def test_demo_adds_bulk_history_to_a_filled_database(cast, at, settings, capsys):
    settings.DEMO = True
    make_repair(cast, at, status="closed", call=make_call(cast, at, kind="repair"))
    people = User.objects.count()
    call_command("demo", records=3)
    assert (User.objects.count(), Call.objects.count() + Repair.objects.count()) == (people, 5)
    assert "另加历史记录 3 条" in capsys.readouterr().out
