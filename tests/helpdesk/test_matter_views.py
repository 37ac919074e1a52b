"""Pages of matters: every move's five answers, what the list and the page cost, praise and transfer at the desk (D4.4.3)."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from helpdesk.log.models import Call
from helpdesk.matters.models import Matter
from helpdesk.matters.views_moves import DOORS
from reception.core.notices.models import Notice
from tests.factories.helpdesk import make_call, make_matter

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LIMIT = {"due_at": "2026-10-22T18:00"}
# move: state before, who, what is typed, state after
MOVES = {
    "assign": ("received", "clerk", {"words": "请看现场", **LIMIT}, "assigned"),
    "settle": ("received", "clerk", {"result": "当场办妥", "verdict": "adopted"}, "done"),
    "sign": ("assigned", "repairer", {}, "signed"),
    "note": ("signed", "repairer", {"words": "已订灯具"}, "signed"),
    "finish": ("signed", "repairer", {"result": "装好两盏", "verdict": "partly"}, "done"),
    "send_back": ("assigned", "repairer2", {"reason": "归市政"}, "returned"),
    "reassign": ("signed", "clerk", {"reason": "他出差", **LIMIT}, "assigned"),
    "postpone": ("signed", "clerk", {"reason": "等材料", **LIMIT}, "signed"),
    "feedback": ("done", "clerk", {"opinion_words": "很好", "way": "phone", "opinion": "accepted"}, "fed_back"),
    "close": ("fed_back", "clerk", {}, "closed"),
    "void": ("received", "manager", {"reason": "重复登记"}, "void"),
}  # fmt: skip


def ready(cast, at, move, status=""):
    """The matter, where to post, the data, who."""
    before, who, typed, _ = MOVES[move]
    one = make_matter(cast, at, status or before)
    data = {**typed, "revision": one.revision}
    if move in ("assign", "reassign"):
        data["department"] = cast.repairer.department_id
    return one, f"{one.get_absolute_url()}{move}/", data, getattr(cast, who)


@pytest.fixture(autouse=True)
def later(at):
    """Ten minutes after everything was walked."""
    with time_machine.travel(at + 10 * MINUTE, tick=False):
        yield


def stands(one):
    return Matter.objects.get(pk=one.pk).status


@pytest.mark.parametrize("move", MOVES)
def test_D4_4_3_a_move_by_whom_it_belongs_to_and_nobody_else(client, cast, at, move):
    one, url, data, who = ready(cast, at, move)
    before = stands(one)
    response = client.post(url, data)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/login/")
    for name, status in (("auditor", 403), ("sales", 404)):
        client.force_login(getattr(cast, name))
        assert (client.post(url, data).status_code, stands(one)) == (status, before)
    client.force_login(who)
    if move != "note":  # a note makes no page stale
        stale = client.post(url, data | {"revision": one.revision + 7})
        assert (stale.status_code, stands(one)) == (409, before)
    response = client.post(url, data)
    assert (response.status_code, stands(one)) == (302, MOVES[move][3])
    assert response["Location"] in (one.get_absolute_url(), "/todo/")


@pytest.mark.parametrize("move", MOVES)
def test_a_move_from_the_wrong_state_is_refused_and_what_was_typed_stays(client, cast, at, move):
    one, url, data, who = ready(cast, at, move, "void")
    client.force_login(cast.clerk if who in (cast.repairer, cast.repairer2) else who)
    response = client.post(url, data)
    assert (response.status_code in (403, 409), stands(one)) == (True, "void")
    typed = MOVES[move][2]
    assert not typed or next(iter(typed.values())) in response.content.decode()


def test_every_move_is_tried():
    assert set(MOVES) == set(DOORS)


def test_D4_4_3_written_down_without_a_call(client, cast):
    client.force_login(cast.clerk)
    typed = {
        "kind": "other",
        "reporter": "巡逻岗",
        "channel": "巡检",
        "content": "东门地砖松动",
        "place": "东门",
    }
    assert client.post("/helpdesk/matters/new/", {**typed, "content": ""}).status_code == 422
    praise = client.post("/helpdesk/matters/new/", {**typed, "kind": "praise"})
    assert (praise.status_code, "表扬谁" in praise.content.decode()) == (422, True)
    once = {**typed, "_once": "a"}
    for _ in range(2):
        assert client.post("/helpdesk/matters/new/", once).status_code == 302
    assert list(Matter.objects.values_list("no", "kind", "call")) == [("QT-2026-0001", "other", None)]
    client.force_login(cast.auditor)
    assert client.post("/helpdesk/matters/new/", typed).status_code == 403
    client.logout()
    assert client.post("/helpdesk/matters/new/", typed).status_code == 302
    assert Matter.objects.count() == 1


def desk(**typed):
    """A call at the desk."""
    return {
        "channel": "phone", "rings": "2", "kind": "other", "number": "13800138000", "caller_name": "曹",
        "content": "陈师傅修得又快又好", "handling": "later", "save": "record", **typed,
    }  # fmt: skip


def test_D4_4_3_the_desk_leads_what_is_not_settled_on_the_line_to_a_matter(client, cast):
    client.force_login(cast.clerk)
    assert client.post("/desk/", desk(other_kind="praise")).status_code == 422
    client.post(
        "/desk/", desk(other_kind="praise", praised=cast.repairer.pk, handling="answer", reply="谢谢您")
    )
    client.post(
        "/desk/", desk(other_kind="transfer", content="找财务", handling="transfer", transfer_to="林会计")
    )
    client.post("/desk/", desk(kind="advice", content="建议加灯"))
    client.post(
        "/desk/", desk(other_kind="help", content="忘带钥匙", handling="answer", reply="开锁师傅已去")
    )
    found = list(
        Matter.objects.order_by("pk").values_list("kind", "praised__name", "transfer_to", "call__status")
    )
    assert found == [
        ("praise", "陈建国", "", "led_on"),
        ("transfer", None, "林会计", "led_on"),
        ("advice", None, "", "led_on"),
    ]
    assert Call.objects.get(kind="help").status == "closed"
    assert Notice.objects.filter(to=cast.repairer, title__startswith="表扬").count() == 1
    text = client.get("/desk/open/?show=other").content.decode()
    assert text.count("<li data-id=") == 3
    client.force_login(cast.repairer)
    assert "陈师傅修得又快又好" in client.get("/helpdesk/matters/praise/").content.decode()
    assert "QT-2026-0002" not in client.get("/search/?q=找财务").content.decode()
    client.force_login(cast.clerk)
    assert "QT-2026-0002" in client.get("/search/?q=找财务").content.decode()


def test_D4_4_3_one_press_on_the_call_s_page(client, cast, at):
    call = make_call(cast, at, kind="advice", content="建议加灯", handling="先登记")
    client.force_login(cast.clerk)
    url, data = f"{call.get_absolute_url()}hand_on/", {"revision": call.revision}
    response = client.post(url, data)
    one = Matter.objects.get()
    assert (response.status_code, response["Location"]) == (302, one.get_absolute_url())
    assert one.no in client.get(call.get_absolute_url()).content.decode()
    assert client.post(url, data).status_code == 409


def test_D4_4_3_it_waits_for_whose_turn_it_is(client, cast, at):
    for who, state, waits in (
        ("clerk", "received", True), ("repairer", "assigned", True), ("repairer2", "assigned", True),
        ("repairer2", "signed", False), ("repairer", "received", False), ("clerk", "returned", True),
        ("clerk", "done", True), ("clerk", "closed", False), ("sales", "assigned", False),
    ):  # fmt: skip
        one = make_matter(cast, at, state)
        client.force_login(getattr(cast, who))
        assert (one.no in client.get("/todo/").content.decode()) == waits, (who, state)


def test_D6_the_list_filters_and_its_workbook_holds_the_same(client, cast, at):
    client.force_login(cast.clerk)
    assert "建议、表扬、求助、转接" in client.get("/helpdesk/matters/").content.decode()
    one, over = make_matter(cast, at, "signed"), make_matter(cast, at, "closed")
    for query, seen in (
        ("state=open", (True, False)), ("state=closed", (False, True)), ("late=1", (False, False)), ("kind=praise", (False, False)),
        (f"department={cast.repairer.department_id}", (True, True)), ("q=3-1202", (True, True)), ("q=没有", (False, False)),
    ):  # fmt: skip
        text = client.get(f"/helpdesk/matters/?{query}").content.decode()
        assert (one.no in text, over.no in text) == seen, query
        book = load_workbook(BytesIO(client.get(f"/helpdesk/matters/list.xlsx?{query}").content))
        written = {str(row[0]) for row in book.active.values}
        assert (one.no in written, over.no in written) == seen, query
    assert client.get("/helpdesk/matters/")["Location"].endswith("kept=1")


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(client, cast, at, many):
    for _ in range(many):
        make_matter(cast, at)
    client.force_login(cast.auditor)
    client.get("/helpdesk/matters/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/helpdesk/matters/").content.decode().count("QT-2026-") == 2 * many
    assert len(queries) == 6


def test_the_page_costs_few_queries_and_the_paper_carries_every_name(client, cast, at):
    one = make_matter(cast, at, "closed")
    client.force_login(cast.manager)
    client.get(one.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        text = client.get(one.get_absolute_url()).content.decode()
    assert len(queries) <= 8
    paper = client.get(f"{one.get_absolute_url()}print/").content.decode()
    for words in (one.no, "林晓雯", "陈建国", "采纳", "东门已加装两盏路灯", "认可", "很好"):
        assert words in text
        assert words in paper
    client.force_login(cast.sales)
    assert client.get(one.get_absolute_url()).status_code == 404
    assert client.get(f"{one.get_absolute_url()}print/").status_code == 404
