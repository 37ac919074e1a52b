"""接待方案 on paper and as .xlsx, 胸卡: every section, everybody once (A3.2, A9)."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.factories.day import make_day
from tests.factories.visits import make_reception
from tests.visits.pages import browser, frozen, html
from visits.briefing.badges import badges_for, pages_of

GUESTS = [
    {"name": "陈工", "title": "工程师", "diet": "清真"},
    {"name": "陆远", "title": "采购总监", "is_leader": True},
]
SECTIONS = [
    "一、基本情况",
    "二、来宾",
    "三、日程",
    "四、分工",
    "五、用餐、住宿、用车",
    "六、费用预算",
    "七、注意事项",
    "八、签批",
]


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def url(reception, tail="plan/"):
    return f"/visits/requests/{reception.no}/{tail}"


def cells(response):
    sheet = load_workbook(BytesIO(response.content)).active
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]


def test_A9_the_paper_has_its_eight_sections_in_order(cast, at):
    one = make_day(cast, at, guests=GUESTS, note="自带样件", companions="邱实、王翻译")
    page = html(browser(cast.sales).get(url(one)))
    places = [page.index(section) for section in SECTIONS]
    assert places == sorted(places)
    for words in (
        "陆远（带队）",
        "技术交流",
        "14:00–16:00",
        "自带样件",
        "陈工：清真",
        "邱实、王翻译",
        "何志远 副总经理",
        "签名：顾清",
    ):
        assert words in page, words


def test_A9_work_stands_by_department_with_people(cast, at):
    cast.general.phone = "13800000009"
    cast.general.save()
    one = make_day(cast, at)
    (lane,) = [row for row in browser(cast.sales).get(url(one)).context["work"] if row["name"] == "综合部"]
    assert (lane["head"], len(lane["rows"])) == (
        "吴江 13800000009",
        one.tasks.filter(department__code="general").count(),
    )


def test_A9_the_workbook_says_the_same(cast, at):
    one = make_day(cast, at, guests=[*GUESTS, {"name": "=1+1", "title": "+x"}])
    response = browser(cast.sales).get(url(one, "plan.xlsx"))
    words = cells(response)
    assert (response.status_code, [section in words for section in SECTIONS]) == (200, [True] * 8)
    assert {"陆远（带队）", "=1+1", "技术交流", "14:00–16:00"} <= set(words)
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("tail", ["plan/", "plan.xlsx", "badges/"])
def test_A9_who_may_not_see_it_finds_nothing(cast, at, tail):
    one = make_day(cast, at)
    answers = [browser(user).get(url(one, tail)).status_code for user in (cast.sales, cast.clerk, None)]
    assert answers == [200, 404, 302]


@pytest.mark.parametrize("tail", ["plan/", "plan.xlsx", "badges/"])
def test_A9_a_half_empty_draft_prints_too(cast, at, tail):
    one = make_reception(cast, "draft", at=at, host=None, leave_at=None, proposed_tier=None)
    assert browser(cast.sales).get(url(one, tail)).status_code == 200


def test_A5_6_badges_name_the_leader_first_and_ours_by_their_part(cast, at):
    one = make_day(cast, at, guests=GUESTS, companions="邱实、何志远、方可（技术品质部）")
    made = badges_for(one.guests.all(), one.host, one.companions, customer="远航", ours="澄湖")
    assert [(row.label, row.name, row.title, row.unit) for row in made] == [
        ("主宾", "陆远", "采购总监", "远航"), ("来宾", "陈工", "工程师", "远航"), ("主陪", "何志远", "副总经理", "澄湖"),
        ("陪同", "邱实", "", "澄湖"), ("陪同", "方可", "", "澄湖"),
    ]  # fmt: skip


def test_A5_6_eight_badges_a_page_and_nobody_is_left_out(cast, at):
    one = make_day(cast, at, guests=[{"name": f"来宾{n}"} for n in range(17)])
    made = badges_for(one.guests.all(), one.host, "", customer="远航", ours="澄湖")
    assert [len(page) for page in pages_of(made)] == [8, 8, 2]


@pytest.mark.parametrize(("text", "users", "sentence"), [
    ("邱实、方可（技术品质部）", ["邱实", "方可"], "已认出 邱实（营销部）、方可（技术品质部），会收到通知和简报"),
    ("王翻译", [], "王翻译 不是系统里的同事，只写在单子上"), ("", [], ""), ("（）、;", [], ""),
])  # fmt: skip
def test_A4_companions_are_recognised(cast, text, users, sentence):
    from visits.hosts.naming import recognise

    found = recognise(text)
    assert ([str(one) for one in found.users], found.sentence) == (users, sentence)


def test_A4_two_of_one_name_are_asked_apart(cast):
    from tests.factories.people import make_user
    from visits.hosts.naming import recognise

    make_user("twin", department_code="make", name="邱实")
    assert recognise("邱实").sentence == "有不止一位邱实，请写成“邱实（部门）”"
    assert [one.username for one in recognise("邱实（制造部）").users] == ["twin"]


def test_A6_a_companion_sees_the_reception_acknowledges_and_is_busy(cast, at):
    from visits.hosts.free import clashes

    one = make_reception(cast, "preparing", at=at, companions="邓文")
    client = browser(cast.repairer)
    assert client.get(url(one, "")).status_code in (403, 404)
    page = browser(cast.make).get(url(one, "briefing/"))
    assert (page.status_code, page.context["asks"]) == (200, True)
    assert [row.label for row in clashes(cast.make, one.arrive_at, one.leave_at)] == [
        "陪同远航重工集团（JD-2026-0001）"
    ]
    assert list(one.colleagues.all()) == [cast.make]


def test_A5_1_the_briefing_holds_the_itinerary(cast, at):
    one = make_day(cast, at, "receiving")
    page = html(browser(cast.vgm).get(url(one, "briefing/")))
    assert "技术交流" in page and "进行中" in page and "14:00–16:00" in page


def test_A5_2_the_page_of_the_reception_holds_the_itinerary_and_the_real_times(cast, at):
    one = make_day(cast, at, "receiving")
    page = html(browser(cast.sales).get(url(one, "")))
    assert "技术交流" in page and "实际" in page and url(one, "welcome/") not in page


def test_records_1_2_a_change_of_date_takes_the_itinerary_along(cast, at):
    """By the action that the change calls when it comes into force."""
    from datetime import timedelta

    from visits.itinerary.actions import move_days
    from visits.models import Item

    one = make_day(cast, at)
    move_days(one, timedelta(days=1), by=cast.sales, at=at)
    assert {row.start.astimezone(at.tzinfo).day for row in Item.objects.all()} == {22}
