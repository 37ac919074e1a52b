"""The admin as a second door: the same actions, no back door (A3.1b), and reference data kept safe (A2, A7a)."""

import pytest
from django.contrib import admin

from tests.factories.visits import make_reception, set_standards, tier
from tests.visits.pages import browser, frozen, html
from tests.visits.test_decide_views import data
from visits.models import Customer, Reception, Standard, TaskTemplate, Tier

LIST = "/admin/visits/reception/"


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


@pytest.fixture
def pending(cast, at):
    return make_reception(cast, "pending", at=at)


def decide(reception):
    return f"/admin/visits/reception/{reception.pk}/decide/"


def status(reception):
    return Reception.objects.values_list("status", flat=True).get(pk=reception.pk)


def shown(response):
    return [row.no for row in response.context["cl"].result_list]


def test_A3_1b_the_list_opens_on_what_waits_for_this_leader(cast, at, pending):
    vip = make_reception(cast, "pending", at=at, tier="vip", host=cast.gm)
    done = make_reception(cast, "preparing", at=at)
    assert sorted(shown(browser(cast.gm).get(LIST))) == [pending.no, vip.no]
    assert shown(browser(cast.vgm).get(LIST)) == [pending.no]
    assert sorted(shown(browser(cast.gm).get(LIST, {"state": "all"}))) == [pending.no, vip.no, done.no]
    assert shown(browser(cast.gm).get(LIST, {"state": "preparing"})) == [done.no]
    assert shown(browser(cast.gm).get(LIST, {"q": "远航", "state": "bomb"})) != [done.no]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_the_same_for_one_row_and_thirty(cast, at, rows, django_assert_num_queries):
    set_standards("guest", meal=40)
    lines = [{"item": "meal", "quantity": 2, "people": 10, "unit_price": None}]
    for _ in range(rows):
        make_reception(cast, "pending", at=at, lines=lines)
    client = browser(cast.gm)
    client.get(LIST)
    with django_assert_num_queries(7):
        response = client.get(LIST)
    assert [row.estimated for row in response.context["cl"].result_list] == [800] * rows
    assert "¥800" in html(response)


def test_A3_1b_the_decide_page_of_the_admin_approves(cast, pending):
    client = browser(cast.gm)
    page = html(client.get(decide(pending)))
    assert "系统核对" in page and 'value="approve"' in page and 'value="reject"' in page
    response = client.post(decide(pending), data(pending, reason="同意"))
    assert (response.status_code, response["Location"], status(pending)) == (302, LIST, "preparing")
    assert pending.tasks.count() > 0


@pytest.mark.parametrize(("do", "target"), [("return_back", "returned"), ("reject", "rejected")])
def test_the_admin_returns_and_rejects(cast, pending, do, target):
    client = browser(cast.gm)
    assert (client.post(decide(pending), data(pending, do=do)).status_code, status(pending)) == (
        422,
        "pending",
    )
    assert client.post(decide(pending), data(pending, do=do, reason="请补行程")).status_code == 302
    assert status(pending) == target


def test_A4_the_admin_knows_the_host_rule_too(cast, pending):
    sent = data(pending, tier=tier("vip").pk, tier_reason="董事长同来", reason="请办")
    response = browser(cast.gm).post(decide(pending), sent)
    assert (response.status_code, status(pending)) == (422, "pending")
    assert "（A4）" in html(response) and "董事长同来" in html(response)


def test_a_stranger_is_sent_to_sign_in(cast, pending):
    for who in (None, cast.sales, cast.reception):
        response = browser(who).post(decide(pending), data(pending))
        assert ("/login/" in response["Location"], status(pending)) == (True, "pending")


def test_the_administrator_does_not_decide(cast, pending):
    client = browser(cast.admin)
    assert [client.post(decide(pending), data(pending)).status_code, client.get(LIST).status_code] == [
        403,
        403,
    ]
    assert status(pending) == "pending"


@pytest.mark.parametrize("state", ["preparing", "archived", "returned"])
def test_from_another_state_it_is_refused(cast, at, state):
    reception = make_reception(cast, state, at=at)
    assert (browser(cast.gm).post(decide(reception), data(reception)).status_code, status(reception)) == (
        409,
        state,
    )


def test_two_doors_decide_once(cast, pending):
    sent = data(pending, reason="同意")
    first = browser(cast.vgm).post(f"/visits/requests/{pending.no}/decide/", sent)
    second = browser(cast.gm).post(decide(pending), {**sent, "do": "reject", "reason": "时间冲突"})
    assert (first.status_code, second.status_code, status(pending)) == (302, 409, "preparing")


def test_an_unknown_answer_is_refused_on_the_page(cast, pending):
    response = browser(cast.gm).post(decide(pending), data(pending, do="bomb", reason="写好的意见"))
    assert (response.status_code, status(pending)) == (422, "pending")
    assert "写好的意见" in html(response)


def test_a_draft_of_others_does_not_exist_in_the_admin(cast, at):
    reception = make_reception(cast, "draft", at=at)
    client = browser(cast.gm)
    assert client.get(decide(reception)).status_code == 404
    assert shown(client.get(LIST, {"state": "all"})) == []


def test_the_record_itself_is_read_only(cast, pending):
    client = browser(cast.gm)
    change = f"/admin/visits/reception/{pending.pk}/change/"
    assert client.get(change).status_code == 200
    assert "<select" not in html(client.get(change)).split('id="content"')[-1]
    answers = [
        client.post(change, {"status": "archived"}).status_code,
        client.get("/admin/visits/reception/add/").status_code,
        client.post(f"/admin/visits/reception/{pending.pk}/delete/", {"post": "yes"}).status_code,
    ]
    client.post(LIST, {"action": "delete_selected", "_selected_action": pending.pk, "post": "yes"})
    assert (answers, status(pending)) == ([403, 403, 403], "pending")


# --- reference data ------------------------------------------------------------------------------------------

REFERENCE = (Tier, Standard, TaskTemplate, Customer)


@pytest.mark.parametrize("model", REFERENCE)
def test_reference_data_is_the_administrators(cast, rf, model):
    door = admin.site.get_model_admin(model)
    request = rf.get("/")
    may = {}
    for name in ("admin", "gm"):
        request.user = getattr(cast, name)
        may[name] = (door.has_view_permission(request), door.has_change_permission(request))
    assert may == {"admin": (True, True), "gm": (False, False)}
    assert browser(cast.admin).get(f"/admin/visits/{model._meta.model_name}/").status_code == 200


def test_A2_a_tier_is_renamed_but_never_added_or_deleted_in_use(cast):
    set_standards("guest", meal=40)
    client, row = browser(cast.admin), tier("guest")
    values = {
        "name": "嘉宾一级",
        "glyph": "嘉",
        "host_rank": 80,
        "host_rule": row.host_rule,
        "approver_rank": 80,
    }
    assert client.post(f"/admin/visits/tier/{row.pk}/change/", values).status_code == 302
    assert Tier.objects.get(pk=row.pk).name == "嘉宾一级"
    assert client.get("/admin/visits/tier/add/").status_code == 403
    assert client.post(f"/admin/visits/tier/{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Tier.objects.count() == 4


def test_A7a_the_administrator_fills_in_the_amounts(cast):
    client = browser(cast.admin)
    values = {
        "tier": tier("guest").pk,
        "item": "meal",
        "amount": "150",
        "unit": "元/人",
        "valid_from": "2026-01-01",
    }
    assert client.post("/admin/visits/standard/add/", values).status_code == 302
    assert Standard.objects.get().amount == 150
    assert client.post("/admin/visits/standard/add/", {**values, "amount": "-1"}).status_code == 200
    assert Standard.objects.count() == 1


def test_what_is_in_use_is_not_deleted(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    used = TaskTemplate.objects.filter(tasks__isnull=False).first()
    client = browser(cast.admin)
    for address in (f"customer/{reception.customer_id}", f"tasktemplate/{used.pk}"):
        assert client.post(f"/admin/visits/{address}/delete/", {"post": "yes"}).status_code == 403
    assert Customer.objects.filter(pk=reception.customer_id).exists()
