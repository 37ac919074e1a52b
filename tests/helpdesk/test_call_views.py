"""Pages of recorded calls, what waits for whom, and the search over both (C7, D4.1, E5.2.1)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpdesk.log.models import Call
from helpdesk.repairs.models import Repair
from helpdesk.search import search
from helpdesk.todo import todo, todo_count
from reception.core.clock.periods import local
from tests.factories.helpdesk import make_call, make_repair, make_unit, step
from tests.helpdesk.test_desk_views import typed

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
BAD = "<script>alert(1)</script>"
MOVES = {"reply_close": ({"reply": "验收后三十天内退"}, "closed"), "convert": ({}, "converted")}


@pytest.fixture
def call(cast, at):
    """An open call of ten minutes ago, with a room so that it may become an order."""
    with time_machine.travel(at, tick=False):
        yield make_call(cast, at - 10 * MINUTE, unit=make_unit("3栋1202"), content="厨房漏水怎么办")


def url(call, move):
    return f"/helpdesk/calls/{call.no}/{move}/"


def stands(call):
    return Call.objects.get(pk=call.pk).status


@pytest.mark.parametrize("move", MOVES)
def test_a_move_is_made_from_its_page(client, cast, call, move):
    client.force_login(cast.clerk)
    response = client.post(url(call, move), {**MOVES[move][0], "revision": call.revision})
    expected = "/helpdesk/repairs/WX-2026-0001/" if move == "convert" else call.get_absolute_url()
    assert (response.status_code, response.headers.get("Location")) == (302, expected)
    assert stands(call) == MOVES[move][1]


def test_a_converted_call_becomes_an_order_of_the_same_room(client, cast, call):
    client.force_login(cast.clerk)
    client.post(url(call, "convert"), {"revision": call.revision})
    order = Repair.objects.get()
    assert (order.call, order.unit, order.content, order.status) == (call, call.unit, call.content, "waiting")
    assert order.no in client.get(call.get_absolute_url()).content.decode()


def test_a_call_without_an_address_asks_for_it_when_it_becomes_an_order(client, cast, at):
    call = make_call(cast, at, unit=None, place="", kind="enquiry", content="水管漏了找谁")
    client.force_login(cast.clerk)
    refused = client.post(url(call, "convert"), {"revision": call.revision, "place": ""})
    assert (refused.status_code, "请填地址" in refused.content.decode(), stands(call)) == (422, True, "open")
    client.post(url(call, "convert"), {"revision": call.revision, "place": "地下车库B1"})
    assert (Repair.objects.get().place, stands(call)) == ("地下车库B1", "converted")


@pytest.mark.parametrize("move", MOVES)
def test_a_stranger_makes_no_move(client, call, move):
    response = client.post(url(call, move), MOVES[move][0])
    assert (response.status_code, response["Location"].split("?")[0], stands(call)) == (
        302,
        "/login/",
        "open",
    )


@pytest.mark.parametrize("who", ["auditor", "repairer", "sales"])
@pytest.mark.parametrize("move", MOVES)
def test_nobody_else_makes_a_move(client, cast, call, move, who):
    client.force_login(getattr(cast, who))
    response = client.post(url(call, move), {**MOVES[move][0], "revision": call.revision})
    assert (response.status_code, stands(call)) == (403, "open")


@pytest.mark.parametrize("move", MOVES)
def test_a_closed_call_makes_no_move_and_what_was_typed_stays(client, cast, at, move):
    call = make_call(cast, at, "closed")
    client.force_login(cast.clerk)
    response = client.post(url(call, move), {"reply": "我写过的话", "revision": call.revision})
    assert response.status_code == 409
    assert ("我写过的话" in response.content.decode()) == (move == "reply_close")


@pytest.mark.parametrize("move", MOVES)
def test_a_stale_page_is_refused_and_what_was_typed_stays(client, cast, call, move):
    client.force_login(cast.clerk)
    response = client.post(url(call, move), {"reply": "我写过的话", "revision": call.revision + 1})
    assert (response.status_code, stands(call)) == (409, "open")
    assert ("我写过的话" in response.content.decode()) == (move == "reply_close")


def test_a_reply_is_needed_to_close(client, cast, call):
    client.force_login(cast.clerk)
    response = client.post(url(call, "reply_close"), {"reply": " ", "revision": call.revision})
    assert (response.status_code, stands(call)) == (422, "open")
    assert "请写下怎样回复的，再关闭。" in response.content.decode()


def test_hostile_words_are_shown_as_words(client, cast, at):
    call = make_call(cast, at, content=BAD, caller_name=BAD, company=BAD, place=BAD)
    client.force_login(cast.clerk)
    for page in (call.get_absolute_url(), "/helpdesk/calls/", f"/helpdesk/calls/?q={BAD}", "/desk/"):
        assert BAD not in client.get(page).content.decode()


def test_D4_3_5_the_record_says_who_recorded_it(client, cast, call):
    client.force_login(cast.manager)
    text = client.get(call.get_absolute_url()).content.decode()
    assert "<dt>记录人</dt><dd>林晓雯</dd>" in text


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(client, cast, at, count):
    for index in range(count):
        make_call(cast, at + index * MINUTE, unit=make_unit(f"3栋{1000 + index}"))
    client.force_login(cast.clerk)
    client.get("/helpdesk/calls/")
    with CaptureQueriesContext(connection) as queries:
        text = client.get("/helpdesk/calls/").content.decode()
    assert text.count("/helpdesk/calls/DH-") == count
    assert len(queries) == 5


def test_fifty_a_page_and_the_next_page_goes_on(client, cast, at):
    for index in range(52):
        make_call(cast, at + index * MINUTE)
    client.force_login(cast.clerk)
    first = client.get("/helpdesk/calls/")
    second = client.get("/helpdesk/calls/", {"before": first.context["page"].next})
    numbers = [[row["no"] for row in page.context["rows"]] for page in (first, second)]
    assert [len(page) for page in numbers] == [50, 2]
    assert not set(numbers[0]) & set(numbers[1])


@pytest.mark.parametrize(("query", "found"), [
    ({"q": "押金"}, {"a"}), ({"q": "3-904"}, {"b"}), ({"q": "何"}, {"b"}), ({"q": "1234"}, {"b"}),
    ({"kind": "complaint"}, {"b"}), ({"status": "closed"}, {"a"}), ({"since": "2026-10-21"}, {"b"}),
    ({"until": "2026-10-20"}, {"a"}), ({"since": "nonsense"}, {"a", "b"}), ({"q": "没有"}, set()),
])  # fmt: skip
def test_the_list_is_filtered_by_words_kind_state_and_days(client, cast, at, query, found):
    calls = {
        "a": make_call(cast, at - timedelta(days=1), "closed"),
        "b": make_call(cast, at, kind="complaint", content="楼上太吵", caller_name="何", unit=make_unit("3栋904"),
                       number="13700001234"),
    }  # fmt: skip
    client.force_login(cast.clerk)
    text = client.get("/helpdesk/calls/", query).content.decode()
    assert {name for name, one in calls.items() if one.no in text} == found


def test_an_empty_list_says_what_to_do(client, cast):
    client.force_login(cast.clerk)
    assert "还没有来电记录" in client.get("/helpdesk/calls/").content.decode()
    assert "没有符合条件的来电" in client.get("/helpdesk/calls/?q=x").content.decode()


def test_todo_is_what_waits_for_each(cast, at):
    handed = make_repair(cast, at, "handed")
    waiting = make_repair(cast, at, unit=make_unit("3栋904"))
    finished = make_repair(cast, at - 180 * MINUTE, "finished", unit=make_unit("3栋905"))
    call = make_call(cast, at)
    now = at + 60 * MINUTE

    def mine(user):
        rows = todo(user, now)
        assert todo_count(user, now) == len(rows)
        return {row.url.split("/")[-2] for row in rows}

    assert mine(cast.repairer) == {handed.no}
    assert mine(cast.repairer2) == set()
    assert mine(cast.assistant) == {waiting.no, finished.no, call.no}
    assert mine(cast.clerk) == {waiting.no, finished.no, call.no}
    assert mine(cast.manager) == {handed.no, waiting.no, finished.no, call.no}
    assert mine(cast.director) == {handed.no}
    assert mine(cast.auditor) == mine(cast.sales) == set()


def test_a_number_in_todo_asks_once(cast, at):
    make_repair(cast, at)
    cast.manager.roles  # noqa: B018  read before counting
    with CaptureQueriesContext(connection) as queries:
        todo_count(cast.manager, at)
    assert len(queries) == 1


def test_search_finds_by_number_room_name_and_digits(cast, at):
    order = make_repair(cast, at)
    call = make_call(cast, at, caller_name="何", number="13700001234", unit=make_unit("3栋904"))

    def found(user, q):
        return {row.url.split("/")[-2] for row in search(user, q, 10)}

    assert found(cast.clerk, order.no) == {order.no}
    assert found(cast.clerk, call.no.lower()) == {call.no}
    assert found(cast.clerk, "3-1202") == {order.no}
    assert found(cast.clerk, "1234") == {call.no}
    assert found(cast.clerk, "漏水") == {order.no}
    assert found(cast.clerk, " ") == set()
    assert found(cast.sales, order.no) == set()
    assert found(cast.repairer, order.no) == set()
    step(cast, order, "dispatch", at + MINUTE)
    assert found(cast.repairer, order.no) == {order.no}


def test_D4_3_1_the_admin_keeps_the_tree_and_only_shows_the_records(client, cast, at):
    order = make_repair(cast, at)
    client.force_login(cast.admin)
    for page in ("category", "clockrule", "building", "unit", "resident", "call", "repair"):
        assert client.get(f"/admin/helpdesk/{page}/").status_code == 200, page
    assert client.get("/admin/helpdesk/category/add/").status_code == 200
    assert client.get("/admin/helpdesk/repair/add/").status_code == 403
    assert client.post(f"/admin/helpdesk/repair/{order.pk}/change/", {"status": "closed"}).status_code == 403
    assert client.post(f"/admin/helpdesk/repair/{order.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Repair.objects.get().status == "waiting"


def test_a_resident_entered_in_the_admin_is_recognised(client, cast):
    unit = make_unit()
    client.force_login(cast.admin)
    data = {
        "unit": unit.pk, "name": "周敏", "title": "女士", "kind": "owner", "company": "",
        "phones-TOTAL_FORMS": "1", "phones-INITIAL_FORMS": "0", "phones-0-number": "138 0013 8000",
    }  # fmt: skip
    assert client.post("/admin/helpdesk/resident/add/", data).status_code == 302
    client.force_login(cast.clerk)
    people = client.get("/desk/lookup/?number=13800138000").json()["people"]
    assert [(one["name"], one["unit"]) for one in people] == [("周敏", "3栋1202")]


def test_D4_3_2_written_down_afterwards_says_so_and_why_everywhere(client, cast, at):
    client.force_login(cast.clerk)
    with time_machine.travel(at, tick=False):
        late = typed(
            kind="enquiry", handling="answer", reply="已答", save="record", recorded_at="2026-10-21T08:15"
        )
        refused = client.post("/desk/", late)
        assert (refused.status_code, "为什么当时没有记" in refused.content.decode()) == (422, True)
        alone = client.post("/desk/", {**late, "recorded_at": "", "backdate_reason": "停电"})
        assert (alone.status_code, "补记请填来电时间" in alone.content.decode()) == (422, True)
        for wrong in ("2026-10-21T10:01", "2024-10-21T08:15"):
            assert (
                client.post("/desk/", {**late, "recorded_at": wrong, "backdate_reason": "停电"}).status_code
                == 422
            )
        assert client.post("/desk/", {**late, "backdate_reason": "停电，记在纸上"}).status_code == 302
        call = Call.objects.get()
        assert (local(call.recorded_at).hour, call.created_at, call.backdate_reason) == (
            8,
            at,
            "停电，记在纸上",
        )
        pages = ["/helpdesk/calls/", call.get_absolute_url(), f"{call.get_absolute_url()}print/"]
        for page in pages:
            text = client.get(page).content.decode()
            assert ("补记" in text.replace(" ", ""), "停电，记在纸上" in text) == (True, True), page
        rows = sheet(client.get("/helpdesk/calls/list.xlsx"))
        assert "停电，记在纸上" in [cell for row in rows for cell in row]


def sheet(response):
    """The workbook's rows as values."""
    from io import BytesIO

    from openpyxl import load_workbook

    data = b"".join(response.streaming_content) if response.streaming else response.content
    return list(load_workbook(BytesIO(data)).active.iter_rows(values_only=True))


def test_D6_calls_and_visits_have_each_their_list_their_paper_and_their_workbook(client, cast, at):
    heard = make_call(cast, at, content="电话里问的")
    came = make_call(cast, at, content="当面问的", channel="visit", number="", rings=None)
    client.force_login(cast.clerk)
    for channel, name, mine, other in (
        ("phone", "电话记录", heard, came),
        ("visit", "顾客接待记录", came, heard),
    ):
        text = client.get(f"/helpdesk/calls/?channel={channel}").content.decode()
        assert (f"<h1>{name}</h1>" in text, mine.no in text, other.no in text) == (True, True, False)
        file = client.get(f"/helpdesk/calls/list.xlsx?channel={channel}")
        cells = [cell for row in sheet(file) for cell in row]
        assert (mine.no in cells, other.no in cells) == (True, False)
        paper = client.get(f"{mine.get_absolute_url()}print/").content.decode()
        assert (f"<h2>{name}</h2>" in paper, str(cast.clerk) in paper) == (True, True)
