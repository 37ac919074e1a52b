"""The board of tasks: by department and by time, bounded, with the same queries for few and many (A5, issue 3)."""

from datetime import timedelta

import pytest

from tests.factories.visits import finish_task, make_reception, make_task, stale
from tests.visits.pages import browser, frozen, html
from visits.models import Task
from visits.tasks import actions
from visits.tasks.views_board import bucket

pytestmark = pytest.mark.django_db
BOARD = "/visits/tasks/"


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def get(who, **query):
    return browser(who).get(BOARD, query)


def cards(response):
    groups = response.context.get("lanes") or response.context.get("groups") or []
    return [card["task"] for group in groups for card in group["rows"]]


def test_A5_by_time_is_my_departments_work_in_due_order(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    expected = list(reception.tasks.filter(department__code="general").order_by("due_at", "pk"))
    assert cards(get(cast.general)) == expected
    assert len(expected) > 1


def test_A5_by_department_each_has_its_lane_with_its_count(cast, at):
    reception = make_reception(cast, "preparing", at=at)
    lanes = get(cast.reception, scope="all").context["lanes"]
    counts = {}
    for task in reception.tasks.select_related("department"):
        counts[task.department.name] = counts.get(task.department.name, 0) + 1
    assert {lane["name"]: lane["total"] for lane in lanes} == counts
    assert [len(lane["rows"]) for lane in lanes] == [min(6, lane["total"]) for lane in lanes]


def test_A5_a_lane_is_bounded_and_leads_to_the_rest(cast, at):
    for _ in range(3):
        make_reception(cast, "preparing", at=at)
    lane = next(x for x in get(cast.reception, scope="all").context["lanes"] if x["name"] == "综合部")
    assert (len(lane["rows"]), lane["more"]) == (6, lane["total"] - 6)
    rest = browser(cast.reception).get(BOARD + lane["url"])
    assert {task.department.code for task in cards(rest)} == {"general"}
    assert len(cards(rest)) == lane["total"]


@pytest.mark.parametrize(("ahead", "heading"), [
    (timedelta(hours=-1), "已过期"), (timedelta(hours=3), "今天"), (timedelta(days=1), "明天"),
    (timedelta(days=3), "本周"), (timedelta(days=5), "以后"),
])  # fmt: skip
def test_A5_by_time_stands_under_its_heading(cast, at, ahead, heading):
    task = make_task(cast, at=at)
    task.due_at = at + ahead  # a Wednesday
    assert bucket(task, at) == heading


@pytest.mark.parametrize("kind", ["late", "blocked", "todo", "again", "recheck"])
def test_A5_the_board_shows_only_what_is_asked_for(cast, at, kind):
    reception = make_reception(cast, "preparing", at=at)
    by_code = {task.template.code: task for task in reception.tasks.select_related("template")}
    actions.block(by_code["room"], by=cast.general, at=at, reason="检修")
    finish_task(by_code["pick_up"], at=at)
    Task.objects.filter(pk=by_code["pick_up"].pk).update(reconfirm_due_at=at)
    finish_task(by_code["see_off"], at=at)
    Task.objects.filter(pk=by_code["see_off"].pk).update(
        recheck=True, reconfirmed_at=at, reconfirmed_by=cast.general
    )
    Task.objects.filter(pk=by_code["meal_out"].pk).update(due_at=at - timedelta(hours=1))
    expected = {
        "late": {"meal_out"},
        "blocked": {"room"},
        "todo": {"meal_out"},
        "again": {"pick_up"},
        "recheck": {"see_off"},
    }
    found = cards(get(cast.general, kind=kind, by="time"))
    assert {stale(task).template.code for task in found} == expected[kind]


def test_A5_mine_are_those_i_have_and_those_offered_to_me(cast, at):
    from tests.factories.people import make_user
    from visits.tasks import offering

    colleague = make_user("general2", "staff", "general")
    task = make_task(cast, "taken", at=at)
    assert cards(get(colleague, scope="mine")) == []
    offering.hand_over(task, by=cast.general, at=at, reason="出差", person=colleague)
    assert cards(get(colleague, scope="mine")) == [task]


def test_the_board_of_one_who_has_no_work_is_empty_and_says_so(cast, at):
    response = get(cast.tech)
    assert (cards(response), "没有要办的任务" in html(response)) == ([], True)
    assert "没有这样的任务" in html(get(cast.tech, kind="blocked"))
    assert get(cast.clerk).status_code == 403


@pytest.mark.parametrize("by", ["time", "department"])
@pytest.mark.parametrize("receptions", [1, 8])
def test_the_board_asks_the_same_for_few_and_many(cast, at, by, receptions, django_assert_max_num_queries):
    for _ in range(receptions):
        make_reception(cast, "preparing", at=at)
    client = browser(cast.general)
    client.get(BOARD)
    with django_assert_max_num_queries(8):
        assert client.get(BOARD, {"by": by}).status_code == 200


def test_pages_follow_each_other(cast, at):
    for _ in range(5):
        make_reception(cast, "preparing", at=at)
    client = browser(cast.reception)
    found, url = [], "?scope=all&by=time"
    while url:
        response = client.get(BOARD + url)
        found += [task.pk for task in cards(response)]
        url = response.context["next"]
    assert found == list(Task.objects.open().order_by("due_at", "pk").values_list("pk", flat=True))
    assert len(found) > 50


@pytest.mark.parametrize("query", [
    {"scope": "bomb", "by": "x", "kind": "<script>", "after": "x~y"}, {"department": "9" * 5000}, {"department": "-1"},
    {"department": "\x00", "kind": "\x00"},
])  # fmt: skip
def test_a_wrong_address_is_the_first_page(cast, at, query):
    make_reception(cast, "preparing", at=at)
    assert get(cast.general, **query).status_code == 200


# --- 任务模板 -----------------------------------------------------------------------------------------------


def test_A8_1_the_preview_shows_every_tiers_tasks_as_a_table(cast, at, django_assert_num_queries):
    client = browser(cast.sales)
    client.get(BOARD + "templates/")
    response = client.get(BOARD + "templates/")
    rows = {row["template"].code: row for _, found in response.context["groups"] for row in found}
    assert [cell["words"] for cell in rows["room"]["cells"]] == [
        "到达前 3 个工作日", "到达前 2 个工作日", "到达前 1 个工作日", "到达前 1 个工作日",
    ]  # fmt: skip
    assert [cell["words"] for cell in rows["solution"]["cells"]][-1] == ""
    assert rows["room"]["lines"][0] == "茶水（到达前 1 小时）"
    assert rows["room"]["cells"][0]["lines"][1] == "桌椅摆放（到达前 1 个工作日）"
    assert "会议指南" in html(browser(cast.sales).get(BOARD + "templates/?nature=government"))
    assert "会议指南" not in html(browser(cast.sales).get(BOARD + "templates/?nature=business"))
    assert browser(cast.clerk).get(BOARD + "templates/").status_code == 403


def test_A5_the_board_is_remembered_and_taken_out_as_a_workbook(cast, at):
    from io import BytesIO

    from openpyxl import load_workbook

    reception = make_reception(cast, "preparing", at=at)
    client = browser(cast.general)
    assert client.get(BOARD, {"scope": "ours", "by": "department", "kind": "todo"}).status_code == 200
    back = client.get(BOARD, follow=True)
    assert ("已按上次的条件筛选" in html(back), [lane["name"] for lane in back.context["lanes"]]) == (
        True,
        ["综合部"],
    )
    assert client.get(BOARD + "?clear=1", follow=True).context["kind"] == ""
    sheet = load_workbook(BytesIO(client.get(BOARD + "tasks.xlsx", {"scope": "ours"}).content)).active
    numbers = [str(row[0].value) for row in sheet.iter_rows() if str(row[0].value).startswith("JD-")]
    assert numbers == list(
        reception.tasks.filter(department__code="general")
        .order_by("due_at", "pk")
        .values_list("no", flat=True)
    )
    assert browser(cast.clerk).get(BOARD + "tasks.xlsx").status_code == 403
