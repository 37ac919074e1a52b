"""Pages of the repair order: every move's five answers, what the page keeps, what the list costs (D4.4.1, E5.3)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helpdesk.repairs.models import Repair
from reception.core.clock.periods import local
from tests.factories.helpdesk import WAY, category, make_repair, make_unit, step

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
BAD = "<script>alert(1)</script>\"'=cmd|"
ROWS = {"m-TOTAL_FORMS": "1", "m-INITIAL_FORMS": "0"}
FINISH = {"measures": "换了角阀", "signed_name": "周敏", **ROWS}
# move: state before, who, what is typed, state after
MOVES = {
    "dispatch": ("waiting", "assistant", {"repairer": "repairer", "agreed": "now"}, "handed"),
    "acknowledge": ("handed", "repairer", {}, "acknowledged"),
    "arrive": ("acknowledged", "repairer", {}, "arrived"),
    "work": ("arrived", "repairer", {}, "working"),
    "pause": ("working", "repairer", {"hold": "material", "words": "等角阀"}, "paused"),
    "finish": ("working", "repairer", FINISH, "finished"),
    "slip": ("finished", "clerk", {"slip_note": "陈建国交回"}, "slip_back"),
    "revisit": ("slip_back", "clerk", {"revisit_note": "客户说好了", "score": "5"}, "revisited"),
    "close": ("revisited", "clerk", {"close_word": "修好了，谢谢"}, "closed"),
    "reassign": ("handed", "assistant", {"repairer": "repairer2", "reason": "陈师傅请假"}, "handed"),
    "rearrange": (
        "handed",
        "assistant",
        {"appoint_at": "+180", "agreed_with": "周女士", "reason": "客户外出"},
        "handed",
    ),
    "mark_important": ("handed", "clerk", {"reason": "影响全楼"}, "handed"),
    "cancel": ("handed", "assistant", {"reason": "客户自己修好了"}, "cancelled"),
    "force_close": ("finished", "manager", {"reason": "底联遗失，已核实"}, "closed"),
    "sign": ("handed", "repairer", {}, "handed"),
    "give_back": ("acknowledged", "repairer", {"reason": "没有材料"}, "waiting"),
    "introduce": ("waiting", "clerk", {}, "waiting"),
    "receive": ("waiting", "assistant", {}, "waiting"),
    "explain": ("finished", "clerk", {"slip_reason": "forgotten", "slip_words": "明早带来"}, "finished"),
    "link": ("handed", "clerk", {"origin": "first"}, "handed"),
}
TEXTS = {
    "pause": "words", "finish": "measures", "slip": "slip_note", "revisit": "revisit_note", "close": "close_word",
    "reassign": "reason", "rearrange": "reason", "mark_important": "reason", "cancel": "reason", "force_close": "reason",
    "give_back": "reason", "explain": "slip_words",
}  # fmt: skip


@pytest.fixture
def way(cast, at):
    """`way(move)`: the order ready for the move, the data typed, and who types it; the clock stands just after."""
    travels = []

    def ready(move, status=""):
        before, who, typed, _ = MOVES[move]
        first = make_repair(cast, at - timedelta(days=5), "finished") if move == "link" else None
        order = make_repair(cast, at, status or before)
        if move == "receive" and not status:
            step(cast, order, "introduce", order.last_at)
        now = order.last_at + MINUTE
        travel = time_machine.travel(now, tick=False)
        travel.start()
        travels.append(travel)
        data = {
            name: getattr(cast, value).pk if name == "repairer" else value for name, value in typed.items()
        }
        if first:
            data["origin"] = first.no
        if "appoint_at" in data:
            data["appoint_at"] = f"{local(now + timedelta(minutes=180)):%Y-%m-%dT%H:%M}"
        return order, {**data, "revision": order.revision}, getattr(cast, who)

    yield ready
    for travel in travels:
        travel.stop()


def url(order, move):
    return f"/helpdesk/repairs/{order.no}/{move}/"


def stands(order):
    return Repair.objects.get(pk=order.pk).status


@pytest.mark.parametrize("move", MOVES)
def test_a_move_is_made_from_its_page(client, way, move):
    order, data, who = way(move)
    client.force_login(who)
    response = client.post(url(order, move), data)
    onward = "/helpdesk/my/" if move == "give_back" else order.get_absolute_url()
    assert (response.status_code, response.headers.get("Location")) == (302, onward)
    assert stands(order) == MOVES[move][3]


@pytest.mark.parametrize("move", MOVES)
def test_a_stranger_makes_no_move(client, way, move):
    order, data, _ = way(move)
    response = client.post(url(order, move), data)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/login/")
    assert stands(order) == MOVES[move][0]


@pytest.mark.parametrize("move", MOVES)
def test_a_reader_makes_no_move(client, way, cast, move):
    order, data, _ = way(move)
    client.force_login(cast.auditor)
    response = client.post(url(order, move), data)
    assert response.status_code == 403
    assert stands(order) == MOVES[move][0]


@pytest.mark.parametrize("move", MOVES)
def test_a_move_from_the_wrong_state_is_refused_and_what_was_typed_stays(client, way, move):
    order, data, who = way(move, "closed")
    client.force_login(who)
    if move in TEXTS and move != "pause":
        data[TEXTS[move]] = "我写过的话"
    response = client.post(url(order, move), data)
    assert response.status_code == 409
    assert stands(order) == "closed"
    assert "请刷新看最新进展" in response.content.decode()
    if move in TEXTS and move != "pause":
        assert "我写过的话" in response.content.decode()


@pytest.mark.parametrize("move", MOVES)
def test_a_stale_page_is_refused_and_what_was_typed_stays(client, way, move):
    order, data, who = way(move)
    client.force_login(who)
    if move in TEXTS:
        data[TEXTS[move]] = "我写过的话"
    response = client.post(url(order, move), {**data, "revision": order.revision + 1})
    text = response.content.decode()
    assert response.status_code == 409
    assert stands(order) == MOVES[move][0]
    assert "刚刚被别人改过" in text
    if move in TEXTS:
        assert "我写过的话" in text
    assert f'name="revision" value="{order.revision}"' in text


def test_the_corrected_press_after_a_stale_page_goes_through(client, way):
    """The page after the refusal is about what is there now."""
    order, data, who = way("cancel")
    client.force_login(who)
    assert client.post(url(order, "cancel"), {**data, "revision": 0, "_once": "t1"}).status_code == 409
    assert client.post(url(order, "cancel"), {**data, "_once": "t1"}).status_code == 302
    assert stands(order) == "cancelled"


@pytest.mark.parametrize("move", TEXTS)
def test_what_is_missing_is_said_and_the_rest_stays(client, way, move):
    order, data, who = way(move)
    client.force_login(who)
    for name in data.keys() - {"revision", "hold", "words", "slip_note", *ROWS}:
        data[name] = ""
    response = client.post(url(order, move), data)
    if move in {"pause", "slip"}:  # nothing but a choice is needed
        assert response.status_code == 302
    else:
        assert response.status_code == 422
        assert stands(order) == MOVES[move][0]


@pytest.mark.parametrize("move", TEXTS)
def test_hostile_words_are_kept_and_shown_as_words(client, way, move):
    order, data, who = way(move)
    client.force_login(who)
    assert client.post(url(order, move), {**data, TEXTS[move]: BAD}).status_code == 302
    for page in (order.get_absolute_url(), f"{order.get_absolute_url()}print/"):
        assert BAD not in client.get(page).content.decode()


def test_an_unknown_move_does_not_exist(client, cast, at):
    order = make_repair(cast, at)
    client.force_login(cast.clerk)
    assert client.post(url(order, "explode"), {"revision": 0}).status_code == 404


def test_a_form_sent_twice_moves_once(client, way):
    order, data, who = way("acknowledge")
    client.force_login(who)
    data |= {"_once": "same"}
    answers = [client.post(url(order, "acknowledge"), data).headers.get("Location") for _ in range(2)]
    assert answers == [order.get_absolute_url()] * 2
    assert Repair.objects.get(pk=order.pk).revision == order.revision + 1


def test_another_repairers_order_does_not_exist(client, cast, at):
    order = make_repair(cast, at, "handed")
    client.force_login(cast.repairer2)
    assert client.get(order.get_absolute_url()).status_code == 404
    assert client.post(url(order, "acknowledge"), {"revision": order.revision}).status_code == 404
    assert stands(order) == "handed"


def test_material_lines_are_counted_and_a_wrong_one_is_said(client, way):
    order, data, who = way("finish")
    client.force_login(who)
    lines = {
        "m-TOTAL_FORMS": "2", "m-0-name": "角阀", "m-0-spec": "DN15", "m-0-quantity": "2", "m-0-unit_price": "28",
        "m-1-name": "软管", "m-1-quantity": "0", "m-1-unit_price": "22",
    }  # fmt: skip
    refused = client.post(url(order, "finish"), {**data, **lines})
    assert refused.status_code == 422
    assert "请填数量，要大于 0。" in refused.content.decode()
    assert 'value="软管"' in refused.content.decode()
    assert client.post(url(order, "finish"), {**data, **lines, "m-1-quantity": "1"}).status_code == 302
    found = Repair.objects.get(pk=order.pk)
    assert (found.cost, found.materials.count()) == (78, 2)


def test_D4_4_1_late_stays_on_the_page_for_ever(client, cast, at):
    order = make_repair(cast, at, "acknowledged")
    for name in ("arrive", "finish", "slip", "close"):
        step(cast, order, name, order.last_at + 60 * MINUTE)
    client.force_login(cast.clerk)
    text = client.get(order.get_absolute_url()).content.decode()
    assert f'<a class="chip bad" href="/clocks/helpdesk.repair/{order.pk}/">到场超时' in text
    row = client.get("/helpdesk/repairs/?late=1").content.decode()
    assert order.no in row


def test_E5_3_7_paper_has_both_parts_and_a_code(client, cast, at):
    order = make_repair(cast, at, "handed")
    client.force_login(cast.clerk)
    text = client.get(f"{order.get_absolute_url()}print/").content.decode()
    assert (text.count("第一联 底联"), text.count("第二联 回执"), text.count('class="qr"')) == (2, 2, 2)
    assert "style=" not in text


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(client, cast, at, count):
    for index in range(count):
        make_repair(cast, at + index * MINUTE, "handed", unit=make_unit(f"3栋{1000 + index}"))
    client.force_login(cast.clerk)
    client.get("/helpdesk/repairs/")
    with CaptureQueriesContext(connection) as queries:
        text = client.get("/helpdesk/repairs/").content.decode()
    assert text.count("/helpdesk/repairs/WX-") == count
    assert len(queries) == 7


@pytest.mark.parametrize(("query", "found"), [
    ("漏水", {"a"}), ("门锁", {"b"}), ("3-1202", {"a"}), ("3栋1202", {"a"}), ("周敏", {"a"}), ("8000", {"a", "b"}),
    ("没有的", set()), ("门锁 3栋904", {"b"}),
])  # fmt: skip
def test_the_list_is_searched_by_words_room_name_and_number(client, cast, at, query, found):
    orders = {
        "a": make_repair(cast, at, unit=make_unit("3栋1202")),
        "b": make_repair(cast, at, content="门锁打不开", reporter="李四", unit=make_unit("3栋904")),
    }
    client.force_login(cast.clerk)
    text = client.get("/helpdesk/repairs/", {"q": query}).content.decode()
    assert {name for name, order in orders.items() if order.no in text} == found


def test_the_list_is_filtered_by_state_repairer_and_category(client, cast, at):
    wet = make_repair(cast, at, "handed", unit=make_unit("3栋1"))
    lock = make_repair(
        cast, at, "waiting", content="门锁打不开", unit=make_unit("3栋2"), category=category("门锁")
    )
    client.force_login(cast.clerk)

    def shown(**query):
        text = client.get("/helpdesk/repairs/", query).content.decode()
        return [order.no in text for order in (wet, lock)]

    assert shown(state="handed") == [True, False]
    assert shown(state="open") == [True, True]
    assert shown(repairer=cast.repairer.pk) == [True, False]
    assert shown(category=category("门锁").pk) == [False, True]
    assert shown(state="nonsense", repairer="x") == [True, True]


def test_an_empty_list_says_what_to_do(client, cast):
    client.force_login(cast.clerk)
    assert "还没有维修单" in client.get("/helpdesk/repairs/").content.decode()
    assert "没有符合条件的维修单" in client.get("/helpdesk/repairs/?q=x").content.decode()


def test_a_repairer_finds_own_orders_and_one_press_makes_the_next_move(client, cast, at):
    """D4.4.1: on the telephone, with a thumb."""
    order = make_repair(cast, at, "handed")
    other = make_repair(cast, at, "handed", unit=make_unit("3栋904"))
    step(cast, other, "reassign", at + 2 * MINUTE, repairer=cast.repairer2, reason="换人")
    client.force_login(cast.repairer)
    with time_machine.travel(at + 3 * MINUTE, tick=False):
        text = client.get("/helpdesk/my/").content.decode()
        assert (order.no in text, other.no in text) == (True, False)
        assert 'href="tel:13800138000"' in text
        data = {"revision": order.revision, "next": "my"}
        assert client.post(url(order, "acknowledge"), data)["Location"] == "/helpdesk/my/"
    assert stands(order) == "acknowledged"


def test_the_way_of_the_factory_is_the_way_of_the_pages():
    """Every move of the usual way is among those tried here."""
    assert set(WAY) <= set(MOVES)


def test_pages_refuse_whoever_has_nothing_to_do_with_the_desk(cast, at):
    order = make_repair(cast, at)
    client = Client()
    client.force_login(cast.sales)
    pages = [
        "/helpdesk/repairs/",
        order.get_absolute_url(),
        f"{order.get_absolute_url()}print/",
        "/helpdesk/my/",
    ]
    assert [client.get(page).status_code for page in pages] == [403, 403, 403, 403]
