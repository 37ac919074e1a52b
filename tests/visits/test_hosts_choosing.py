"""Choosing a host: who is offered, and that a busy one is asked about, at every door (A4)."""

import pytest

from reception.core.flow import Refused
from tests.factories.visits import make_draft, make_reception
from tests.visits.pages import browser, frozen, html, typed
from tests.visits.test_decide_views import data, status, url
from visits.hosts import actions as hosts
from visits.models import Reception
from visits.requests import actions


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


@pytest.fixture
def pending(cast, at):
    return make_reception(cast, "pending", at=at)


@pytest.fixture
def trip(cast, at, pending):
    return hosts.enter(
        cast.vgm, by=cast.vgm, at=at, kind="trip", start=pending.arrive_at, end=pending.leave_at
    )


def test_A4_the_decide_page_lists_who_could_host_with_load_and_state(cast, at, pending):
    make_reception(cast, "preparing", at=at, host=cast.gm)
    rows = browser(cast.gm).get(url(pending)).context["hosting"].rows
    assert [(one.post, one.state, one.load) for one in rows] == [("秦岚·副总经理", "空闲", 0), ("何志远·副总经理", "空闲", 1), ("沈国栋·总经理", "有事", 1)]  # fmt: skip


def test_A4_a_busy_host_is_asked_about_and_a_substitute_is_named(cast, pending, trip):
    response = browser(cast.gm).post(url(pending), data(pending, reason="同意"))
    page = html(response)
    assert (response.status_code, set(response.context["form"].errors), status(pending)) == (
        422,
        {"host_anyway"},
        "pending",
    )
    assert (
        "建议改请秦岚（副总经理，那段时间有空，本周主陪 0 场）" in page
        and "仍请他主陪" in page
        and "同意" in page
    )


def test_A4_ticking_it_approves_all_the_same(cast, pending, trip):
    response = browser(cast.gm).post(url(pending), data(pending, host_anyway="on"))
    assert (response.status_code, status(pending)) == (302, "preparing")


def test_A4_another_host_needs_no_tick(cast, pending, trip):
    response = browser(cast.gm).post(url(pending), data(pending, host=cast.vgm2.pk))
    pending.refresh_from_db()
    assert (response.status_code, pending.status, pending.host) == (302, "preparing", cast.vgm2)


def test_A4_the_admin_asks_too(cast, pending, trip):
    response = browser(cast.gm).post(f"/admin/visits/reception/{pending.pk}/decide/", data(pending))
    assert (response.status_code, status(pending)) == (422, "pending")
    assert "建议改请秦岚" in html(response)


def test_A4_the_live_check_follows_the_chosen_host(cast, pending, trip):
    client = browser(cast.gm)
    asked = [
        client.get(f"/visits/requests/{pending.no}/checks/", {"host": user.pk}).context["hosting"].asks
        for user in (cast.vgm, cast.vgm2)
    ]
    assert asked == [True, False]


def test_A4_what_is_only_perhaps_informs_and_does_not_ask(cast, at, pending):
    make_reception(cast, "pending", at=at)
    client = browser(cast.gm)
    assert "可能另有接待" in html(client.get(url(pending)))
    assert client.post(url(pending), data(pending)).status_code == 302


def test_A4_the_application_asks_on_submission_and_shows_it_while_typing(cast, at):
    make_reception(cast, "preparing", at=at)
    client, sent = browser(cast.sales), typed(cast, at)
    live = html(client.post("/visits/requests/estimate/", sent))
    refused = client.post("/visits/requests/new/", sent)
    assert "建议改请秦岚" in live and 'name="host_anyway"' in live
    assert (
        refused.status_code,
        "host_anyway" in refused.context["form"].errors,
        Reception.objects.count(),
    ) == (422, True, 1)
    assert client.post("/visits/requests/new/", {**sent, "host_anyway": "on"}).status_code == 302


def test_A4_an_applicant_does_not_read_whose_visit_it_is(cast, at):
    make_reception(
        cast,
        "preparing",
        at=at,
        by=cast.sales2,
        customer_name="别人的客户",
    )
    page = html(browser(cast.sales).post("/visits/requests/estimate/", typed(cast, at)))
    assert "另有接待" in page and "别人的客户" not in page


def test_A4_below_the_doors_the_rule_holds(cast, at, pending, trip):
    with pytest.raises(Refused, match="请改选主陪"):
        actions.approve(pending, by=cast.gm, at=at, tier=pending.proposed_tier, host_anyway=False)
    draft = make_draft(cast, at=at)
    with pytest.raises(Refused, match="请改选主陪"):
        actions.submit(draft, by=cast.sales, at=at, host_anyway=False)


def test_A4_the_reception_page_says_who_is_away_and_who_could_come(cast, at):
    one = make_reception(cast, "preparing", at=at)
    client = browser(cast.sales)
    assert client.get(one.get_absolute_url()).context["away"] is None
    hosts.enter(cast.vgm, by=cast.vgm, at=at, kind="leave", start=one.arrive_at, end=one.leave_at)
    page = html(client.get(one.get_absolute_url()))
    assert "何志远" in page and "休假" in page and "建议改请 <b>秦岚</b>" in page
