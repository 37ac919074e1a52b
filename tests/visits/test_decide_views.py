"""The decide page: what a leader sees, what they may answer, and every way it is refused (A3.1b, A4, A7b)."""

from datetime import timedelta

import pytest

from tests.factories.visits import make_reception, set_standards, tier
from tests.visits.pages import browser, frozen, html
from visits.models import Reception
from visits.requests import actions
from visits.todo import todo


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


@pytest.fixture
def pending(cast, at):
    return make_reception(cast, "pending", at=at)


def url(reception):
    return f"/visits/requests/{reception.no}/decide/"


def data(reception, **over):
    """The form as the page filled it in, with 同意 pressed."""
    fresh = Reception.objects.get(pk=reception.pk)
    values = {
        "do": "approve",
        "revision": fresh.revision,
        "tier": fresh.proposed_tier_id,
        "tier_reason": "",
        "host": fresh.host_id,
        "activity_budget": "",
        "gift_budget": "",
        "reason": "",
    }
    return {**values, **over}


def status(reception):
    return Reception.objects.values_list("status", flat=True).get(pk=reception.pk)


def test_A3_1b_approval_from_the_todo_takes_two_taps(cast, at, pending):
    """Tap one opens the item, tap two is 同意 with what the page filled in."""
    client = browser(cast.gm)
    address = next(row.url for row in todo(cast.gm, at) if row.state == "等你审批")
    form = client.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    response = client.post(address, {**sent, "do": "approve"})
    assert (address, response.status_code, response["Location"], status(pending)) == (
        url(pending),
        302,
        "/todo/",
        "preparing",
    )


def test_A3_1b_A7b_the_approval_fixes_tier_host_and_budgets(cast, pending):
    sent = data(
        pending,
        tier=tier("vip").pk,
        tier_reason="董事长同来",
        host=cast.gm.pk,
        gift_budget="800",
        reason="晚餐从简",
    )
    assert browser(cast.gm).post(url(pending), sent).status_code == 302
    pending.refresh_from_db()
    assert (pending.tier.code, pending.tier_reason, pending.host, pending.gift_budget, pending.activity_budget) == (
        "vip", "董事长同来", cast.gm, 800, None,
    )  # fmt: skip
    assert pending.tasks.filter(duty="礼品").count() == 1


def test_A4_a_host_too_junior_for_the_approved_tier_is_refused_with_the_rule(cast, pending):
    sent = data(pending, tier=tier("vip").pk, tier_reason="董事长同来", reason="请办")
    response = browser(cast.gm).post(url(pending), sent)
    assert (response.status_code, status(pending)) == (422, "pending")
    page = html(response)
    assert "总经理主陪" in page and "（A4）" in page and "请办" in page and "董事长同来" in page


def test_A3_1b_another_tier_needs_its_reason(cast, pending):
    response = browser(cast.gm).post(
        url(pending), data(pending, tier=tier("business").pk, reason="同意，照办")
    )
    assert (response.status_code, set(response.context["form"].errors), status(pending)) == (
        422,
        {"tier_reason"},
        "pending",
    )
    assert "同意，照办" in html(response)


def test_no_tier_is_no_approval(cast, pending):
    response = browser(cast.gm).post(url(pending), data(pending, tier=""))
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"tier"})


@pytest.mark.parametrize(("do", "target"), [("return_back", "returned"), ("reject", "rejected")])
def test_returning_and_rejecting_need_a_reason(cast, pending, do, target):
    client = browser(cast.gm)
    refused = client.post(url(pending), data(pending, do=do))
    assert (refused.status_code, set(refused.context["form"].errors), status(pending)) == (
        422,
        {"reason"},
        "pending",
    )
    assert client.post(url(pending), data(pending, do=do, reason="请补行程")).status_code == 302
    assert status(pending) == target


def test_the_head_reviews_on_the_same_page(cast, at):
    reception = make_reception(cast, "review", at=at)
    client = browser(cast.sales_head)
    page = html(client.get(url(reception)))
    assert 'value="agree"' in page and 'value="approve"' not in page and 'name="tier"' not in page
    assert client.post(url(reception), data(reception, do="agree", reason="请沈总定级")).status_code == 302
    assert status(reception) == "pending"


def test_a_stranger_is_sent_to_sign_in(cast, pending):
    response = browser().post(url(pending), data(pending))
    assert (response["Location"].split("?")[0], status(pending)) == ("/login/", "pending")


def test_a_role_that_does_not_decide_is_refused(cast, pending):
    answers = {name: browser(getattr(cast, name)).post(url(pending), data(pending)).status_code
               for name in ("sales", "reception", "sales_head", "tech", "clerk", "auditor")}  # fmt: skip
    assert answers == {
        "sales": 403,
        "reception": 403,
        "sales_head": 403,
        "tech": 404,
        "clerk": 403,
        "auditor": 403,
    }
    assert status(pending) == "pending"


def test_A3_1b_a_vice_president_does_not_decide_a_vip(cast, at):
    reception = make_reception(cast, "pending", at=at, tier="vip", host=cast.gm)
    client = browser(cast.vgm)
    page = html(client.get(url(reception)))
    assert "贵宾级要由总经理审批" in page and 'value="approve"' not in page
    assert (client.post(url(reception), data(reception)).status_code, status(reception)) == (403, "pending")


def test_A3_1b_nobody_approves_their_own(cast, at):
    cast.vgm.groups.add(*cast.sales.groups.all())
    reception = make_reception(cast, "pending", at=at, by=cast.vgm, host=cast.gm)
    response = browser(cast.vgm).post(url(reception), data(reception, reason="同意"))
    assert (response.status_code, status(reception)) == (403, "pending")
    assert "不能审批自己提交的申请" in html(response)


@pytest.mark.parametrize("state", ["draft", "preparing", "archived", "rejected"])
def test_from_another_state_it_is_refused(cast, at, state):
    reception = make_reception(cast, state, at=at)
    expected = 404 if state == "draft" else 409
    response = browser(cast.gm).post(url(reception), data(reception, reason="同意，照办"))
    assert (response.status_code, status(reception)) == (expected, state)


def test_an_old_page_is_refused_and_the_words_stay(cast, at, pending):
    sent = data(pending, reason="同意，照办", gift_budget="500")
    actions.withdraw(pending, by=cast.sales, at=at)
    actions.save_draft(pending, by=cast.sales, at=at, fields={"headcount": 20})
    actions.submit(pending, by=cast.sales, at=at)
    actions.agree(pending, by=cast.sales_head, at=at)
    response = browser(cast.gm).post(url(pending), sent)
    page = html(response)
    assert (response.status_code, status(pending)) == (409, "pending")
    assert "同意，照办" in page and 'value="500"' in page and "等20人" in page


def test_two_leaders_decide_once(cast, pending):
    sent = data(pending, reason="同意")
    first = browser(cast.gm).post(url(pending), sent)
    second = browser(cast.vgm).post(url(pending), {**sent, "do": "reject", "reason": "时间冲突"})
    assert (first.status_code, second.status_code, status(pending)) == (302, 409, "preparing")
    assert "时间冲突" not in html(browser(cast.gm).get(f"/visits/requests/{pending.no}/"))


def test_a_double_tap_approves_once(cast, pending):
    client, sent = browser(cast.gm), data(pending, _once="c" * 32)
    assert [client.post(url(pending), sent)["Location"] for _ in range(2)] == ["/todo/", "/todo/"]
    assert pending.tasks.count() == len(set(pending.tasks.values_list("template", flat=True)))


@pytest.mark.parametrize(
    ("name", "value"),
    [("tier", "x"), ("tier", "99999"), ("host", "0"), ("gift_budget", "-1"), ("gift_budget", "NaN"), ("activity_budget", "1" * 30),
     ("reason", "长" * 10_000), ("reason", "\x00"), ("revision", "x"), ("tier_reason", "长" * 500)],
)  # fmt: skip
def test_broken_values_are_refused_on_the_page(cast, pending, name, value):
    response = browser(cast.gm).post(url(pending), data(pending, **{name: value}))
    assert (response.status_code, status(pending)) == (422, "pending")


def test_an_unknown_answer_does_not_exist(cast, pending):
    assert browser(cast.gm).post(url(pending), data(pending, do="bomb")).status_code == 404


def test_the_move_address_approves_too(cast, pending):
    response = browser(cast.gm).post(f"/visits/requests/{pending.no}/approve/", data(pending, do=""))
    assert (response.status_code, status(pending)) == (302, "preparing")


def test_A4_A7a_the_checks_follow_the_chosen_tier_and_host(cast, at):
    set_standards("guest", meal=40)
    lines = [{"item": "meal", "quantity": 2, "people": 10, "unit_price": 50}]
    reception = make_reception(cast, "pending", at=at, lines=lines, overspend_reason="湖景楼")
    client = browser(cast.gm)

    def checks(**asked):
        return [
            (one.clause, one.ok)
            for one in client.get(f"/visits/requests/{reception.no}/checks/", asked).context["findings"]
        ]

    assert checks() == [("A4", True), ("A3.1a", True), ("A7a", False), ("A2", False)]
    assert checks(tier=tier("vip").pk)[0] == ("A4", False)
    assert checks(tier=tier("vip").pk, host=cast.gm.pk)[0] == ("A4", True)
    assert checks(tier="bomb", host="9" * 40)[0] == ("A4", True)
    assert "湖景楼" in html(client.get(url(reception)))


def test_a_retroactive_one_is_flagged(cast, at):
    past = at - timedelta(days=1)
    reception = make_reception(
        cast, "pending", at=at, arrive_at=past, leave_at=past + timedelta(hours=5), retroactive=True,
        retro_reason="临时到访", retro_agreed_by="何志远", retro_agreed_at=past,
    )  # fmt: skip
    assert "临时到访" in html(browser(cast.gm).get(url(reception)))


def test_what_is_decided_shows_no_buttons(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    response = browser(cast.gm).get(url(reception))
    assert (response.status_code, 'name="do"' in html(response)) == (200, False)
