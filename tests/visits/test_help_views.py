"""The small answers while a form is typed (A4, A7a), 待办 and search."""

import pytest

from tests.factories.visits import make_draft, make_reception, make_task, set_standards
from tests.visits.pages import browser, frozen, html, typed
from visits.models import Reception
from visits.search import search
from visits.todo import todo, todo_count

ESTIMATE, ROSTER, HINT = "/visits/requests/estimate/", "/visits/requests/roster/", "/visits/customers/hint/"


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def test_A7a_the_estimate_follows_the_typing(cast, at):
    set_standards("guest", meal=40)
    beds = {
        "lodgings-TOTAL_FORMS": "2", "lodgings-INITIAL_FORMS": "0", "lodgings-0-rooms": "6",
        "lodgings-0-check_in": "2026-10-31", "lodgings-0-check_out": "2026-11-01",
        "lodgings-1-rooms": "6", "lodgings-1-check_in": "2026-10-31", "lodgings-1-check_out": "2026-11-01",
        "lodgings-1-payer": "theirs",
    }  # fmt: skip
    data = typed(cast, at, needs=["meal", "bed", "pick"], car_amount="1200", **beds)
    side = browser(cast.sales).post(ESTIMATE, data).context["side"]
    assert [(row["label"], row["amount_text"], row["note"]) for row in side["rows"]] == [
        ("用餐", "¥1,000", "标准 ¥800，超 ¥200"),
        ("住宿", "未设置", "标准未设置"),
        ("用车", "¥1,200", ""),
    ]
    assert (side["total_text"], side["over"]) == ("¥2,200", True)
    assert "嘉宾级住宿标准未设置" in side["foot"]
    assert Reception.objects.count() == 0


def test_A4_the_host_rule_follows_the_typing(cast, at):
    client = browser(cast.sales)
    good = client.post(ESTIMATE, typed(cast, at)).context["side"]
    bad = client.post(ESTIMATE, typed(cast, at, host=cast.sales_head.pk)).context["side"]
    assert (good["host_ok"], bad["host_ok"]) == (True, False)
    assert "副总经理" in bad["host_text"]
    assert [step["what"] for step in good["steps"]] == ["提交", "审核", "定等级"]


@pytest.mark.parametrize("address", [ESTIMATE, ROSTER])
def test_helpers_are_for_applicants(cast, at, address):
    data = typed(cast, at, roster_text="陆远")
    assert browser().post(address, data)["Location"].split("?")[0] == "/login/"
    assert [browser(who).post(address, data).status_code for who in (cast.sales, cast.gm, cast.clerk)] == [
        200,
        403,
        403,
    ]
    assert browser(cast.sales).get(address).status_code == 405


@pytest.mark.parametrize(
    "pasted", ["", "<script>alert(1)</script>", "\x00", "\t\t\t\n" * 5000, "长" * 30_000]
)
def test_a_hostile_roster_is_only_text(cast, pasted):
    response = browser(cast.sales).post(ROSTER, {"roster_text": pasted})
    assert response.status_code == 200
    assert "<script>" not in html(response)


def test_a_pasted_roster_is_shown_before_it_is_filled_in(cast):
    response = browser(cast.sales).post(
        ROSTER, {"roster_text": "姓名\t职务\n陆远\t采购总监\n沈宁\t工程师", "customer_name": "远航"}
    )
    rows = response.context["preview"]["rows"]
    assert [(row["name"], row["title"], row["organisation"]) for row in rows] == [
        ("陆远", "采购总监", "远航"),
        ("沈宁", "工程师", "远航"),
    ]


def test_a_returning_customer_is_recognised(cast, at):
    make_reception(cast, "archived", at=at, guests=[{"name": "陆远", "title": "采购总监"}])
    client = browser(cast.sales)
    hint = client.get(HINT, {"q": "远航重工集团"}).context["hint"]
    assert (hint["text"], hint["contact_name"]) == ("过去两年来访 1 次：2026-10-31，嘉宾级", "陆远")
    assert [guest["name"] for guest in hint["guests"]] == ["陆远"]
    part = client.get(HINT, {"q": "远航"})
    assert (part.context["names"], part.context["hint"]) == (["远航重工集团"], None)
    assert client.get(HINT, {"q": "没来过"}).context["names"] == []
    assert browser(cast.gm).get(HINT, {"q": "远航"}).status_code == 403


@pytest.mark.parametrize("words", ["\x00", "%", "<script>", "长" * 9000, ""])
def test_a_hostile_name_finds_nobody(cast, words):
    response = browser(cast.sales).get(HINT, {"q": words})
    assert (response.status_code, response.context["names"]) == (200, [])


# --- 待办 and search ------------------------------------------------------------------------------------------


def rows(user, at):
    return [(row.title, row.state, row.url) for row in todo(user, at)]


def test_todo_leads_straight_to_the_work(cast, at):
    pending = make_reception(cast, "pending", at=at, customer_name="甲公司")
    review = make_reception(cast, "review", at=at, customer_name="乙公司")
    returned = make_reception(cast, "returned", at=at, customer_name="丙公司")
    assert rows(cast.gm, at) == [("甲公司考察", "等你审批", f"/visits/requests/{pending.no}/decide/")]
    assert rows(cast.sales_head, at) == [("乙公司考察", "等你审核", f"/visits/requests/{review.no}/decide/")]
    assert rows(cast.sales, at) == [("丙公司考察", "已退回", f"/visits/requests/{returned.no}/edit/")]
    assert [rows(who, at) for who in (cast.tech, cast.clerk, cast.stranger)] == [[], [], []]


def test_todo_lists_the_tasks_of_my_department(cast, at):
    task = make_task(cast, at=at)
    found = rows(cast.general, at)
    assert (task.duty, "待领", f"/visits/tasks/{task.pk}/") in found
    assert len(found) == task.reception.tasks.filter(department__code="general").count()


def test_todo_counts_what_it_lists(cast, at):
    make_task(cast, at=at)
    make_reception(cast, "pending", at=at)
    make_reception(cast, "returned", at=at)
    for name, user in vars(cast).items():
        assert todo_count(user, at) == len(todo(user, at)), name


@pytest.mark.parametrize(
    ("words", "count"),
    [("远航", 1), ("重工", 1), ("JD-2026", 1), ("陆远", 1), ("无此", 0), ("", 0), ("\x00", 0), ("%", 0)],
)
def test_search_finds_two_characters_and_only_what_is_mine_to_see(cast, at, words, count):
    make_reception(cast, "review", at=at)
    found = [search(user, words, 10) for user in (cast.sales, cast.gm, cast.tech)]
    assert [sum(row.glyph == "接" for row in rows) for rows in found] == [count, count, 0]


def test_search_keeps_to_its_limit(cast, at):
    for _ in range(5):
        make_draft(cast, at=at)
    assert len(search(cast.sales, "远航", 3)) == 3


def workbook(*rows):
    """A workbook as somebody sends one."""
    from io import BytesIO

    from django.core.files.uploadedfile import SimpleUploadedFile
    from openpyxl import Workbook

    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("名单.xlsx", file.getvalue())


def test_records_1_1_a_roster_comes_from_a_workbook_too(cast):
    file = workbook(("序号", "姓名", "职务", "手机", "备注"), (1, "陆远", "采购 总监", 13900001111, "带队"), (2, "沈宁", "工程师", None, "素食"))  # fmt: skip
    response = browser(cast.sales).post(ROSTER, {"roster_file": file, "customer_name": "远航"})
    rows = response.context["preview"]["rows"]
    assert [(row["name"], row["title"], row["phone"], row["organisation"]) for row in rows] == [
        ("陆远", "采购 总监", "13900001111", "远航"),
        ("沈宁", "工程师", "", "远航"),
    ]


def test_records_1_1_the_workbook_stands_beside_what_was_pasted_and_without_a_script(cast, at):
    data = typed(
        cast, at, do="roster", roster_text="贺明\t总工程师", roster_file=workbook(("姓名",), ("沈宁",))
    )
    page = html(browser(cast.sales).post("/visits/requests/new/", data))
    assert all(f'-name" value="{name}"' in page for name in ("陆远", "贺明", "沈宁"))


def test_records_1_1_a_file_that_is_no_workbook_says_so(cast):
    from django.core.files.uploadedfile import SimpleUploadedFile

    bad = SimpleUploadedFile("名单.xlsx", b"not a workbook")
    response = browser(cast.sales).post(ROSTER, {"roster_file": bad, "roster_text": "贺明"})
    assert response.context["preview"]["refused"].startswith("这不是 .xlsx 工作簿")
    assert [row["name"] for row in response.context["preview"]["rows"]] == ["贺明"]
