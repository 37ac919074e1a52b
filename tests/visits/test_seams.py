"""Where one noun meets another: turns on a secret reception, files by 代理, what an ended reception still lets in."""

from datetime import timedelta

import pytest

from reception.core.people.models import User
from tests.factories.day import make_day, plan_of
from tests.factories.delegations import make_delegation
from tests.factories.visits import letter, make_reception
from tests.visits.pages import browser, frozen
from tests.visits.test_changes import HOTEL, LUNCH
from tests.visits.test_secret import secret
from visits.arrangements.queries import all_rows
from visits.changes import actions as changes
from visits.changes.content import would_be
from visits.changes.preview import preview
from visits.itinerary import actions as itinerary
from visits.models import Reception, Task
from visits.requests import cancelling, papers
from visits.tasks import actions as tasks
from visits.todo import todo

pytestmark = pytest.mark.django_db
WAITS = {"arrive_at": timedelta(days=13), "leave_at": timedelta(days=14)}


def fresh(user):
    return User.objects.get(pk=user.pk)


def pending_change(reception, cast, at):
    change = changes.start(reception, by=cast.sales, at=at)
    fields = {name: at + delta for name, delta in WAITS.items()}
    changes.save(change, by=cast.sales, at=at, fields=fields, reason="客户推迟三天")
    changes.submit(change, by=cast.sales, at=at)
    return change


def doors(user, at) -> list[int]:
    """What the pages behind the rows of 待办 answer."""
    client = browser(user)
    with frozen(at):
        return [client.get(row.url).status_code for row in todo(fresh(user), at) if "/tasks/" not in row.url]


def test_A3_1b_every_leader_asked_to_cancel_a_secret_reception_can_open_it(cast, at):
    reception = secret(cast, at)
    cancelling.ask_cancel(reception, by=cast.sales, at=at, reason="客户不来了")
    assert doors(cast.vgm2, at) == [200]
    address = f"/visits/requests/{reception.no}/cancelling/"
    with frozen(at):
        data = {"do": "cancel", "revision": reception.revision}
        answer = browser(cast.vgm2).post(address, data, follow=True)
    # It was their turn once; of the reception they need to know no more.
    assert (answer.redirect_chain, answer.status_code) == ([("/todo/", 302)], 200)
    assert not Reception.objects.visible_to(fresh(cast.vgm2), at).exists()


def test_A3_1b_a_delegate_opens_the_secret_change_and_cancellation_that_wait(cast, at):
    reception = secret(cast, at, tier="vip", host=cast.gm)
    change = pending_change(reception, cast, at)
    reception.refresh_from_db()
    cancelling.ask_cancel(reception, by=cast.sales, at=at, reason="客户不来了")
    assert doors(cast.vgm2, at) == []
    make_delegation(cast.gm, cast.vgm2, at=at)
    assert doors(cast.vgm2, at) == [200, 200]
    with frozen(at):
        data = {"do": "approve", "revision": change.revision}
        answer = browser(cast.vgm2).post(f"{change.get_absolute_url()}answer/", data, follow=True)
    assert (answer.redirect_chain, answer.status_code) == ([(change.get_absolute_url(), 302)], 200)


def test_A3_1b_the_delegate_is_told_of_a_change_that_waits(cast, at):
    make_delegation(cast.gm, cast.vgm2, at=at)
    change = pending_change(make_reception(cast, at=at, tier="vip", host=cast.gm), cast, at)
    told = cast.vgm2.notices.filter(title__startswith=f"（代 沈国栋）{change.no}")
    assert list(told.values_list("url", flat=True)) == [change.get_absolute_url()]


def test_A3_1b_the_delegate_reads_the_papers_of_what_they_review(cast, at):
    reception = make_reception(cast, "review", at=at)
    paper = papers.add(reception, letter(), role="letter", by=cast.sales, at=at)
    make_delegation(cast.sales_head, cast.quality, at=at, scope="review", days=1)
    codes = []
    for moment in (at, at + timedelta(days=1)):
        with frozen(moment):
            codes.append(browser(cast.quality).get(paper.get_absolute_url()).status_code)
    assert codes == [200, 404]


@pytest.mark.parametrize("status", ["archived", "cancelled"])
@pytest.mark.parametrize("move", ["reconfirm", "still_valid"])
def test_A5_3_what_is_over_is_not_confirmed_again(cast, at, status, move):
    reception = make_reception(cast, "preparing" if status == "cancelled" else status, at=at)
    task = reception.tasks.exclude(template__code="archive").first()
    if status == "cancelled":
        tasks.finish(task, by=task.assignee or task.department.head, at=at, evidence="已确认", reason="办妥")
        cancelling.ask_cancel(reception, by=cast.sales, at=at, reason="客户不来了")
        cancelling.cancel(reception, by=cast.gm, at=at)
    Task.objects.filter(pk=task.pk).update(reconfirm_due_at=at, reconfirm="T-1d", recheck=True)
    task = Task.objects.get(pk=task.pk)
    with frozen(at):
        answer = browser(task.assignee).post(f"/visits/tasks/{task.pk}/{move}/", {"revision": task.revision})
    after = Task.objects.get(pk=task.pk)
    assert (answer.status_code, after.reconfirmed_at, after.recheck) == (409, None, True)
    assert reception.get_status_display() in answer.content.decode()


@pytest.mark.parametrize("late", ["--5", "-", "5-", "1-2", "٣", "99999"])
def test_A5_2_an_odd_number_of_minutes_is_no_question(cast, at, late):
    day = make_day(cast, at, "receiving")
    with frozen(at):
        page = browser(cast.sales).get(f"/visits/requests/{day.no}/itinerary/", {"late": late})
    assert page.status_code == 200


def test_A4_the_itinerary_follows_the_new_host(cast, at):
    reception = make_reception(cast, at=at)
    change = changes.start(reception, by=cast.sales, at=at)
    changes.save(change, by=cast.sales, at=at, fields={"host": cast.vgm2}, reason="何志远出差")
    changes.submit(change, by=cast.sales, at=at)
    changes.approve(change, by=cast.gm, at=at)
    people = {item.person for item in plan_of(reception).items.all() if item.person}
    assert people == {cast.vgm2}


def test_records_1_2_an_earlier_departure_says_what_of_the_itinerary_is_left_behind_it(cast, at):
    reception = make_reception(cast, at=at)
    change = changes.start(reception, by=cast.sales, at=at)
    fields = {
        name: at + timedelta(days=13, hours=hours) for name, hours in (("arrive_at", 0), ("leave_at", 5))
    }
    changes.save(change, by=cast.sales, at=at, fields=fields, reason="提前返程")
    found = preview(reception, would_be(reception, change.proposed), at)
    assert found.items == [
        "11月3日 18:00–19:30 晚餐",
        "11月4日 09:00–10:30 会议洽谈",
        "11月4日 12:00–13:00 午餐",
    ]
    with frozen(at):
        page = browser(cast.sales).get(f"{change.get_absolute_url()}edit/").content.decode()
    assert "3 项日程排在离开以后" in page


def test_A6_every_notice_of_a_secret_reception_leads_somewhere(cast, at):
    reception = secret(cast, at)
    change = pending_change(reception, cast, at)
    changes.approve(change, by=cast.gm, at=at)
    reception.refresh_from_db()
    cancelling.ask_cancel(reception, by=cast.sales, at=at, reason="客户不来了")
    cancelling.cancel(reception, by=cast.gm, at=at)
    for user in (cast.general, cast.tech, cast.quality):
        urls = list(user.notices.order_by("id").values_list("url", flat=True))
        with frozen(at):
            codes = [browser(user).get(url).status_code for url in urls]
        board = "/visits/tasks/?scope=ours"
        assert (urls, codes) == ([board, board, "/notices/"], [200, 200, 200])


def test_A5_6_who_has_the_task_books_for_a_secret_reception(cast, at):
    reception = secret(cast, at, needs=["meal", "bed"], rows={"meals": [LUNCH], "lodgings": [HOTEL]})
    bed = next(row for row in all_rows(reception) if row.KIND == "lodgings")
    address = f"/visits/requests/{reception.no}/rows/lodgings/{bed.pk}/"
    with frozen(at):
        client, page = browser(cast.general), f"/visits/tasks/{reception.tasks.get(template__code='bed').pk}/"
        assert address in client.get(page).content.decode()
        assert f'href="/visits/requests/{reception.no}/' not in client.get(address).content.decode()
        answer = client.post(address, {"confirmation": "HB-1", "seen": bed.token}, follow=True)
        strangers = [browser(user).get(address).status_code for user in (cast.tech, cast.sales2)]
    bed.refresh_from_db()
    assert (answer.redirect_chain[0], answer.status_code, bed.booked_by) == (
        ("/visits/tasks/", 302),
        200,
        cast.general,
    )
    assert strangers == [403, 404]


def test_A6_a_late_secret_day_names_no_guest_to_who_only_has_a_part(cast, at):
    one = make_day(cast, at)
    Reception.objects.filter(pk=one.pk).update(secret=True)
    one.refresh_from_db()
    itinerary.shift(plan_of(one), 20, by=cast.sales, at=at)
    told = {user: user.notices.filter(title__contains="日程").last() for user in (cast.tech, one.host)}
    assert [(notice.title, notice.body, notice.url) for notice in told.values()] == [
        (f"{one.no}：日程晚 20 分钟，请按新时间准备", "", "/notices/"),
        (
            f"{one.no} {one.title}：日程晚 20 分钟",
            told[one.host].body,
            f"/visits/requests/{one.no}/itinerary/",
        ),
    ]
