"""The list, the detail page, the paper and the plain moves of a reception."""

from datetime import timedelta

import pytest

from reception.core.ledger import events_of
from tests.factories.visits import close_tasks, make_draft, make_reception, set_standards
from tests.visits.pages import browser, frozen, html
from visits.models import Reception
from visits.requests import actions

LIST = "/visits/requests/"


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def page(reception):
    return f"/visits/requests/{reception.no}/"


def post(who, reception, move, **data):
    """Press one button on the page as it is now."""
    fresh = Reception.objects.get(pk=reception.pk)
    return browser(who).post(f"{page(reception)}{move}/", {"revision": fresh.revision, **data})


def status(reception):
    return Reception.objects.values_list("status", flat=True).get(pk=reception.pk)


# --- the list ------------------------------------------------------------------------------------------------


def titles(response):
    return [row["title"] for row in response.context["rows"]]


def test_the_list_shows_what_one_may_see(cast, at):
    make_reception(cast, "review", at=at, customer_name="甲公司")
    make_draft(cast, at=at, customer_name="乙公司")
    make_draft(cast, at=at, by=cast.office, customer_name="丙公司")
    seen = {
        name: titles(browser(getattr(cast, name)).get(LIST))
        for name in ("sales", "sales2", "gm", "tech", "auditor")
    }
    assert seen == {
        "sales": ["乙公司考察", "甲公司考察"],
        "sales2": ["甲公司考察"],
        "gm": ["甲公司考察"],
        "tech": [],
        "auditor": ["甲公司考察"],
    }


def test_the_list_is_not_for_everybody(cast):
    assert [browser(who).get(LIST).status_code for who in (cast.clerk, cast.stranger)] == [403, 403]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_the_same_for_one_row_and_thirty(cast, at, rows, django_assert_num_queries):
    for _ in range(rows):
        make_draft(cast, at=at)
    client = browser(cast.sales)
    client.get(LIST)
    with django_assert_num_queries(7):
        assert len(client.get(LIST).context["rows"]) == rows


def test_pages_follow_each_other_without_gap_or_repeat(cast, at):
    for index in range(53):
        make_draft(cast, at=at + timedelta(minutes=index), customer_name=f"第{index}家")
    client = browser(cast.sales)
    first = client.get(LIST)
    second = client.get(LIST, {"before": first.context["page"].next})
    assert titles(first) + titles(second) == [f"第{index}家考察" for index in range(52, -1, -1)]
    assert second.context["page"].next == ""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "远航"}, ["远航重工集团考察"]),
        ({"q": "重工"}, ["远航重工集团考察"]),
        ({"q": "0002"}, ["北辰公司考察"]),
        ({"q": "没有"}, []),
        ({"status": "draft"}, ["北辰公司考察"]),
        ({"status": "bomb"}, ["北辰公司考察", "远航重工集团考察"]),
        ({"scope": "mine"}, ["北辰公司考察", "远航重工集团考察"]),
        ({"scope": "waiting"}, ["北辰公司考察"]),
        ({"q": "<script>"}, []),
        ({"q": "\x00%_"}, []),
        ({"before": "x~y"}, ["北辰公司考察", "远航重工集团考察"]),
    ],
)
def test_filters_and_two_character_search(cast, at, query, found):
    make_reception(cast, "review", at=at)
    make_draft(cast, at=at, customer_name="北辰公司")
    response = browser(cast.sales).get(LIST, query)
    assert (response.status_code, titles(response)) == (200, found)
    assert "<script>" not in html(response).replace("<script src", "").replace("</script>", "")


def test_filters_by_tier_and_department(cast, at):
    make_reception(cast, "preparing", at=at, customer_name="甲公司")
    make_draft(cast, at=at, customer_name="乙公司", tier="regular")
    client = browser(cast.sales)
    options = {
        s["name"]: {label: value for value, label in s["options"]}
        for s in client.get(LIST).context["filters"].selects
    }
    assert titles(client.get(LIST, {"tier": options["tier"]["嘉宾级"]})) == ["甲公司考察"]
    assert titles(client.get(LIST, {"tier": options["tier"]["业务级"]})) == ["乙公司考察"]
    assert titles(client.get(LIST, {"department": options["department"]["办公室"]})) == []


def test_an_empty_list_says_what_to_do(cast):
    assert "先填一张接待申请" in html(browser(cast.sales).get(LIST))
    assert "没有找到符合的接待" in html(browser(cast.sales).get(LIST, {"q": "远航"}))


# --- the page ------------------------------------------------------------------------------------------------


def test_the_page_tells_the_whole(cast, at):
    set_standards("guest", meal=40)
    lines = [{"item": "meal", "quantity": 2, "people": 10, "unit_price": 50}]
    reception = make_reception(cast, "preparing", at=at, lines=lines, overspend_reason="湖景楼")
    response = browser(cast.sales).get(page(reception))
    told = response.context["page"]
    assert (told["countdown"], told["guests_line"], told["host_line"]) == (
        "10天0小时后到达",
        "陆远（采购总监）等6人",
        "何志远 副总经理",
    )
    assert told["time_line"] == "10月31日 周六 10:00 至 11月1日 16:00"
    assert [step["css"] for step in told["steps"]] == ["done", "done", "now", "", "", ""]
    row = response.context["side"]["rows"][0]
    assert (row["plain_text"], row["standard_text"], row["over"]) == ("1,000", "800", True)
    assert [event.verb for event in response.context["events"]] == [
        "create",
        "submit",
        "agree",
        "approve",
        "copy",
    ]


@pytest.mark.parametrize("by", ["", "department", "time", "mine", "<script>"])
def test_the_board_is_arranged_as_asked(cast, at, by):
    reception = make_reception(cast, "preparing", at=at)
    board = browser(cast.tech).get(page(reception), {"by": by}).context["board"]
    names = {row["department"] for lane in board["lanes"] for row in lane["rows"]}
    assert board["total"] == reception.tasks.count()
    assert (names == {"技术品质部"}) == (by == "mine")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_the_same_for_few_and_many_guests(cast, at, rows, django_assert_num_queries):
    guests = [{"name": f"来宾{index}"} for index in range(rows)]
    reception = make_reception(cast, "preparing", at=at, guests=guests)
    client = browser(cast.sales)
    client.get(page(reception))
    with django_assert_num_queries(22):
        assert len(client.get(page(reception)).context["guests"]) == rows


def test_hostile_words_are_escaped_on_every_page(cast, at):
    bad = "<img src=x onerror=alert(1)>"
    guests = [{"name": bad, "care": bad}]
    reception = make_reception(
        cast, "preparing", at=at, customer_name=bad, subject=bad, note=bad, guests=guests
    )
    for address in ("", "print/"):
        assert bad not in html(browser(cast.sales).get(page(reception) + address))


def test_a_reception_of_others_does_not_exist(cast, at):
    reception = make_reception(cast, "review", at=at)
    assert [
        browser(cast.tech).get(page(reception) + tail).status_code for tail in ("", "print/", "decide/")
    ] == [404] * 3
    assert browser(cast.sales).get("/visits/requests/JD-2026-9999/").status_code == 404


# --- the paper -----------------------------------------------------------------------------------------------


def test_A9_the_paper_carries_the_signatures(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    signs = browser(cast.sales).get(page(reception) + "print/").context["signs"]
    assert [(sign["label"], sign["name"], sign["date"]) for sign in signs] == [
        ("经办人", "顾清（营销部）", "2026年10月21日"),
        ("部门审核", "邱实（营销部）", "2026年10月21日"),
        ("领导审批", "沈国栋（公司领导）", "2026年10月21日"),
    ]


def test_A9_a_resubmitted_paper_forgets_old_signatures(cast, at):
    reception = make_reception(cast, "returned", at=at)
    actions.submit(reception, by=cast.sales, at=at)
    signs = browser(cast.sales).get(page(reception) + "print/").context["signs"]
    assert [sign["name"] for sign in signs] == ["顾清（营销部）", "", ""]


# --- the moves -----------------------------------------------------------------------------------------------

# move, from, who may, what the button sends, to, who may not
MOVES = [
    ("submit", "draft", "sales", {}, "review", None),
    ("withdraw", "review", "sales", {}, "draft", "sales2"),
    ("agree", "review", "sales_head", {"reason": "请领导定级"}, "pending", "sales2"),
    ("return_back", "pending", "gm", {"reason": "请补行程"}, "returned", "sales2"),
    ("reject", "pending", "gm", {"reason": "时间冲突"}, "rejected", "sales2"),
    ("cancel", "review", "sales", {"reason": "客户改期"}, "cancelled", None),
    ("ask_cancel", "preparing", "sales", {"reason": "客户改期"}, "preparing", "tech"),
    ("start", "preparing", "sales", {}, "receiving", "tech"),
    ("finish", "receiving", "sales", {}, "settling", "tech"),
]
NAMES = [row[0] for row in MOVES]


@pytest.mark.parametrize(("move", "source", "who", "data", "target", "wrong"), MOVES, ids=NAMES)
def test_a_move_works(cast, at, move, source, who, data, target, wrong):
    reception = make_reception(cast, source, at=at)
    response = post(getattr(cast, who), reception, move, **data)
    assert (response.status_code, response["Location"], status(reception)) == (302, page(reception), target)
    last = events_of(reception).exclude(verb="record").last()
    assert events_of(reception).filter(verb=move, actor=getattr(cast, who)).count() == 1, last


@pytest.mark.parametrize(("move", "source", "who", "data", "target", "wrong"), MOVES, ids=NAMES)
def test_a_stranger_cannot_move(cast, at, move, source, who, data, target, wrong):
    reception = make_reception(cast, source, at=at)
    assert (post(None, reception, move, **data)["Location"].split("?")[0], status(reception)) == (
        "/login/",
        source,
    )


@pytest.mark.parametrize(
    ("move", "source", "who", "data", "target", "wrong"),
    [row for row in MOVES if row[5]],
    ids=[r[0] for r in MOVES if r[5]],
)
def test_the_wrong_person_is_refused_with_a_sentence(cast, at, move, source, who, data, target, wrong):
    reception = make_reception(cast, source, at=at)
    response = post(getattr(cast, wrong), reception, move, **data)
    assert (response.status_code, status(reception)) == (403, source)
    assert 'class="errs"' in html(response)


@pytest.mark.parametrize(("move", "source", "who", "data", "target", "wrong"), MOVES, ids=NAMES)
def test_a_move_from_the_wrong_state_is_refused(cast, at, move, source, who, data, target, wrong):
    reception = make_reception(cast, "archived", at=at)
    response = post(getattr(cast, who), reception, move, **data)
    assert (response.status_code, status(reception)) == (409, "archived")
    assert "已归档" in html(response)


@pytest.mark.parametrize(("move", "source", "who", "data", "target", "wrong"), MOVES, ids=NAMES)
def test_a_stale_page_is_refused_and_keeps_the_words(cast, at, move, source, who, data, target, wrong):
    reception = make_reception(cast, source, at=at)
    response = post(getattr(cast, who), reception, move, **{**data, "revision": 99})
    assert (response.status_code, status(reception)) == (409, source)
    if "reason" in data:
        assert move == "agree" or data["reason"] in html(response)


@pytest.mark.parametrize(("move", "source", "who", "data", "target", "wrong"), MOVES, ids=NAMES)
def test_a_button_pressed_twice_moves_once(cast, at, move, source, who, data, target, wrong):
    reception = make_reception(cast, source, at=at)
    same = {**data, "_once": "b" * 32, "revision": Reception.objects.get(pk=reception.pk).revision}
    answers = [post(getattr(cast, who), reception, move, **same)["Location"] for _ in range(2)]
    assert (answers, status(reception)) == ([page(reception)] * 2, target)
    assert events_of(reception).filter(verb=move).count() == 1


@pytest.mark.parametrize(
    ("move", "source"), [("return_back", "pending"), ("reject", "pending"), ("cancel", "review")]
)
def test_a_reason_is_asked_for(cast, at, move, source):
    reception = make_reception(cast, source, at=at)
    who = cast.sales if move == "cancel" else cast.gm
    assert (post(who, reception, move, reason="  ").status_code, status(reception)) == (422, source)
    long = post(who, reception, move, reason="长" * 10_000)
    assert (long.status_code, status(reception)) == (422, source)
    assert "长" * 10_000 in html(long)


def test_archiving_waits_for_the_tasks(cast, at):
    reception = make_reception(cast, "closing", at=at)
    refused = post(cast.office, reception, "archive")
    assert (refused.status_code, status(reception)) == (409, "closing")
    close_tasks(reception, cast, at)
    assert (post(cast.office, reception, "archive").status_code, status(reception)) == (302, "archived")


def test_an_unknown_move_does_not_exist(cast, at):
    reception = make_reception(cast, "pending", at=at)
    assert post(cast.gm, reception, "delete").status_code == 404
    assert browser(cast.gm).get(f"{page(reception)}reject/").status_code == 405
