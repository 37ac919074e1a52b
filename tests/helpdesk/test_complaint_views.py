"""Pages of complaints: every move's five answers, what the page keeps, what the list costs (D4.4.2, E5.4)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpdesk.complaints.models import Complaint
from helpdesk.complaints.views_moves import DOORS
from helpdesk.log.models import Call
from tests.factories.helpdesk import make_call, make_complaint

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
# move: state before, who, what is typed, state after
MOVES = {
    "verify": ("received", "clerk", {"facts": "到场看过，属实", "nature": "valid"}, "verified"),
    "confirm": ("verified", "manager", {"decision": "当天整改", "nature": "valid", "due_at": "2026-10-22T18:00"}, "confirmed"),
    "send": ("confirmed", "clerk", {}, "sent"),
    "settle": ("unfounded", "clerk", {}, "done"),
    "sign": ("sent", "repairer", {}, "signed"),
    "work": ("signed", "repairer2", {}, "working"),
    "finish": ("working", "repairer", {"cause": "没有巡查", "measures": "已停工", "prevention": "每晚复查"}, "done"),
    "feedback": ("done", "clerk", {"opinion_words": "好多了", "way": "phone", "opinion": "satisfied"}, "fed_back"),
    "close": ("fed_back", "clerk", {}, "closed"),
    "void": ("received", "manager", {"reason": "重复登记"}, "void"),
}  # fmt: skip


def ready(cast, at, move, status=""):
    """The complaint, where to post, the data, who."""
    before, who, typed, _ = MOVES[move]
    state = status or before
    if state == "unfounded":
        from helpdesk.complaints import actions

        one = make_complaint(cast, at, "verified")
        actions.confirm(one, by=cast.manager, at=one.last_at, decision="解释清楚", nature="invalid")
    else:
        one = make_complaint(cast, at, state)
    data = {**typed, "revision": one.revision}
    if move == "confirm":
        data["department"] = cast.repairer.department_id
    return one, f"{one.get_absolute_url()}{move}/", data, getattr(cast, who)


@pytest.fixture(autouse=True)
def later(at):
    """Ten minutes after everything was walked."""
    with time_machine.travel(at + 10 * MINUTE, tick=False):
        yield


def stands(one):
    return Complaint.objects.get(pk=one.pk).status


@pytest.mark.parametrize("move", MOVES)
def test_D4_4_2_a_move_is_made_from_its_page(client, cast, at, move):
    one, url, data, who = ready(cast, at, move)
    client.force_login(who)
    response = client.post(url, data)
    assert (response.status_code, response.headers.get("Location")) == (302, one.get_absolute_url())
    assert stands(one) == MOVES[move][3]
    client.force_login(cast.auditor)
    assert client.get(one.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("move", MOVES)
def test_a_stranger_makes_no_move(client, cast, at, move):
    one, url, data, _ = ready(cast, at, move)
    before = stands(one)
    response = client.post(url, data)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/login/")
    assert stands(one) == before


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("sales", 404)])
def test_a_reader_makes_no_move_and_others_see_nothing(client, cast, at, move, who, status):
    one, url, data, _ = ready(cast, at, move)
    before = stands(one)
    client.force_login(getattr(cast, who))
    assert (client.post(url, data).status_code, stands(one)) == (status, before)


@pytest.mark.parametrize("move", MOVES)
def test_a_move_from_the_wrong_state_is_refused_and_what_was_typed_stays(client, cast, at, move):
    one, url, data, who = ready(cast, at, move, "closed" if move != "void" else "void")
    client.force_login(who)
    response = client.post(url, data)
    assert (response.status_code, stands(one)) == (409, "closed" if move != "void" else "void")
    typed = MOVES[move][2]
    assert not typed or next(iter(typed.values())) in response.content.decode()


@pytest.mark.parametrize("move", MOVES)
def test_a_stale_page_is_noticed(client, cast, at, move):
    one, url, data, who = ready(cast, at, move)
    before = stands(one)
    client.force_login(who)
    assert (client.post(url, data | {"revision": one.revision + 7}).status_code, stands(one)) == (409, before)


def test_every_move_is_tried():
    assert set(MOVES) == set(DOORS)


def test_E5_4_one_press_on_the_call_s_page_opens_it(client, cast, at):
    call = make_call(cast, at, kind="complaint", content="夜间施工", place="7栋1503", handling="先登记")
    client.force_login(cast.clerk)
    data = {"courtesy": "apology", "revision": call.revision}
    response = client.post(f"{call.get_absolute_url()}complain/", data)
    one = Complaint.objects.get()
    assert (response.status_code, response["Location"]) == (302, one.get_absolute_url())
    assert one.no in client.get(call.get_absolute_url()).content.decode()
    assert client.post(f"{call.get_absolute_url()}complain/", data).status_code == 409


def test_E5_4_the_desk_opens_it_with_the_call(client, cast):
    client.force_login(cast.clerk)
    data = {
        "channel": "phone", "rings": "2", "kind": "complaint", "number": "13800138000", "caller_name": "曹",
        "content": "楼道垃圾两天没清", "handling": "later", "courtesy": "both", "save": "record",
    }  # fmt: skip
    assert client.post("/desk/", data).status_code == 302
    one = Complaint.objects.get()
    assert (one.courtesy, one.customer, Call.objects.get().status) == ("both", "曹", "led_on")
    text = client.get("/desk/open/?show=complaint").content.decode()
    assert f'data-id="{one.no}"' in text


def test_D4_4_2_it_waits_for_whose_turn_it_is(client, cast, at):
    def waits(who, state):
        one = make_complaint(cast, at, state)
        client.force_login(who)
        return one.no in client.get("/todo/").content.decode()

    cases = (
        (cast.clerk, "received"),
        (cast.manager, "verified"),
        (cast.repairer, "sent"),
        (cast.director, "again"),
    )
    assert [waits(*case) for case in cases] == [True] * 4
    others = (
        (cast.repairer, "received"),
        (cast.clerk, "verified"),
        (cast.manager, "again"),
        (cast.sales, "sent"),
    )
    assert [waits(*case) for case in others] == [False] * 4


def test_E5_3_5_it_is_found_by_words_for_whom_may_see_it(client, cast, at):
    one = make_complaint(cast, at)
    for who, found in ((cast.clerk, True), (cast.gm, True), (cast.sales, False)):
        client.force_login(who)
        assert (one.no in client.get("/search/?q=夜间施工").content.decode()) == found


def test_D6_the_list_filters_and_says_what_to_do_when_empty(client, cast, at):
    client.force_login(cast.clerk)
    assert "登记来电" in client.get("/helpdesk/complaints/").content.decode()
    one, over = make_complaint(cast, at, "working"), make_complaint(cast, at, "closed")
    for query, seen in (
        ("state=open", (True, False)), ("state=closed", (False, True)), ("late=1", (False, False)),
        (f"department={cast.repairer.department_id}", (True, True)), ("q=7-1503", (True, True)), ("q=没有", (False, False)),
    ):  # fmt: skip
        text = client.get(f"/helpdesk/complaints/?{query}").content.decode()
        assert (one.no in text, over.no in text) == seen, query


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(client, cast, at, many):
    for _ in range(many):
        make_complaint(cast, at)
    client.force_login(cast.auditor)
    client.get("/helpdesk/complaints/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/helpdesk/complaints/").content.decode().count("TS-2026-") == 2 * many
    assert len(queries) == 7  # one of them the filter that was remembered


def test_the_page_costs_few_queries(client, cast, at):
    one = make_complaint(cast, at, "done")
    client.force_login(cast.manager)
    client.get(one.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        client.get(one.get_absolute_url())
    assert len(queries) <= 12


def test_D6_the_paper_carries_every_signature(client, cast, at):
    one = make_complaint(cast, at, "closed")
    client.force_login(cast.auditor)
    text = client.get(f"{one.get_absolute_url()}print/").content.decode()
    for words in ("顾客投诉处理记录表", one.no, "林晓雯", "郑维", "陈建国", "已致歉", "已停工", "满意"):
        assert words in text


def test_what_is_written_cannot_break_the_page(client, cast, at):
    bad = "<script>alert(1)</script>\"'"
    one = make_complaint(cast, at, wish=bad)
    client.force_login(cast.manager)
    client.post(
        f"{one.get_absolute_url()}verify/", {"facts": bad, "nature": "valid", "revision": one.revision}
    )
    assert stands(one) == "verified"
    assert "<script>alert" not in client.get(one.get_absolute_url()).content.decode()
