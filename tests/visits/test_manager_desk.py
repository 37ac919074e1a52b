"""接待总览 (B1): who is where today, what seven days need, load per department, what presses, what guests said."""

from datetime import date, timedelta

import pytest

from tests.factories.day import make_day
from tests.factories.visits import finish_task, make_reception
from tests.visits.pages import browser, frozen, html
from tests.visits.test_reports import say
from visits.arrangements.actions import book
from visits.arrangements.queries import rows_of
from visits.hosts.actions import enter
from visits.models import Reception, Task

pytestmark = pytest.mark.django_db
DESK = "/visits/desk/"


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def coming(cast, at, days=2, **over):
    """An approved visit that comes in `days`, with a row of every kind."""
    came = at + timedelta(days=days)
    day = came.date()
    rows = {
        "meals": [{"held_on": day, "meal": "lunch", "place": "公司食堂", "guests": 6}],
        "lodgings": [{"hotel": "湖景楼", "rooms": 6, "check_in": day, "check_out": day + timedelta(days=1)}],
        "cars": [{"ride": "pick_up", "starts": came - timedelta(minutes=30), "place": "湖滨站", "people": 6}],
        "meetings": [{"venue": "room", "place": "一号会议室", "starts": came, "ends": came + timedelta(hours=1)}],
        "tours": [{"starts": came + timedelta(hours=2), "route": "展厅、总装线"}],
        "tickets": [{"kind": "rail", "number": "G7182", "departs": came + timedelta(hours=32)}],
    }  # fmt: skip
    needs = ["bed", "pick", "meal", "room", "tour", "ticket"]
    return make_reception(cast, "preparing", at=at, rows=rows, needs=needs, arrive_at=came, leave_at=came + timedelta(hours=30), **over)  # fmt: skip


def desk(who, **query):
    return browser(who).get(DESK, query).context


def test_B1_who_is_where_now_and_next(cast, at):
    here = make_day(cast, at, "receiving")
    late = make_day(cast, at, customer_name="北辰公司")
    gone = make_day(cast, at, "receiving", customer_name="没送走的")
    Reception.objects.filter(pk=gone.pk).update(
        arrive_at=at - timedelta(days=3), leave_at=at - timedelta(days=2)
    )
    coming(cast, at)
    rows = {row["visit"].pk: row for row in desk(cast.reception)["today"]}
    assert set(rows) == {here.pk, late.pk, gone.pk}
    assert (rows[here.pk]["now"], rows[here.pk]["next"]) == (["09:30–11:00 会议"], "11:00–12:00 参观")
    assert [(rows[one.pk]["overdue"], rows[one.pk]["unseen"]) for one in (here, late, gone)] == [
        (False, False), (True, False), (False, True)
    ]  # fmt: skip
    page = html(browser(cast.reception).get(DESK))
    assert "到点未开始" in page and "还没结束登记" in page and "今天没有日程" not in page.split("没送走的")[0]


def test_B1_the_week_shows_visits_and_what_is_not_booked(cast, at):
    made = coming(cast, at)
    car = rows_of(made)["cars"][0]
    book(
        car,
        by=cast.general,
        at=at,
        values={"plate": "浙E·7K208", "driver": "钱进", "driver_phone": "13800000000"},
    )
    enter(user=cast.vgm, kind="trip", start=made.arrive_at, end=made.leave_at, note="", by=cast.office, at=at)
    found = desk(cast.reception)
    days = {day["day"]: day for day in found["days"]}
    assert list(days) == [date(2026, 10, 21) + timedelta(days=number) for number in range(7)]
    assert [len(day["visits"]) for day in found["days"]] == [0, 0, 1, 1, 0, 0, 0]
    first = days[date(2026, 10, 23)]
    assert (first["visits"][0]["words"], first["visits"][0]["away"]) == ("10:00 到", True)
    assert [(need["row"].label, need["at"], need["row"].words, need["row"].booked) for need in first["needs"]] == [
        ("住宿", "", "湖景楼 6间", False), ("用餐", "", "午餐 公司食堂 6位来宾", False), ("车辆", "09:30", "接站 湖滨站 6人", True),
        ("会议", "10:00", "会议室 一号会议室", False), ("参观", "12:00", "展厅、总装线", False),
    ]  # fmt: skip
    second = days[date(2026, 10, 24)]
    assert (second["visits"][0]["words"], [need["row"].words for need in second["needs"]]) == (
        "16:00 走", ["高铁、动车 G7182"]
    )  # fmt: skip
    assert (found["unbooked"], first["unbooked"], found["week_visits"]) == (5, 4, 1)
    Reception.objects.filter(pk=made.pk).update(status="cancelled", cancel_reason="客户改期")
    found = desk(cast.reception)
    assert (found["week_visits"], found["unbooked"]) == (0, 0)


@pytest.mark.parametrize(
    ("asked", "first"),
    [("2026-10-22", date(2026, 10, 22)), ("x", date(2026, 10, 21)), ("2026-02-30", date(2026, 10, 21)), ("9999-12-31", date(2099, 12, 1)), ("0001-01-01", date(2000, 1, 1))],
)  # fmt: skip
def test_B1_the_calendar_begins_on_any_day(cast, at, asked, first):
    coming(cast, at, days=1)
    found = desk(cast.reception, **{"from": asked})
    assert found["first"] == first
    assert [bool(day["visits"]) for day in found["days"]][:2] == {22: [True, True], 21: [False, True]}.get(first.day, [False, False])  # fmt: skip


def test_B1_load_late_and_unassigned_are_what_the_task_list_shows(cast, at):
    made = coming(cast, at)
    tasks = list(made.tasks.order_by("pk"))
    Task.objects.filter(pk__in=[task.pk for task in tasks[:3]]).update(due_at=at - timedelta(hours=1))
    finish_task(tasks[-1], at=at)
    client = browser(cast.reception)
    found = client.get(DESK).context
    assert (found["late_count"], len(found["late"])) == (3, 3)
    assert found["free_count"] == Task.objects.open().filter(status="todo", assignee=None).count() > 0
    for url, count in ((found["late_url"], found["late_count"]), (found["free_url"], found["free_count"])):
        assert len(client.get(url).context["page"].rows) == count
    for line in found["load"]:
        for tail, name in (("", "open"), ("&kind=late", "late"), ("&kind=free", "free"), ("&kind=blocked", "blocked")):  # fmt: skip
            assert len(client.get(line["url"] + tail).context["page"].rows) == line[name], (line, tail)


def test_B1_what_guests_said_low_ones_first(cast, at):
    made = make_reception(cast, "settling", at=at)
    say(made, at, 5, 2, 5)
    made.answers.filter(overall=5).update(words="安排周到")
    found = desk(cast.gm)
    assert (found["mean"], found["answers"], found["low"]) == ("4.0", 3, 1)
    assert [(one["overall"], one["words"]) for one in found["said"]] == [
        (2, ""),
        (5, "安排周到"),
        (5, "安排周到"),
    ]
    made.answers.update(answered_at=at - timedelta(days=31))
    assert desk(cast.gm)["mean"] is None


def test_B1_whose_desk_it_is_and_what_is_secret(cast, at):
    made = make_day(cast, at, "receiving", customer_name="玄圃研究院")
    Reception.objects.filter(pk=made.pk).update(secret=True)
    seen = {
        name: len(desk(getattr(cast, name))["today"]) for name in ("reception", "office", "gm", "auditor")
    }
    assert seen == {"reception": 1, "office": 1, "gm": 1, "auditor": 0}
    assert "玄圃" not in html(browser(cast.auditor).get(DESK))
    for name in ("sales", "sales_head", "clerk", "manager", "stranger", "admin"):
        assert browser(getattr(cast, name)).get(DESK).status_code == 403, name
    assert browser().get(DESK)["Location"].startswith("/login/")
    assert browser(cast.reception).post(DESK).status_code == 405
    assert browser(cast.reception).get("/")["Location"] == DESK


def test_B1_an_empty_house_says_so(cast):
    page = html(browser(cast.reception).get(DESK))
    for words in ("今天没有来宾", "没有接待", "各部门都没有未完成的任务", "没有过期的任务", "还没有收到评价"):
        assert words in page


def test_B1_ten_queries_for_few_and_many(cast, at, django_assert_num_queries):
    client = browser(cast.reception)
    for count in (1, 3):
        for number in range(count):
            make_day(cast, at, "receiving", customer_name=f"第{count}{number}家")
            coming(cast, at, customer_name=f"后{count}{number}家")
        client.get(DESK)
        with django_assert_num_queries(10):
            client.get(DESK)
