"""简报: what the host and everybody concerned read, and who said that they did (A5.1, A6)."""

from datetime import timedelta

import pytest

from reception.core.ledger import events_of
from tests.factories.customers import make_promise
from tests.factories.visits import make_reception
from tests.visits.pages import browser, frozen, html
from visits.briefing.conduct import CONDUCT
from visits.models import Acknowledgement, Reception
from visits.tasks import actions as tasks

GUESTS = [
    {"name": "陆远", "title": "采购总监", "is_leader": True, "diet": "不吃辣"},
    {"name": "秦越", "title": "工程师", "care": "轮椅"},
]


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def page(reception):
    return f"/visits/requests/{reception.no}/briefing/"


def post(who, reception, **data):
    fresh = Reception.objects.get(pk=reception.pk)
    return browser(who).post(page(reception) + "acknowledge/", {"revision": fresh.revision, **data})


def readers(reception):
    return [row.user.username for row in Acknowledgement.objects.filter(reception=reception)]


def earlier(cast, at):
    """An earlier visit of the same customer, with a promise that is still open."""
    past = make_reception(cast, "receiving", at=at - timedelta(days=60))
    make_promise(cast, past.customer, at - timedelta(days=3))
    return past


# --- what it says --------------------------------------------------------------------------------------------


def test_A5_1_the_host_reads_guests_diet_last_visit_promises_and_the_note(cast, at):
    past = earlier(cast, at)
    reception = make_reception(
        cast, "preparing", at=at, guests=GUESTS, note="不谈价格", companions="方可、邓文"
    )
    response = browser(cast.vgm).get(page(reception))
    said = html(response)
    assert response.context["last"] == past
    assert [
        word
        for word in ("陆远", "采购总监", "不吃辣", "轮椅", "寄三份样册", "不谈价格", "方可、邓文")
        if word not in said
    ] == []
    assert response.context["time_line"] == "10月31日 周六 10:00 至 11月1日 16:00"


def test_A6_the_sixteen_phrases_stand_on_it_in_four_lines(cast, at):
    said = html(browser(cast.vgm).get(page(make_reception(cast, "preparing", at=at))))
    phrases = [phrase for line in CONDUCT for phrase in line]
    assert ([len(line) for line in CONDUCT], len(set(phrases))) == ([4, 4, 4, 4], 16)
    assert [phrase for phrase in phrases if phrase not in said] == []


def test_A5_1_a_last_visit_that_never_took_place_is_none(cast, at):
    make_reception(cast, "cancelled", at=at - timedelta(days=60))
    reception = make_reception(cast, "preparing", at=at)
    assert browser(cast.vgm).get(page(reception)).context["last"] is None


def test_A5_1_everybody_finds_their_own_tasks_and_not_those_dropped(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    theirs = list(reception.tasks.filter(department__code="general").order_by("due_at", "pk"))
    assert browser(cast.general).get(page(reception)).context["own"] == theirs
    tasks.drop(theirs[0], by=cast.general, at=at, reason="客户自行安排")
    assert browser(cast.general).get(page(reception)).context["own"] == theirs[1:]
    hosts = browser(cast.vgm).get(page(reception)).context["own"]
    assert {task.template.code for task in hosts} == {"host_command", "host_intro"}


def test_A5_1_the_hosts_task_and_the_reception_lead_to_it(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    task = reception.tasks.get(template__code="host_intro")
    client = browser(cast.vgm)
    found = [page(reception) in html(client.get(one.get_absolute_url())) for one in (task, reception)]
    assert found == [True, True]


def test_A5_1_who_may_not_see_the_reception_finds_no_briefing(cast, at):
    reception = make_reception(cast, "preparing", at=at, needs=[])
    answers = [
        browser(who).get(page(reception)).status_code for who in (cast.stranger, cast.clerk, cast.sales2)
    ]
    assert answers == [404, 404, 200]
    assert browser().get(page(reception)).status_code == 302


@pytest.mark.parametrize("many", [1, 30])
def test_A5_1_the_page_asks_the_same_for_few_and_many(cast, at, many, django_assert_num_queries):
    earlier(cast, at)
    guests = [{"name": f"来宾{number}"} for number in range(many)]
    reception = make_reception(cast, "preparing", at=at, guests=guests)
    for who in [cast.sales, cast.general, cast.tech][: many or 1]:
        post(who, reception)
    client = browser(cast.vgm)
    client.get(page(reception))
    with django_assert_num_queries(14):
        assert len(client.get(page(reception)).context["guests"]) == many


def test_hostile_words_stay_escaped(cast, at):
    bad = "<img src=x onerror=alert(1)>"
    guests = [{"name": bad, "diet": bad}]
    reception = make_reception(cast, "preparing", at=at, note=bad, subject=bad, companions=bad, guests=guests)
    assert bad not in html(browser(cast.vgm).get(page(reception)))


# --- 我已知悉 ------------------------------------------------------------------------------------------------


def test_A6_the_acknowledgement_is_recorded_with_its_event(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    response = post(cast.vgm, reception)
    assert (response["Location"], readers(reception)) == (page(reception), ["vgm"])
    last = events_of(reception).last()
    assert (last.verb, last.label, last.actor, last.at) == ("acknowledge", "已知悉简报", cast.vgm, at)
    assert browser(cast.vgm).get(page(reception)).context["asks"] is False


def test_A6_a_stranger_is_sent_to_sign_in(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    assert (post(None, reception)["Location"].split("?")[0], readers(reception)) == ("/login/", [])


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("vgm2", 403), ("stranger", 404)])
def test_A6_who_is_not_concerned_does_not_acknowledge(cast, at, who, status):
    reception = make_reception(cast, "preparing", at=at)
    assert (post(getattr(cast, who), reception).status_code, readers(reception)) == (status, [])


@pytest.mark.parametrize("state", ["review", "pending", "settling", "cancelled"])
def test_A6_before_the_approval_and_after_the_visit_it_is_refused(cast, at, state):
    reception = make_reception(cast, state, at=at)
    response = post(cast.sales, reception)
    assert (response.status_code, readers(reception)) == (409, [])
    assert 'class="errs"' in html(response)


def test_A6_an_old_page_is_refused(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    assert (post(cast.vgm, reception, revision=0).status_code, readers(reception)) == (409, [])


def test_A6_twice_is_once(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    answers = [post(cast.vgm, reception, _once="a" * 32).status_code for _ in range(2)]
    answers.append(post(cast.vgm, reception).status_code)
    assert (answers, readers(reception)) == ([302] * 3, ["vgm"])
    assert events_of(reception).filter(verb="acknowledge").count() == 1


def test_A6_the_responsible_department_sees_who_has_and_who_has_not(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    post(cast.vgm, reception)
    read = browser(cast.sales).get(page(reception)).context["read"]
    assert [row.user for row in read["have"]] == [cast.vgm]
    missing = {person.username for person in read["missing"]}
    assert {"sales", "sales_head", "tech", "make", "quality", "general"} <= missing
    assert "vgm" not in missing
    assert browser(cast.reception).get(page(reception)).context["read"] is not None
    assert browser(cast.general).get(page(reception)).context["read"] is None
