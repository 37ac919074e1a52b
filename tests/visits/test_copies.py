"""抄送: sent to departments with tasks and to chosen people, read or not, and nothing more seen than that (A3.2)."""

import re
from datetime import timedelta

import pytest

from reception.core.flow import Refused
from reception.core.ledger import events_of
from tests.factories.visits import approve, make_reception, stale
from tests.visits.pages import browser, frozen, html
from visits.copies.models import Copy
from visits.models import Reception
from visits.requests import actions
from visits.requests.copying_to import copy_by_hand

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def names(reception):
    return {copy.to.username for copy in reception.copies.all()}


def test_A3_2_the_departments_with_tasks_get_it_with_the_approval(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    heads = {task.department.head for task in reception.tasks.select_related("department__head")}
    assert names(reception) == {head.username for head in heads} - {"gm"}  # gm approved it
    assert set(reception.copies.values_list("department__name", flat=True)) >= {"综合部", "技术品质部"}
    # The notice of its tasks is the word: a second one for the copy would be noise.
    assert [n.title for n in cast.general.notices.all()] == ["JD-2026-0001 远航重工集团考察：有 4 项任务待办"]
    assert events_of(reception).filter(verb="copy").count() == 1


def test_A3_1b_the_approver_sends_it_to_chosen_people_too(cast, at):
    reception = make_reception(cast, "pending", at=at)
    approve(reception, cast, at, copies=[cast.manager, cast.general])
    chosen = set(reception.copies.chosen().values_list("to__username", flat=True))
    assert chosen == {"manager", "general"}  # each once: by name goes before by department
    assert Copy.objects.filter(to=cast.general).count() == 1


def test_A3_2_it_gives_the_right_to_see_that_reception_only(cast, at):
    reception, other = make_reception(cast, "pending", at=at), make_reception(cast, "pending", at=at)
    assert not Reception.objects.visible_to(cast.clerk).exists()
    copy_by_hand(reception, [cast.clerk], by=cast.sales, at=at)
    assert list(Reception.objects.visible_to(cast.clerk)) == [reception]
    with frozen(at):
        client = browser(cast.clerk)
        codes = [client.get(f"/visits/requests/{one.no}/").status_code for one in (reception, other)]
        codes += [
            client.get("/visits/requests/").status_code,
            browser(cast.manager).get(f"/visits/requests/{reception.no}/").status_code,
        ]
    assert codes == [200, 404, 403, 403]


def test_A3_2_its_page_leads_them_to_no_closed_door(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    copy_by_hand(reception, [cast.clerk], by=cast.sales, at=at)
    with frozen(at):
        client = browser(cast.clerk)
        page = html(client.get(reception.get_absolute_url()))
        links = set(re.findall(r'href="(/visits/[^"#]+)', page))
        closed = {link for link in links if client.get(link).status_code != 200}
    assert links and closed == set()


def test_the_read_receipt_says_who_opened_it_and_when(cast, at):
    reception = make_reception(cast, "pending", at=at)
    copy_by_hand(reception, [cast.clerk, cast.tech], by=cast.sales, at=at)
    with frozen(at + HOUR):
        assert "已阅 0/2" in html(browser(cast.sales).get(f"/visits/requests/{reception.no}/"))
        browser(cast.tech).get(f"/visits/requests/{reception.no}/")
    with frozen(at + 2 * HOUR):
        browser(cast.tech).get(f"/visits/requests/{reception.no}/")  # the first time counts
        page = html(browser(cast.sales).get(f"/visits/requests/{reception.no}/"))
    assert "已阅 1/2" in page and "方可" in page and "10月21日 周三 11:00</time> 已阅" in page
    assert Copy.objects.get(to=cast.tech).opened_at == at + HOUR
    assert Copy.objects.get(to=cast.clerk).opened_at is None


def test_a_secret_one_goes_to_nobody_by_itself_and_to_whom_it_was_sent_by_name(cast, at):
    reception = make_reception(cast, "preparing", at=at, secret=True)
    assert names(reception) == set()
    assert reception not in Reception.objects.visible_to(cast.general)
    copy_by_hand(reception, [cast.general], by=cast.sales, at=at)
    assert reception in Reception.objects.visible_to(cast.general)


def refusal(reception, people, by, at):
    with pytest.raises(Refused) as no:
        copy_by_hand(reception, people, by=by, at=at)
    return no.value.code


def test_who_sends_it(cast, at):
    reception = make_reception(cast, "pending", at=at)
    for by in (cast.sales, cast.sales_head, cast.gm, cast.office, cast.reception):
        stranger = {
            "sales": "clerk",
            "sales_head": "clerk2",
            "gm": "tech",
            "office": "make",
            "reception": "quality",
        }
        assert copy_by_hand(reception, [getattr(cast, stranger[by.username])], by=by, at=at)
    assert [
        refusal(reception, [cast.assistant], by, at) for by in (cast.sales2, cast.tech, cast.auditor)
    ] == ["forbidden"] * 3
    assert refusal(reception, [], cast.sales, at) == "missing"
    assert refusal(reception, [cast.clerk], cast.sales, at) == "invalid"
    assert refusal(make_reception(cast, "draft", at=at), [cast.clerk], cast.sales, at) == "state"


def test_on_the_page(cast, at):
    reception = make_reception(cast, "pending", at=at)
    address = f"/visits/requests/{reception.no}/copies/"
    with frozen(at):
        client = browser(cast.sales)
        assert "客户服务部" in html(client.get(address))
        assert client.post(address, {}).status_code == 422
        refused = client.post(address, {"people": ["99999", "x"]})
        assert refused.status_code == 422
        assert client.post(address, {"people": [cast.clerk.pk, cast.tech.pk]}).status_code == 302
        assert client.post(address, {"people": [cast.clerk.pk]}).status_code == 422
        assert browser(cast.sales2).post(address, {"people": [cast.make.pk]}).status_code == 403
        assert browser(cast.clerk).post(address, {"people": [cast.make.pk]}).status_code == 403
        assert browser().post(address).status_code == 302
    assert names(reception) == {"clerk", "tech"}


def test_A3_1b_ticked_on_the_decide_page_of_either_door(cast, at):
    for door in ("/visits/requests/{0.no}/decide/", "/admin/visits/reception/{0.pk}/decide/"):
        reception = make_reception(cast, "pending", at=at)
        data = {
            "do": "approve",
            "tier": reception.proposed_tier_id,
            "host": cast.vgm.pk,
            "host_anyway": "on",
            "copies": [cast.clerk.pk],
        }
        with frozen(at):
            assert browser(cast.gm).post(door.format(reception), data).status_code == 302
        assert "clerk" in names(stale(reception))


def test_withdrawn_it_is_sent_to_nobody_new(cast, at):
    reception = make_reception(cast, "pending", at=at)
    actions.withdraw(reception, by=cast.sales, at=at)
    assert refusal(reception, [cast.clerk], cast.sales, at) == "state"
