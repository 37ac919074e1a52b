"""Pages of emergencies: the one key, every move's five answers, the inbox's button, what a list costs (D4.4.4)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpdesk.emergencies.models import Emergency
from helpdesk.emergencies.views_moves import DOORS
from reception.core.ledger.models import Event
from reception.core.notices.models import Notice
from tests.factories.helpdesk import make_emergency

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
REPORT = {"grade": "minor", "story": "接报后到场", "result": "恢复正常"}
# move: state before, who, what is typed, state after
MOVES = {
    "acknowledge": ("received", "manager", {}, "reported"),
    "answer": ("received", "clerk", {"how": "phone", "words": "在路上"}, "reported"),
    "handle": ("reported", "clerk", {"commander": "郑维"}, "handling"),
    "control": ("handling", "clerk", {"measures": "已断电", "place": "2栋"}, "controlled"),
    "write": ("controlled", "clerk", REPORT, "written"),
    "prevent": ("written", "clerk", {"prevention": "巡检"}, "prevented"),
    "review": ("prevented", "manager", {"opinion": "同意"}, "reviewed"),
    "close": ("reviewed", "gm", {"close_word": "同意"}, "closed"),
    "note": ("handling", "clerk", {"words": "情绪平稳", "spread": "on"}, "handling"),
    "tick": ("handling", "clerk", {}, "handling"),
    "outside": ("handling", "clerk", {"service": "120", "words": "一人头晕"}, "handling"),
    "instruct": ("handling", "manager", {"words": "沈总：确保安全"}, "handling"),
    "amend": ("handling", "clerk", {"losses": "门机一台", "happened_at": "2026-10-21T09:50"}, "handling"),
    "send_back": ("prevented", "director", {"reason": "损失没写"}, "controlled"),
    "refuse": ("reviewed", "gm", {"reason": "原因不清"}, "controlled"),
    "void": ("handling", "manager", {"reason": "演练"}, "void"),
}
# A page that is older than the record makes no difference to what is only added.
ADDED = {"acknowledge", "answer", "note", "tick", "outside", "instruct"}
TYPED = {
    name: next(iter(typed.values()))
    for name, (_, _, typed, _) in MOVES.items()
    if typed and name != "outside"
}


def ready(cast, at, move, status=""):
    """The emergency, where to post, the data, who."""
    before, who, typed, _ = MOVES[move]
    one = make_emergency(cast, at, status or before)
    data = {**typed, "revision": one.revision}
    if move == "answer":
        data["person"] = one.alerts.get(person=cast.energy).pk
    if move == "tick":
        data["duty"] = one.duties.first().pk
    if move == "write":
        data["category"] = one.category_id
    return one, f"{one.get_absolute_url()}{move}/", data, getattr(cast, who)


@pytest.fixture(autouse=True)
def later(at):
    """Ten minutes after everything was walked."""
    with time_machine.travel(at + 10 * MINUTE, tick=False):
        yield


def stands(one):
    return Emergency.objects.get(pk=one.pk).status


@pytest.mark.parametrize("move", MOVES)
def test_D4_4_4_a_move_is_made_from_its_page(client, cast, at, move):
    one, url, data, who = ready(cast, at, move)
    client.force_login(who)
    response = client.post(url, data)
    assert (response.status_code, response.headers.get("Location")) == (302, one.get_absolute_url())
    assert stands(one) == MOVES[move][3]
    assert client.get(one.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("move", MOVES)
def test_a_stranger_makes_no_move(client, cast, at, move):
    one, url, data, _ = ready(cast, at, move)
    response = client.post(url, data)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/login/")
    assert stands(one) == MOVES[move][0]


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("sales", 404)])
def test_a_reader_makes_no_move_and_others_see_nothing(client, cast, at, move, who, status):
    one, url, data, _ = ready(cast, at, move)
    client.force_login(getattr(cast, who))
    assert client.post(url, data).status_code == status
    assert stands(one) == MOVES[move][0]


@pytest.mark.parametrize("move", MOVES)
def test_a_move_from_the_wrong_state_is_refused_and_what_was_typed_stays(client, cast, at, move):
    one, url, data, who = ready(cast, at, move, "closed" if move != "void" else "void")
    client.force_login(who)
    response = client.post(url, data)
    assert (
        response.status_code == 409 if move not in ("answer", "tick") else response.status_code in (409, 422)
    )
    assert stands(one) == ("closed" if move != "void" else "void")
    if move in TYPED:
        assert TYPED[move] in response.content.decode()


@pytest.mark.parametrize("move", MOVES)
def test_a_stale_page_is_noticed_except_by_what_only_adds(client, cast, at, move):
    one, url, data, who = ready(cast, at, move)
    client.force_login(who)
    status = client.post(url, data | {"revision": one.revision + 7}).status_code
    assert (status, stands(one)) == ((302, MOVES[move][3]) if move in ADDED else (409, MOVES[move][0]))


def test_every_move_is_tried():
    assert set(MOVES) == set(DOORS)


def test_D4_4_4_two_keys_raise_it_from_anywhere(client, cast):
    client.force_login(cast.clerk)
    for page in ("/desk/", "/helpdesk/repairs/", "/todo/", "/notices/"):
        text = client.get(page).content.decode()
        assert ('data-act="sos"' in text, 'id="sos"' in text) == (True, True)
    response = client.post("/helpdesk/emergencies/new/", {"_once": "a"})
    one = Emergency.objects.get()
    assert (response.status_code, response["Location"]) == (302, one.get_absolute_url())
    assert Notice.objects.filter(level="urgent").count() == 6


def test_D4_4_4_the_key_is_for_the_desk_only(client, cast):
    assert client.get("/helpdesk/emergencies/new/").status_code == 302
    for who in (cast.gm, cast.auditor, cast.repairer):
        client.force_login(who)
        assert client.post("/helpdesk/emergencies/new/", {}).status_code == 403
        assert 'data-act="sos"' not in client.get("/todo/").content.decode()
    assert not Emergency.objects.exists()


def test_D4_4_4_pressed_twice_it_is_one_emergency(client, cast):
    client.force_login(cast.clerk)
    data = {"_once": "a", "content": "冒烟"}
    first, second = (client.post("/helpdesk/emergencies/new/", data)["Location"] for _ in range(2))
    assert (first, Emergency.objects.count()) == (second, 1)


def test_an_alarm_that_is_too_long_keeps_its_words(client, cast):
    client.force_login(cast.clerk)
    response = client.post("/helpdesk/emergencies/new/", {"content": "长" * 501})
    assert (response.status_code, "最多 500 个字" in response.content.decode()) == (422, True)


def test_D4_4_4_one_tap_in_the_inbox_confirms(client, cast, at):
    one = make_emergency(cast, at)
    client.force_login(cast.vgm)
    text = client.get("/notices/").content.decode()
    assert f'action="{one.get_absolute_url()}acknowledge/"' in text
    response = client.post(f"{one.get_absolute_url()}acknowledge/", {"next": "notices"})
    assert response["Location"] == "/notices/"
    assert one.alerts.get(person=cast.vgm).acknowledged_at == at + 10 * MINUTE
    assert "acknowledge/" not in client.get("/notices/").content.decode()


def test_D4_4_4_it_stands_in_everybodys_todo_until_it_is_their_turn_no_more(client, cast, at):
    one = make_emergency(cast, at, "handling")

    def waits(who):
        client.force_login(who)
        return one.no in client.get("/todo/").content.decode()

    assert [waits(who) for who in (cast.clerk, cast.gm, cast.director, cast.sales)] == [
        True,
        True,
        True,
        False,
    ]
    make_emergency(cast, at, "reviewed")
    client.force_login(cast.energy)
    assert "TF-2026-0002" not in client.get("/todo/").content.decode()


def test_E5_3_5_it_is_found_by_place_and_number(client, cast, at):
    one = make_emergency(cast, at)
    for who, found in ((cast.clerk, True), (cast.gm, True), (cast.sales, False)):
        client.force_login(who)
        assert (one.no in client.get("/search/?q=1号梯").content.decode()) == found


def test_D6_the_list_filters_and_says_what_to_do_when_empty(client, cast, at):
    client.force_login(cast.gm)
    assert "F9" in client.get("/helpdesk/emergencies/").content.decode()
    one, other = make_emergency(cast, at), make_emergency(cast, at, "void", content="起火冒烟", place="东门")
    text = client.get("/helpdesk/emergencies/?state=open").content.decode()
    assert (one.no in text, other.no in text) == (True, False)
    text = client.get("/helpdesk/emergencies/?q=东门").content.decode()
    assert (one.no in text, other.no in text) == (False, True)
    assert "清空筛选" in client.get("/helpdesk/emergencies/?q=没有").content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(client, cast, at, many):
    for _ in range(many):
        make_emergency(cast, at)
    client.force_login(cast.auditor)
    client.get("/helpdesk/emergencies/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/helpdesk/emergencies/").content.decode().count("TF-2026-") == 2 * many
    assert len(queries) == 6


def test_the_page_costs_few_queries(client, cast, at):
    one = make_emergency(cast, at, "handling")
    client.force_login(cast.manager)
    client.get(one.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        client.get(one.get_absolute_url())
    assert len(queries) <= 15


def test_D6_the_paper_carries_the_chain_and_the_signatures(client, cast, at):
    one = make_emergency(cast, at, "closed")
    client.force_login(cast.auditor)
    text = client.get(f"{one.get_absolute_url()}print/").content.decode()
    for words in ("突发事件、重要问题记录", one.no, "郑维", "未回执", "恢复正常", "每月巡检一遍", "同意关闭"):
        assert words in text


def test_what_is_written_cannot_break_the_page(client, cast, at):
    bad = "<script>alert(1)</script>\"'"
    one = make_emergency(cast, at, content=bad, place=bad)
    client.force_login(cast.manager)
    client.post(f"{one.get_absolute_url()}note/", {"words": bad})
    assert Event.objects.filter(verb="note").count() == 1
    assert "<script>alert" not in client.get(one.get_absolute_url()).content.decode()
