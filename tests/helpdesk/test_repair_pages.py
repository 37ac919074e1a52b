"""Pages around an order: the slip by its code, the dispatch board, 返修, the list's slips, the walk-in (C2, D4.4.1, E5.3)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helpdesk.repairs import actions
from helpdesk.repairs.models import Repair
from tests.factories.helpdesk import category, make_repair, make_unit
from tests.helpdesk.test_desk_views import typed

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
BOARD = "/helpdesk/repairs/board/"


def page(client, url: str, status: int = 200) -> str:
    """The words of a page."""
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


# --- 底联 -----------------------------------------------------------------------------------------------------


def test_E5_3_7_the_slip_s_code_opens_a_page_that_takes_it_with_one_press(client, cast, at):
    order = make_repair(cast, at, "finished")
    url = f"/helpdesk/slips/{order.no}/"
    assert client.get(url)["Location"] == f"/login/?next={url}"
    client.force_login(cast.clerk)
    assert "收到底联" in page(client, url)
    assert f"http://testserver{url}" == code(client, order)
    with time_machine.travel(order.last_at + MINUTE, tick=False):
        data = {"revision": order.revision, "next": "slip", "_once": "a"}
        assert client.post(f"/helpdesk/repairs/{order.no}/slip/", data)["Location"] == url
        again = page(client, url)
    assert "底联已由林晓雯于" in again
    assert "不用再收" in again
    assert "收到底联</button>" not in again
    found = Repair.objects.get()
    assert (found.status, found.slip_by) == ("slip_back", cast.clerk)


def code(client, order) -> str:
    """The address in the slip's code, as the page makes it."""
    return client.get(f"{order.get_absolute_url()}print/").context["slip_address"]


def test_E5_3_7_a_slip_that_is_not_due_says_so(client, cast, at):
    order = make_repair(cast, at, "working")
    client.force_login(cast.assistant)
    text = page(client, f"/helpdesk/slips/{order.no}/")
    assert "完工登记以后才能收底联" in text
    assert "收到底联</button>" not in text


def test_E5_3_7_whoever_takes_no_slips_is_led_to_the_order(client, cast, at):
    order = make_repair(cast, at, "finished")
    found = {}
    for who in ("repairer", "auditor", "repairer2", "sales"):
        client.force_login(getattr(cast, who))
        response = client.get(f"/helpdesk/slips/{order.no}/")
        found[who] = (response.status_code, response.headers.get("Location"))
    to = (302, order.get_absolute_url())
    assert found == {"repairer": to, "auditor": to, "repairer2": (404, None), "sales": (403, None)}


def test_E5_3_7_the_list_shows_what_is_missing_with_days_and_reason(client, cast, at):
    known = make_repair(cast, at, "finished", unit=make_unit("3栋1"))
    actions.explain(
        known, by=cast.clerk, at=known.last_at, slip_reason="forgotten", slip_expected_on=date(2026, 10, 24)
    )
    asked = make_repair(cast, at, "finished", unit=make_unit("3栋2"))
    back = make_repair(cast, at, "slip_back", unit=make_unit("3栋3"))
    client.force_login(cast.clerk)
    with time_machine.travel(at + timedelta(days=2), tick=False):
        text = page(client, "/helpdesk/repairs/?slip=1")
        why = page(client, "/helpdesk/repairs/?slip=why")
    assert [one.no in text for one in (known, asked, back)] == [True, True, False]
    assert "底联未返2天：忘交单，预计10月24日" in text
    assert "底联未返2天：原因未查" in text
    assert [one.no in why for one in (known, asked, back)] == [False, True, False]


# --- the board ------------------------------------------------------------------------------------------------


def crews(cast) -> None:
    """陈建国 in 水电组, 许志明 in 综合组."""
    for one, trade in ((cast.repairer, "水电组"), (cast.repairer2, "综合组")):
        one.trade = trade
        one.save(update_fields=["trade"])


def test_D4_4_1_the_board_sends_somebody_and_shows_it(client, cast, at):
    crews(cast)
    busy = make_repair(cast, at, "acknowledged", unit=make_unit("3栋1"))
    order = make_repair(cast, at, unit=make_unit("3栋2"), content="水管爆了")
    lock = make_repair(cast, at, unit=make_unit("3栋3"), category=category("门锁"), content="门锁坏了")
    client.force_login(cast.assistant)
    with time_machine.travel(at + 5 * MINUTE, tick=False):
        columns = {column.trade: column for column in client.get(BOARD).context["columns"]}
        shown = {trade: [card.order.no for card in one.waiting] for trade, one in columns.items()}
        assert shown == {"水电组": [order.no], "综合组": [lock.no]}
        hands = {hand.person: hand.load for one in columns.values() for hand in one.hands}
        assert hands == {cast.repairer: 1, cast.repairer2: 0}
        assert busy.title in page(client, BOARD)
        first = columns["水电组"].waiting[0].choices
        assert first == [(cast.repairer.pk, "陈建国·手上1单"), (cast.repairer2.pk, "许志明·综合组·手上0单")]
        data = {"revision": order.revision, "repairer": cast.repairer2.pk, "agreed": "now", "next": "board"}
        assert client.post(f"{order.get_absolute_url()}dispatch/", data)["Location"] == BOARD
        assert f"{order.no} 已派工" in page(client, BOARD)
    found = Repair.objects.get(pk=order.pk)
    assert (found.status, found.repairer) == ("handed", cast.repairer2)


def test_D4_4_1_the_board_is_for_the_desk_and_sends_for_dispatchers(cast, at):
    make_repair(cast, at)
    found = {}
    for who in ("director", "auditor", "repairer", "sales", "clerk"):
        one = Client()
        one.force_login(getattr(cast, who))
        response = one.get(BOARD)
        found[who] = (response.status_code, "派工</button>" in response.content.decode().replace("<span class=\"visually-hidden\"> WX-2026-0001</span>", ""))  # fmt: skip
    assert found == {
        "director": (200, False), "auditor": (200, False), "repairer": (403, False), "sales": (403, False),
        "clerk": (200, True),
    }  # fmt: skip
    assert Client().get(BOARD)["Location"] == f"/login/?next={BOARD}"


@pytest.mark.parametrize("count", [1, 30])
def test_the_board_costs_the_same_for_one_and_for_thirty(client, cast, at, count):
    for index in range(count):
        make_repair(cast, at, "handed" if index % 2 else "waiting", unit=make_unit(f"3栋{index}"))
    client.force_login(cast.clerk)
    client.get(BOARD)
    with CaptureQueriesContext(connection) as queries:
        page(client, BOARD)
    assert len(queries) == 6


def test_a_refused_press_on_the_board_says_why(client, cast, at):
    order = make_repair(cast, at)
    client.force_login(cast.clerk)
    stale = {"revision": 7, "repairer": cast.repairer.pk, "agreed": "now", "next": "board"}
    response = client.post(f"{order.get_absolute_url()}dispatch/", stale)
    assert response.status_code == 409
    assert "刚刚被别人改过" in response.content.decode()


# --- 返修 -----------------------------------------------------------------------------------------------------


def test_a_fault_that_comes_back_is_proposed_and_linked_on_the_page(client, cast, at):
    first = make_repair(cast, at, "slip_back")
    again = make_repair(cast, at + timedelta(days=3))
    client.force_login(cast.clerk)
    with time_machine.travel(at + timedelta(days=3, minutes=5), tick=False):
        assert f"记为 {first.no} 的返修" in page(client, again.get_absolute_url())
        client.post(f"{again.get_absolute_url()}link/", {"revision": again.revision, "origin": first.no})
        text = page(client, again.get_absolute_url())
        assert again.no in page(client, first.get_absolute_url())
    assert Repair.objects.get(pk=again.pk).origin == first
    assert f"记为 {first.no} 的返修</button>" not in text


REWORK = {"content": "又漏了", "_once": "one"}


def test_a_rework_is_reported_from_the_first_order_s_page(client, cast, at):
    first = make_repair(cast, at, "slip_back")
    url = f"{first.get_absolute_url()}rework/"
    assert client.post(url, REWORK)["Location"].split("?")[0] == "/login/"
    client.force_login(cast.director)
    assert client.post(url, REWORK).status_code == 403
    client.force_login(cast.clerk)
    empty = client.post(url, {**REWORK, "content": " "})
    assert (empty.status_code, "请写哪里又坏了" in empty.content.decode()) == (422, True)
    answers = [client.post(url, REWORK)["Location"] for _ in range(2)]
    made = Repair.objects.get(origin=first)
    assert (answers, made.content) == ([made.get_absolute_url()] * 2, "又漏了"), "sent twice, made once"


def test_a_rework_of_what_is_not_finished_is_refused_and_its_words_stay(client, cast, at):
    order = make_repair(cast, at, "working")
    client.force_login(cast.clerk)
    response = client.post(f"{order.get_absolute_url()}rework/", REWORK)
    text = response.content.decode()
    assert (response.status_code, "还没有完工" in text, "又漏了</textarea>" in text) == (409, True, True)
    assert Repair.objects.count() == 1


# --- at the desk ----------------------------------------------------------------------------------------------


def test_C2_one_press_at_the_desk_leads_the_walk_in_to_an_assistant(client, cast, at):
    make_unit("3栋1202")
    client.force_login(cast.clerk)
    with time_machine.travel(at, tick=False):
        walk_in = {**typed(), "channel": "visit", "number": "", "rings": "", "save": "introduce"}
        assert client.post("/desk/", walk_in).status_code == 302
        assert "已引见给物业助理" in page(client, "/desk/")
    order = Repair.objects.get()
    assert (order.status, order.introduced_by, order.call.channel) == ("waiting", cast.clerk, "visit")


def test_what_was_mended_here_is_asked_about_while_it_is_written_down(client, cast, at):
    first = make_repair(cast, at - timedelta(days=4), "slip_back")
    client.force_login(cast.clerk)
    with time_machine.travel(at, tick=False):
        asked = client.get(
            "/desk/suggest/", {"text": "厨房漏水", "place": "3栋1202", "kind": "repair"}
        ).json()
        assert [row["no"] for row in asked["mended"]] == [first.no]
        assert client.post("/desk/", {**typed(), "origin": first.no}).status_code == 302
    assert Repair.objects.latest("pk").origin == first


def test_E5_3_3_a_fellow_signs_from_my_orders(client, cast, at):
    for one in (cast.repairer, cast.repairer2):
        one.trade = "水电组"
        one.save(update_fields=["trade"])
    order = make_repair(cast, at, "handed")
    client.force_login(cast.repairer2)
    assert "本班组待签收" in page(client, "/helpdesk/my/")
    text = page(client, order.get_absolute_url())
    assert "13800138000" not in text, "the number is for who goes there"
    assert '<a href="/helpdesk/my/">我的维修单</a>' in text, "the way back opens for a repairer"
    answer = client.post(f"{order.get_absolute_url()}sign/", {"revision": order.revision})
    assert answer["Location"] == "/helpdesk/my/"
    assert Repair.objects.get().signed_by == cast.repairer2


@pytest.mark.parametrize(("status", "cost"), [("waiting", 10), ("slip_back", 12)])
def test_what_the_order_s_page_costs(client, cast, at, status, cost):
    """The frame's three; the order, its events, clocks, materials, pictures, steps from the spot and corrections; the
    household; 返修; whom to send."""
    order = make_repair(cast, at, status)
    client.force_login(cast.clerk)
    client.get(order.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        page(client, order.get_absolute_url())
    assert len(queries) == cost


def test_E5_3_2_both_kinds_of_order_print_with_slip_and_receipt(client, cast, at):
    client.force_login(cast.clerk)
    for order, title in (
        (make_repair(cast, at), "房屋维修单"),
        (make_repair(cast, at, place="大堂"), "维修单"),
    ):
        text = page(client, f"{order.get_absolute_url()}print/")
        assert (f"<h2>{title}</h2>" in text, f"<h2>{title}回执</h2>" in text) == (True, True)
        assert text.count('class="qr"') == 2
