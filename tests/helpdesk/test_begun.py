"""No call ends without a record or a reason, and what is typed is its writer's alone (E5.2.1d, D4.2)."""

import json
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client

from helpdesk.begun.actions import drop, keep
from helpdesk.begun.models import Begun
from helpdesk.log.models import Call
from reception.core.flow import Refused
from reception.core.ledger import Event
from tests.helpdesk.test_desk_views import typed

pytestmark = pytest.mark.django_db
KEY, OTHER = "a" * 32, "b" * 32
MINUTE = timedelta(minutes=1)


def data(turn=1, **given):
    """One save as the browser sends it."""
    values = {"content": "问押金", "caller_name": "周", "rings": "2"}
    return {
        "key": KEY,
        "data": json.dumps({"values": values, "turn": turn, "focus": "content", "caret": 2, **given}),
    }


@pytest.fixture
def desk(client, cast, at):
    with time_machine.travel(at, tick=False):
        client.force_login(cast.clerk)
        yield client


def listed(client, keys=""):
    return client.get("/desk/begun/", {"keys": keys}).json()


def test_D4_2_what_is_typed_is_kept_with_the_place_of_the_hand(desk, cast):
    assert desk.post("/desk/begun/save/", data()).json() == {"kept": True, "at": "10:00:00"}
    (row,) = listed(desk)["rows"]
    assert (row["key"], row["values"]["content"], row["focus"], row["caret"]) == (KEY, "问押金", "content", 2)
    desk.post("/desk/begun/save/", data(turn=3, values={"content": "问押金何时退"}, parked=True))
    desk.post("/desk/begun/save/", data(turn=2))  # overtaken on the way
    row = Begun.objects.get()
    assert (row.values, row.parked, row.turn, row.created_by) == (
        {"content": "问押金何时退"},
        True,
        3,
        cast.clerk,
    )
    assert Event.objects.filter(subject_kind="helpdesk.begun").count() == 0


def test_D4_2_nobody_else_is_shown_the_words(desk, cast):
    desk.post("/desk/begun/save/", data())
    other = Client()
    other.force_login(cast.manager)
    assert listed(other, KEY) == {"rows": [], "ended": []}
    page = other.get("/helpdesk/calls/begun/").content.decode()
    assert (str(cast.clerk) in page, "只有本人看得到" in page, "问押金" in page) == (True, True, False)
    assert other.post(f"/desk/begun/{KEY}/drop/", {"reason": "打错"}).status_code == 404
    other.force_login(cast.auditor)
    (row,) = Begun.objects.all()
    assert "问押金" not in other.get(f"/admin/helpdesk/begun/{row.pk}/change/").content.decode()


def test_E5_2_1d_the_record_takes_it_over(desk):
    desk.post("/desk/begun/save/", data())
    assert desk.post("/desk/", typed(begun=KEY, _once="x")).status_code == 302
    row = Begun.objects.get()
    assert (row.call, row.values) == (Call.objects.get(), {})
    assert listed(desk, f"{KEY},{OTHER}") == {"rows": [], "ended": [KEY]}
    assert desk.post("/desk/begun/save/", data(turn=9)).status_code == 409, "a save that comes late"
    # Recorded before the first save went out: that one must not rise from the dead either.
    desk.post("/desk/", typed(begun=OTHER, _once="y", content="灯不亮"))
    assert desk.post("/desk/begun/save/", {**data(), "key": OTHER}).status_code == 409


def test_E5_2_1d_a_refused_record_leaves_it_begun(desk):
    desk.post("/desk/begun/save/", data())
    answer = desk.post("/desk/", typed(begun=KEY, content=""))
    assert (answer.status_code, f'value="{KEY}"' in answer.content.decode()) == (422, True)
    assert Begun.objects.open().count() == 1


def test_E5_2_1d_without_a_record_it_needs_a_reason_which_is_on_the_ledger(desk, cast):
    desk.post("/desk/begun/save/", data())
    refused = desk.post(f"/desk/begun/{KEY}/drop/", {"reason": " "})
    assert (refused.status_code, "没说话就挂断" in refused.content.decode()) == (422, True)
    silent = desk.post(f"/desk/begun/{KEY}/drop/", {}, headers={"Accept": "application/json"})
    assert (silent.status_code, silent.json()["done"], "不登记要写明原因" in silent.json()["error"]) == (
        422,
        False,
        True,
    )
    answer = desk.post(f"/desk/begun/{KEY}/drop/", {"reason": "打错了", "_once": "x"})
    assert (answer.status_code, answer["Location"]) == (302, "/helpdesk/calls/begun/")
    row = Begun.objects.get()
    assert (row.drop_reason, row.dropped_by, row.values) == ("打错了", cast.clerk, {})
    event = Event.objects.get(subject_kind="helpdesk.begun")
    assert (event.label, event.reason, event.actor) == ("不登记", "打错了", cast.clerk)
    page = desk.get("/helpdesk/calls/begun/").content.decode()
    assert ("打错了" in page, "已写明原因" in page, "都登记了" in page) == (True, True, True)
    stale = desk.post(f"/desk/begun/{KEY}/drop/", {"reason": "再来"})
    assert (stale.status_code, "刚刚登记了" in stale.content.decode()) == (409, True)


def test_typed_away_again_it_was_never_begun_unless_it_was_parked(desk):
    desk.post("/desk/begun/save/", data())
    assert desk.post("/desk/begun/save/", data(turn=2, values={"kind": "repair"})).json()["kept"] is False
    assert Begun.objects.count() == 0
    desk.post("/desk/begun/save/", data(parked=True))
    assert desk.post("/desk/begun/save/", data(turn=2, values={})).json()["kept"] is True


BAD = [
    "",
    "[]",
    "x",
    "{" * 70_000,
    '{"values": []}',
    '{"values": {"a b": "x"}}',
    '{"values": {"content": {}}}',
]


@pytest.mark.parametrize("bad", BAD)
def test_what_no_form_of_ours_sends_is_refused(desk, bad):
    answer = desk.post("/desk/begun/save/", {"key": KEY, "data": bad})
    assert (answer.status_code, "刷新工作台" in answer.json()["error"], Begun.objects.count()) == (
        422,
        True,
        0,
    )


def test_hostile_texts_and_numbers_are_kept_harmlessly(desk):
    values = {"content": "<script>\x00\ud800" + "长" * 2000, "caller_name": "周"}
    odd = data(turn="x", focus="a b", caret=-1, caret_end=10**30, parked="yes", values=values)
    assert desk.post("/desk/begun/save/", odd).status_code == 200
    row = Begun.objects.get()
    assert (row.turn, row.focus, row.caret, row.caret_end, row.parked) == (0, "", None, None, False)
    assert (len(row.values["content"]), "\x00" in row.values["content"]) == (1000, False)
    assert "<script>" not in desk.get("/helpdesk/calls/begun/").content.decode().replace("<script ", "")
    assert desk.post("/desk/begun/save/", {**data(), "key": "x" * 99}).status_code == 422


@pytest.mark.parametrize("path", ["begun/save/", f"begun/{KEY}/drop/"])
def test_only_who_records_calls_may(client, cast, path):
    assert client.post(f"/desk/{path}", data()).status_code == 302
    for who in ("auditor", "director", "repairer", "sales"):
        client.force_login(getattr(cast, who))
        assert client.post(f"/desk/{path}", data()).status_code == 403
    assert Begun.objects.count() == 0


def test_E5_2_1d_not_too_many_lie_about(cast, at):
    for index in range(50):
        keep(by=cast.clerk, at=at, key=f"{index:032x}", values={"content": "甲"}, turn=1)
    with pytest.raises(Refused, match="50 件"):
        keep(by=cast.clerk, at=at, key=KEY, values={"content": "乙"}, turn=1)
    with pytest.raises(Refused, match="岗位"):
        keep(by=cast.sales, at=at, key=KEY, values={"content": "乙"}, turn=1)


def test_E5_2_1d_the_database_ends_it_one_way_only(cast, at):
    row = keep(by=cast.clerk, at=at, key=KEY, values={"content": "甲"}, turn=1)
    for bad in (
        {"dropped_at": at},
        {"dropped_at": at, "dropped_by": cast.clerk},
        {"drop_reason": "无"},
        {"key": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Begun.objects.filter(pk=row.pk).update(**bad)


@pytest.mark.engine
@pytest.mark.django_db(transaction=True)
def test_E5_2_1d_a_record_and_a_reason_at_once_end_it_one_way(cast, at):
    """The record and the reason race: exactly one of them stands, whoever was first."""
    from helpdesk.begun.actions import registered

    row = keep(by=cast.clerk, at=at, key=KEY, values={"content": "甲"}, turn=1)
    call = Client()
    call.force_login(cast.clerk)
    call.post("/desk/", typed())
    made = Call.objects.values("pk")[:1]

    def run(act):
        try:
            act()
        except Refused:
            pass
        finally:
            connection.close()

    def reason():
        drop(row, by=cast.clerk, at=at + MINUTE, reason="打错")

    def record():
        registered(by=cast.clerk, at=at + MINUTE, key=KEY, call=made)

    threads = [threading.Thread(target=run, args=[act]) for act in (reason, record)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row.refresh_from_db()
    assert (row.call_id is None) != (row.dropped_at is None)
    assert row.values == {}


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(desk, cast, at, count, django_assert_num_queries):
    for index in range(count):
        keep(by=cast.clerk, at=at, key=f"{index:032x}", values={"content": "甲"}, turn=1)
    desk.get("/desk/begun/")
    with django_assert_num_queries(3):
        desk.get("/desk/begun/")
    with django_assert_num_queries(5):
        assert desk.get("/helpdesk/calls/begun/").content.decode().count("没写完") == count
