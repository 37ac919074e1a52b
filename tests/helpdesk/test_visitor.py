"""访客: signed in, the host told at once, expected guests greeted by name, who is inside always known (C4, C5)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from helpdesk.visitors import actions
from helpdesk.visitors.choices import Status
from helpdesk.visitors.flow import FLOW
from helpdesk.visitors.models import Visitor
from reception.core.expected import Expected, providers
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.notices.models import Notice
from tests.helpdesk.test_grid import hands, outcome, table

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
GRID = """
       leave guide void
inside left  =     void
left   .     .     void
void   .     .     .
"""
HANDS = """
leave clerk clerk2 assistant manager
guide clerk clerk2 assistant manager
void  manager director
"""
INPUTS = {"guide": {"guide": "林晓雯"}, "void": {"reason": "重复"}}


def come(cast, at, status="inside", **asked):
    """Somebody who came to see 顾清 at `at`; `left` ten minutes later."""
    one = actions.sign_in(
        by=cast.clerk,
        at=at,
        **{"name": "丁薇", "company": "知行设计", "host": cast.sales, "purpose": "图纸交底", **asked},
    )
    if status == Status.LEFT:
        actions.leave(one, by=cast.clerk, at=at + 10 * MINUTE)
    if status == Status.VOID:
        actions.void(one, by=cast.manager, at=at, reason="重复")
    return one


@pytest.fixture
def wang(cast, at, monkeypatch):
    """王建国, expected at ten by the general manager; 顾清 applied for him."""
    one = Expected(
        key="JD-2026-0001-7", source="JD-2026-0001", name="王建国", title="总经理", company="华东电气", host=cast.gm,
        tell=(cast.gm, cast.sales), purpose="考察", arrive_at=at, leave_at=at + timedelta(hours=6), mark="贵宾",
    )  # fmt: skip
    monkeypatch.setitem(providers, "test", lambda user, start, end: [one] if one.arrive_at < end else [])
    return one


def refused(act, *args, **given):
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return caught.value.code, caught.value.field


@pytest.mark.engine
@pytest.mark.parametrize("state", table(GRID))
def test_C5_states_by_moves(cast, at, state):
    one = come(cast, at, state)
    found = {
        move: outcome(
            Visitor,
            one.pk,
            getattr(actions, move),
            by=cast.manager,
            at=at + 20 * MINUTE,
            **INPUTS.get(move, {}),
        )
        for move in table(GRID)[state]
    }
    wanted = {"=": state, ".": "state"}
    assert found == {move: wanted.get(cell, cell) for move, cell in table(GRID)[state].items()}


@pytest.mark.engine
@pytest.mark.parametrize("move", hands(HANDS))
def test_C5_moves_by_hands(cast, at, move):
    one, act = come(cast, at), getattr(actions, move)
    found = {
        n: outcome(Visitor, one.pk, act, by=u, at=at, **INPUTS.get(move, {})) for n, u in vars(cast).items()
    }
    assert {name for name, result in found.items() if result != "forbidden"} == hands(HANDS)[move]


def test_the_grid_names_every_state_and_move():
    assert (set(table(GRID)), set(hands(HANDS))) == (set(Status.values), set(FLOW.moves))


def test_C4_the_host_is_told_at_once_and_sees_the_visitor_nobody_else_does(cast, at):
    one = come(cast, at, people=2, paper="320502199001011234", plate="苏e12345")
    assert (one.no, one.status, one.paper, one.plate) == (
        "FK-2026-0001",
        "inside",
        "*" * 14 + "1234",
        "苏E12345",
    )
    told = Notice.objects.get()
    assert (told.to, told.title) == (cast.sales, "丁薇（知行设计）等 2 人已到前台，找顾清：图纸交底")
    seen = {name for name, user in vars(cast).items() if Visitor.objects.visible_to(user).exists()}
    assert seen == {"sales", "clerk", "clerk2", "assistant", "manager", "director", "energy", "auditor"}
    assert "320502199001011234" not in str(list(events_of(one).values()))


def test_C4_a_department_is_told_through_its_head(cast, at):
    one = come(cast, at, host=None, department=cast.tech.department)
    assert (one.to_whom, Notice.objects.get().to) == ("技术品质部", cast.tech)
    assert Visitor.objects.visible_to(cast.tech).exists()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"name": " "}, "name"), ({"purpose": ""}, "purpose"), ({"host": None}, "host"), ({"people": 501}, "people"),
        ({"people": -1}, "people"),
    ],
)  # fmt: skip
def test_C4_what_must_be_asked(cast, at, asked, field):
    assert refused(come, cast, at, **asked)[1] == field
    assert not Visitor.objects.exists()


def test_C4_only_the_desk_signs_in(cast, at):
    for who in (cast.sales, cast.gm, cast.auditor, cast.stranger):
        asked = {"name": "丁", "host": cast.sales, "purpose": "谈事"}
        assert refused(actions.sign_in, by=who, at=at, **asked)[0] == "forbidden"


def test_C4_a_badge_is_worn_by_one_and_free_again_after(cast, at):
    one = come(cast, at, badge="A07")
    assert refused(come, cast, at, badge="A07") == ("invalid", "badge")
    actions.leave(one, by=cast.clerk, at=at + MINUTE)
    assert come(cast, at + 2 * MINUTE, badge="A07").status == "inside"


def test_C4_an_expected_guest_is_recognised_greeted_by_name_and_comes_in_once(client, cast, at, wang):
    client.force_login(cast.clerk)
    with time_machine.travel(at, tick=False):
        assert "王建国" in client.get("/helpdesk/visitors/hint/?name=王建").content.decode()
        assert "王建国" not in client.get("/helpdesk/visitors/hint/?name=王").content.decode()
        page = client.get(f"/helpdesk/visitors/new/?key={wang.key}").content.decode()
        assert ("王总经理，您好，欢迎您！" in page, 'value="王建国"' in page) == (True, True)
        data = {
            "key": wang.key,
            "name": "王建国",
            "title": "总经理",
            "people": "1",
            "host": cast.gm.pk,
            "purpose": "考察",
        }
        assert client.post("/helpdesk/visitors/new/", data).status_code == 302
        one = Visitor.objects.get()
        assert (one.source, one.guest, one.booked) == ("JD-2026-0001", wang.key, True)
        assert set(Notice.objects.values_list("to__username", flat=True)) == {"gm", "sales"}
        assert "已到" in client.get("/helpdesk/visitors/new/").content.decode()
        again = client.post("/helpdesk/visitors/new/", data)
        assert (again.status_code, "已经登记过了" in again.content.decode()) == (409, True)
    assert Visitor.objects.count() == 1


def test_C5_who_is_in_the_building_is_always_known_and_printed(client, cast, at):
    come(cast, at, people=3, badge="A07")
    come(cast, at, "left", name="江河")
    come(cast, at, "void", name="李四")
    client.force_login(cast.auditor)
    text = client.get("/helpdesk/visitors/inside/").content.decode()
    assert ("丁薇" in text, "江河" in text, "李四" in text, "共 3 人" in text) == (True, False, False, True)
    assert "现在楼内 3 人" in client.get("/helpdesk/visitors/").content.decode()


def test_C5_leaving_is_after_coming_in_the_database_too(cast, at):
    one = come(cast, at, "left")
    assert (one.left_by, one.left_at) == (cast.clerk, at + 10 * MINUTE)
    for wrong in (
        {"left_at": at - MINUTE},
        {"left_at": None},
        {"people": 0},
        {"host": None},
        {"purpose": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Visitor.objects.filter(pk=one.pk).update(**wrong)


# --- pages: the five answers ----------------------------------------------------------------------------------

MOVES = {
    "leave": ("inside", "clerk", "left"),
    "guide": ("inside", "clerk", "inside"),
    "void": ("left", "manager", "void"),
}
TYPED = {"guide": {"guide": "林晓雯引见"}, "void": {"reason": "重复登记了"}}


@pytest.mark.parametrize("move", MOVES)
def test_C5_a_move_has_five_answers(client, cast, at, move):
    before, who, after = MOVES[move]
    one = come(cast, at - timedelta(hours=1), before)
    url, data = f"{one.get_absolute_url()}{move}/", {**TYPED.get(move, {}), "revision": one.revision}

    def post(user=None, **more):
        client.logout()
        if user:
            client.force_login(user)
        answer = client.post(url, data | more)
        return answer.status_code, Visitor.objects.get(pk=one.pk).status

    assert post() == (302, before)
    assert post(cast.auditor) == (403, before)
    assert post(cast.make) == (404, before)
    assert post(getattr(cast, who), revision=one.revision + 7) == (409, before)
    assert post(getattr(cast, who)) == (302, after)
    if move != "guide":
        assert post(getattr(cast, who)) == (409, after)


def test_C4_the_sign_in_keeps_what_was_typed_and_asks(client, cast):
    assert client.get("/helpdesk/visitors/new/").status_code == 302
    client.force_login(cast.auditor)
    assert client.post("/helpdesk/visitors/new/", {}).status_code == 403
    client.force_login(cast.clerk)
    page = client.post("/helpdesk/visitors/new/", {"name": "丁薇", "people": "0", "purpose": "<b>谈事</b>"})
    text = page.content.decode()
    assert (page.status_code, 'value="丁薇"' in text, "人数至少 1 人" in text, "<b>谈事" in text) == (
        422,
        True,
        True,
        False,
    )
    data = {"name": "丁薇", "people": "1", "purpose": "谈事", "_once": "a"}
    page = client.post("/helpdesk/visitors/new/", data)
    assert (page.status_code, "找哪一位" in page.content.decode()) == (422, True)
    data["host"] = cast.sales.pk
    first = client.post("/helpdesk/visitors/new/", data)["Location"]
    assert (client.post("/helpdesk/visitors/new/", data)["Location"], Visitor.objects.count()) == (first, 1)


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(client, cast, at, many):
    for _ in range(many):
        come(cast, at)
    client.force_login(cast.auditor)
    client.get("/helpdesk/visitors/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/helpdesk/visitors/").content.decode().count("丁薇") == many
    assert len(queries) == 6


def test_C4_the_list_filters_and_the_search_finds(client, cast, at):
    client.force_login(cast.clerk)
    assert "登记来访" in client.get("/helpdesk/visitors/").content.decode()
    one, gone = come(cast, at), come(cast, at, "left", name="江河", company="安捷电梯")
    for query, seen in (
        ("state=inside", (True, False)),
        ("q=安捷", (False, True)),
        ("q=FK-2026-0001", (True, False)),
    ):
        text = client.get(f"/helpdesk/visitors/?{query}").content.decode()
        assert (one.get_absolute_url() in text, gone.get_absolute_url() in text) == seen, query
    assert one.no in client.get("/search/?q=丁薇").content.decode()
    client.force_login(cast.make)
    assert one.no not in client.get("/search/?q=丁薇").content.decode()


def test_D4_3_2_who_is_written_down_afterwards_says_why(client, cast, at):
    """The server's time is the record's; an earlier arrival needs a reason, and page, paper and list say so."""
    given = {"name": "王", "purpose": "送合同", "host": cast.manager, "by": cast.clerk, "at": at}
    earlier = at - timedelta(hours=3)
    assert refused(actions.sign_in, **given, came_at=earlier) == ("missing", "backdate_reason")
    assert refused(actions.sign_in, **given, came_at=at + timedelta(minutes=1))[1] == "came_at"
    ages = {**given, "came_at": at.replace(year=1), "backdate_reason": "忘了"}
    assert refused(actions.sign_in, **ages)[1] == "came_at"
    one = actions.sign_in(**given, came_at=earlier, backdate_reason="系统维护，先记在纸上")
    assert (one.created_at, one.came_at, one.recorder_name) == (at, earlier, str(cast.clerk))
    client.force_login(cast.auditor)
    for path in (one.get_absolute_url(), f"{one.get_absolute_url()}print/"):
        html = client.get(path).content.decode()
        assert "补记：系统维护，先记在纸上" in html and str(cast.clerk) in html
    assert "补记" in client.get("/helpdesk/visitors/").content.decode()
