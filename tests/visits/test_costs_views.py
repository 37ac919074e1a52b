"""The page of 接待清单: entering, correcting, voiding, handing in, the paper (A7a, A7b)."""

import re

import pytest

from reception.core.ledger import events_of
from tests.factories.visits import expense, make_reception, set_standards, settle
from tests.visits.pages import browser, frozen, html
from visits.models import Expense, Reception
from visits.requests import settling


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def page(reception, tail=""):
    return f"/visits/requests/{reception.no}/costs/{tail}"


def fresh(reception):
    return Reception.objects.get(pk=reception.pk)


def typed(reception, *rows, **over):
    """POST data of the rows as the page sends them, three of them at least."""
    data = {
        "revision": fresh(reception).revision,
        "rows-TOTAL_FORMS": max(3, len(rows)),
        "rows-INITIAL_FORMS": 3,
    }
    for number in range(data["rows-TOTAL_FORMS"]):
        row = {
            "spent_on": "2026-10-31",
            "item": "meal",
            "meal": "",
            **(rows[number] if number < len(rows) else {}),
        }
        data |= {f"rows-{number}-{name}": value for name, value in row.items()}
    return {**data, **over}


LUNCH = {"meal": "lunch", "place": "公司食堂", "ours": "4", "theirs": "6", "amount": "600", "voucher": "PJ-1"}
ROW = {"spent_on": "2026-10-31", "item": "meal", **LUNCH, "amount": "580", "reason": "按发票改"}


def spent(reception, at, **over):
    """One row in the list."""
    return settling.spend(reception, by=reception.applicant, at=at, rows=[expense(**over)])[0]


# --- the page ------------------------------------------------------------------------------------------------


def test_A7a_the_page_compares_as_the_rows_say(cast, at):
    set_standards("guest", meal=50)
    reception = make_reception(cast, "settling", at=at)
    spent(reception, at)
    found = browser(cast.sales).get(page(reception)).context
    assert [(r["label"], r["allowed"], r["spent"], r["over"]) for r in found["panel"]["rows"]] == [
        ("用餐", "500", "600", "100")
    ]
    assert [(line["each"], line["over"]) for line in found["rows"]] == [("人均 60", True)]
    assert found["exceptions"] == ["用餐 600 元，超过嘉宾级标准 100 元（A7a）"]


def test_the_page_asks_the_same_for_one_row_and_thirty(cast, at, django_assert_max_num_queries):
    reception = make_reception(cast, "settling", at=at)
    client, asked = browser(cast.sales), []
    for rows in (1, 29):
        settling.spend(
            reception, by=cast.sales, at=at, rows=[expense(voucher=f"PJ-{n}") for n in range(rows)]
        )
        client.get(page(reception))
        with django_assert_max_num_queries(18) as queries:
            client.get(page(reception))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_before_the_approval_there_is_no_list(cast, at):
    assert browser(cast.sales).get(page(make_reception(cast, "pending", at=at))).status_code == 404


def test_only_its_applicant_finds_the_form(cast, at):
    reception = make_reception(cast, "settling", at=at)
    shown = {name: browser(getattr(cast, name)).get(page(reception)).context["entry"] is not None for name in ("sales", "sales2", "office", "gm")}  # fmt: skip
    assert shown == {"sales": True, "sales2": False, "office": False, "gm": False}
    assert browser(cast.clerk).get(page(reception)).status_code == 403


def test_hostile_words_are_escaped(cast, at):
    bad = "<img src=x onerror=alert(1)>"
    reception = make_reception(cast, "settling", at=at)
    row = spent(reception, at, place=bad, voucher=bad[:40], ours_names=bad)
    settling.void(row, reception, by=cast.sales, at=at, reason=bad)
    spent(reception, at, place=bad)
    for tail in ("", "print/", "2/correct/"):
        assert bad not in html(browser(cast.sales).get(page(reception, tail)))


# --- entering ------------------------------------------------------------------------------------------------


def test_A7a_rows_are_entered_and_empty_ones_are_none(cast, at):
    reception = make_reception(cast, "receiving", at=at)
    gift = {"item": "car", "place": "接站", "amount": "120.50", "voucher_note": "公司自有车，内部结算"}
    answer = browser(cast.sales).post(page(reception), typed(reception, LUNCH, gift))
    assert (answer.status_code, answer["Location"]) == (302, page(reception))
    rows = list(Expense.objects.values_list("number", "item", "meal", "ours", "theirs", "quantity"))
    assert rows == [(1, "meal", "lunch", 4, 6, 1), (2, "car", "", 0, 0, 1)]
    assert str(fresh(reception).sheet.spent) == "720.50"


def test_a_row_half_typed_is_refused_and_kept(cast, at):
    reception = make_reception(cast, "settling", at=at)
    bad = {**LUNCH, "amount": "", "place": "湖景楼"}
    answer = browser(cast.sales).post(page(reception), typed(reception, bad, LUNCH))
    assert (answer.status_code, Expense.objects.count()) == (422, 0)
    assert "请填写这一行的费用" in html(answer) and "湖景楼" in html(answer)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"amount": "-1"}, "不小于 0 的金额"),
        ({"amount": "1e9"}, "不小于 0 的金额"),
        ({"spent_on": "昨天"}, "日期要写成年月日"),
        ({"item": "bribe"}, "请选择类别"),
        ({"ours": "", "theirs": "0"}, "用餐要填我方、对方各几人"),
        ({"place": "长" * 5000}, "最多 60 个字"),
        ({"theirs": "-3"}, "0 到 999"),
    ],
)
def test_senseless_rows_are_refused_with_a_sentence(cast, at, wrong, sentence):
    reception = make_reception(cast, "settling", at=at)
    answer = browser(cast.sales).post(page(reception), typed(reception, {**LUNCH, **wrong}))
    assert (answer.status_code, Expense.objects.count()) == (422, 0)
    assert sentence in html(answer)


@pytest.mark.parametrize("broken", [{"rows-TOTAL_FORMS": "x"}, {"rows-TOTAL_FORMS": "99999"}])
def test_a_tampered_form_is_refused(cast, at, broken):
    reception = make_reception(cast, "settling", at=at)
    answer = browser(cast.sales).post(page(reception), typed(reception, LUNCH, **broken))
    assert (answer.status_code, Expense.objects.count()) == (422, 0)


def test_nothing_typed_is_refused(cast, at):
    reception = make_reception(cast, "settling", at=at)
    answer = browser(cast.sales).post(page(reception), typed(reception))
    assert (answer.status_code, "请至少填写一行费用" in html(answer)) == (422, True)


# --- each POST: anonymous, wrong person, wrong state, stale, twice --------------------------------------------

POSTS = {
    "": lambda reception: typed(reception, LUNCH),
    "1/void/": lambda reception: {"reason": "记重了", "revision": fresh(reception).revision},
    "1/correct/": lambda reception: {**ROW, "revision": fresh(reception).revision},
    "settle": lambda reception: {"note": "", "revision": fresh(reception).revision},
}


def address(reception, tail):
    return f"/visits/requests/{reception.no}/settle/" if tail == "settle" else page(reception, tail)


def told(reception):
    """How many events the reception has."""
    return events_of(reception).count()


@pytest.fixture
def written(cast, at):
    """A list with one row, to be handed in."""
    reception = make_reception(cast, "settling", at=at)
    spent(reception, at)
    return reception


@pytest.mark.parametrize("tail", POSTS)
def test_it_works_once_however_often_it_is_pressed(cast, at, written, tail):
    data = {**POSTS[tail](written), "_once": "c" * 32}
    before = told(written)
    answers = [browser(cast.sales).post(address(written, tail), data) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert told(written) == before + 1


@pytest.mark.parametrize("tail", POSTS)
def test_a_stranger_is_asked_to_sign_in(cast, at, written, tail):
    before = told(written)
    answer = browser().post(address(written, tail), POSTS[tail](written))
    assert (answer.status_code, answer["Location"].split("?")[0], told(written)) == (302, "/login/", before)


@pytest.mark.parametrize("tail", POSTS)
def test_the_wrong_person_is_refused(cast, at, written, tail):
    before = told(written)
    answer = browser(cast.sales2).post(address(written, tail), POSTS[tail](written))
    assert (answer.status_code, told(written)) == (403, before)
    assert 'class="errs"' in html(answer)


@pytest.mark.parametrize("tail", POSTS)
def test_the_wrong_state_is_refused(cast, at, tail):
    reception = settle(make_reception(cast, "settling", at=at), at=at)
    before = told(reception)
    answer = browser(cast.sales).post(address(reception, tail), POSTS[tail](reception))
    assert (answer.status_code, told(reception)) == (409, before)
    assert "待审核" in html(answer)


@pytest.mark.parametrize("tail", POSTS)
def test_a_stale_page_is_refused_and_keeps_what_was_typed(cast, at, written, tail):
    before = told(written)
    data = {**POSTS[tail](written), "revision": 99, "note": "说明在此"}
    answer = browser(cast.sales).post(address(written, tail), data)
    assert (answer.status_code, told(written)) == (409, before)
    kept = {"": "PJ-1", "1/void/": "记重了", "1/correct/": "按发票改", "settle": "说明在此"}[tail]
    assert kept in html(answer)


def test_the_list_of_others_does_not_exist(cast, at, written):
    stranger = browser(cast.quality)
    written.tasks.all().filter(department__code="quality").update(department=cast.sales.department)
    written.tasks.filter(assignee=cast.quality).update(assignee=None)
    written.copies.filter(to=cast.quality).delete()  # sent round at the approval
    assert [stranger.get(page(written, tail)).status_code for tail in ("", "print/", "1/correct/")] == [
        404
    ] * 3


def test_a_row_that_is_not_there(cast, at, written):
    assert browser(cast.sales).get(page(written, "9/correct/")).status_code == 404
    assert browser(cast.sales).get(page(written, "1/void/")).status_code == 405


# --- handing in, confirming, auditing ------------------------------------------------------------------------


def test_A7a_what_was_exceeded_is_explained_confirmed_and_audited(cast, at):
    """结算超标: the applicant, the leader and the office, each by their own login."""
    set_standards("guest", meal=50)
    reception = make_reception(cast, "settling", at=at)
    spent(reception, at)
    client = browser(cast.sales)
    refused = client.post(address(reception, "settle"), {"note": "", "revision": fresh(reception).revision})
    assert (refused.status_code, refused.context["settle"].errors["over_reason"][0]) == (
        422, "有 1 项超出规定，请写明超出原因：用餐 600 元，超过嘉宾级标准 100 元（A7a）。",
    )  # fmt: skip
    assert refused.context["settle"]["approver"].value() in (None, "", cast.gm.pk)
    data = {"over_reason": "加了一桌", "approver": cast.vgm.pk, "revision": fresh(reception).revision}
    assert client.post(address(reception, "settle"), data)["Location"] == reception.get_absolute_url()

    def press(who, move, **data):
        data["revision"] = fresh(reception).revision
        return browser(who).post(f"{reception.get_absolute_url()}{move}/", data).status_code

    waiting = {who: [t.state for t in todo_of(getattr(cast, who), at)] for who in ("vgm", "office")}
    assert waiting == {"vgm": ["等你确认超出"], "office": []}
    assert press(cast.office, "audit") == 409
    assert press(cast.gm, "confirm_over") == 403
    assert press(cast.vgm, "confirm_over") == 302
    assert [t.state for t in todo_of(cast.office, at)] == ["等你审核"]
    assert press(cast.sales, "audit") == 403
    assert press(cast.office, "audit") == 302
    assert fresh(reception).status == "closing"


def todo_of(user, at):
    """What waits for somebody, of the lists."""
    from visits.todo import todo

    return [row for row in todo(user, at) if row.glyph == "费"]


def test_A7a_the_detail_page_shows_standard_plan_and_spent(cast, at):
    set_standards("guest", meal=50)
    reception = make_reception(cast, "settling", at=at, lines=[{"item": "meal", "quantity": 1, "people": 10}])
    spent(reception, at)
    found = browser(cast.sales).get(reception.get_absolute_url())
    rows = [
        (r["label"], r["allowed"], r["estimated"], r["spent"], r["over"])
        for r in found.context["panel"]["rows"]
    ]
    assert rows == [("用餐", "500", "500", "600", "100")]
    assert "填清单，提交结算" in html(found)


def test_A7a_the_paper_has_live_rows_and_signatures(cast, at):
    reception = make_reception(cast, "settling", at=at)
    row = spent(reception, at, place="湖景楼")
    settling.correct(row, reception, by=cast.sales, at=at, reason="发票", values=expense(place="听涛阁"))
    from visits.requests import actions

    actions.settle(reception, by=cast.sales, at=at)
    actions.audit(reception, by=cast.office, at=at)
    found = browser(cast.sales).get(page(reception, "print/"))
    assert [(label, str(name)) for label, name, _ in found.context["signs"]] == [
        ("经办人", "顾清"),
        ("审核（办公室）", "孟瑶"),
    ]
    assert "听涛阁" in html(found) and "湖景楼" not in html(found)
    assert re.search(r"<b>600</b>", html(found))
