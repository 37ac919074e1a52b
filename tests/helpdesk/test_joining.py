"""Reported already: the caller joins the open order, is counted on it, and the repairer hears of it (D4.4.1, D4.3.4)."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from helpdesk.log.actions import join
from helpdesk.log.models import Call
from helpdesk.repairs import actions as orders
from helpdesk.repairs.models import Repair
from reception.core.clock.models import Clock
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from tests.factories.helpdesk import make_call, make_repair
from tests.helpdesk.test_desk_views import typed

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(client, cast, at):
    with time_machine.travel(at, tick=False):
        client.force_login(cast.clerk)
        yield client


def suggested(client, text, place="3-1202"):
    return client.get("/desk/suggest/", {"text": text, "place": place, "kind": "repair"}).json()["similar"]


def test_D4_4_1_what_is_open_already_is_said_with_number_state_and_since_when(desk, cast, at):
    leak = make_repair(cast, at - 90 * MINUTE, "acknowledged")
    lamp = make_repair(cast, at - 20 * MINUTE, content="客厅灯不亮")
    mended = make_repair(cast, at - 600 * MINUTE, "finished")
    rows = {row["no"]: row for row in suggested(desk, "厨房又漏水了")}
    assert rows[leak.no]["meta"] == "已接单，08:30报修"
    assert {no: row["same"] for no, row in rows.items()} == {leak.no: True, lamp.no: False, mended.no: False}
    join(make_call(cast, at), by=cast.clerk, at=at, order=leak)
    again = next(row for row in suggested(desk, "厨房又漏水了") if row["no"] == leak.no)
    assert (again["meta"], again["next"]) == ("已接单，08:30报修，已来电 2 次", 3)


def test_D4_4_1_joined_it_is_one_order_with_two_calls(desk, cast, at):
    order = make_repair(cast, at - 20 * MINUTE, "acknowledged")
    answer = desk.post("/desk/", typed(join=order.no, content="还没人来"), follow=True)
    assert f"{order.no} 已并入：第 2 次来电，陈建国" in answer.content.decode()
    call = Call.objects.get(content="还没人来")
    assert (call.status, call.joined, Repair.objects.count()) == ("converted", order, 1)
    assert not Clock.objects.open().filter(subject_kind="helpdesk.call").exists()
    event = events_of(order).last()
    assert (event.verb, event.label, event.reason) == ("repeat", "第 2 次来电", "还没人来")
    assert (event.detail["call"], event.detail["times"], event.actor) == (call.no, 2, cast.clerk)
    assert Notice.objects.filter(to=cast.repairer, title__contains="第 2 次来电").count() == 1
    assert "来电2次" in desk.get("/desk/open/").content.decode()
    text = desk.get(call.get_absolute_url()).content.decode()
    assert ("并入的维修单" in text, order.no in text) == (True, True)
    assert "第 2 次来电" in desk.get(order.get_absolute_url()).content.decode()


def test_what_is_over_takes_nobody_in_and_nothing_is_half_written(desk, cast, at):
    order = make_repair(cast, at - 30 * MINUTE, "cancelled")
    answer = desk.post("/desk/", typed(join=order.no))
    assert (answer.status_code, Call.objects.count()) == (409, 0)
    assert "不能再并入；请新建维修单" in answer.content.decode()
    assert desk.post("/desk/", typed(join="WX-2026-9999\x00")).status_code == 422


def test_a_call_that_waits_is_joined_from_its_page(desk, cast, at):
    order, call = make_repair(cast, at - 20 * MINUTE), make_call(cast, at - MINUTE)
    address = f"/helpdesk/calls/{call.no}/join/"
    assert desk.post(address, {"order": "WX-2026-9999", "revision": call.revision}).status_code == 422
    assert desk.post(address, {"order": order.no, "revision": 99}).status_code == 409
    assert desk.post(address, {"order": order.no, "revision": call.revision}).status_code == 302
    assert desk.post(address, {"order": order.no, "revision": call.revision + 1}).status_code == 409
    assert order.repeats.get() == call


def test_only_the_desk_joins(client, cast, at):
    order, call = make_repair(cast, at - 20 * MINUTE), make_call(cast, at - MINUTE)
    address, given = f"/helpdesk/calls/{call.no}/join/", {"order": order.no, "revision": call.revision}
    assert client.post(address, given).status_code == 302
    for who in ("auditor", "repairer", "sales"):
        client.force_login(getattr(cast, who))
        assert client.post(address, given).status_code == 403
    assert order.repeats.count() == 0


def test_D4_3_4_when_the_order_is_struck_out_its_callers_wait_again(cast, at):
    order = make_repair(cast, at - 20 * MINUTE)
    call = make_call(cast, at - MINUTE)
    join(call, by=cast.clerk, at=at, order=order)
    orders.void(order, by=cast.manager, at=at + MINUTE, reason="登记错了")
    call.refresh_from_db()
    assert (call.status, call.joined) == ("open", None)
    assert Clock.objects.open().filter(subject_kind="helpdesk.call", subject_id=call.pk).count() == 1


def test_the_database_joins_only_what_was_converted(cast, at):
    order, call = make_repair(cast, at), make_call(cast, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(joined=order)


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_D4_3_4_two_callers_join_at_once_and_both_are_counted(cast, at):
    """A cancellation runs beside them: whoever joined did so while the order was open."""
    order = make_repair(cast, at - 20 * MINUTE)
    calls = [make_call(cast, at - MINUTE) for _ in range(3)]
    found: list[str] = []

    def run(act, **given):
        try:
            act(by=cast.clerk, at=at, **given)
            found.append("done")
        except Refused as refused:
            found.append(refused.code)
        finally:
            connection.close()

    def one(call):
        return threading.Thread(
            target=run, args=[lambda **k: join(call, order=Repair.objects.get(pk=order.pk), **k)]
        )

    cancel = threading.Thread(
        target=run, args=[lambda **k: orders.cancel(Repair.objects.get(pk=order.pk), reason="不修了", **k)]
    )
    threads = [one(calls[0]), one(calls[1]), cancel, one(calls[2])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = [event.detail["times"] for event in events_of(order).filter(verb="repeat")]
    assert times == list(range(2, 2 + order.repeats.count()))
    assert (len(found), set(found) <= {"done", "state", "stale"}) == (4, True)


def test_a_refused_join_keeps_the_choice(desk, cast, at):
    order = make_repair(cast, at - 20 * MINUTE)
    answer = desk.post("/desk/", typed(join=order.no, content="", place="3栋1202"))
    assert f'name="join" value="{order.no}"' in answer.content.decode()
