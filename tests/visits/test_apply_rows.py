"""Sections five to eleven on the form: rows kept, refused by name, carried into money, copies and differences."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reception.core.flow import Refused
from tests.factories.visits import make_draft, make_reception, set_standards
from tests.visits.pages import browser, frozen, html, meal, typed
from visits.arrangements.queries import rows_of
from visits.arrangements.words import line
from visits.models import Reception, RuleProfile
from visits.requests import actions
from visits.requests.completeness import estimate_of, problems
from visits.requests.copying import copy
from visits.requests.snapshot import differences

pytestmark = pytest.mark.django_db
NEW = "/visits/requests/new/"
CAME = date(2026, 10, 31)


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def every(cast, at, **over):
    """POST data with a row in each section."""
    rows = {
        "lodgings-TOTAL_FORMS": "2", "lodgings-0-hotel": "湖景楼", "lodgings-0-room_type": "单间", "lodgings-0-rooms": "6",
        "lodgings-0-check_in": "2026-10-31", "lodgings-0-check_out": "2026-11-01", "lodgings-0-payer": "ours",
        "lodgings-1-payer": "ours",
        "cars-TOTAL_FORMS": "1", "cars-0-ride": "pick_up", "cars-0-starts": "2026-10-31T09:30", "cars-0-place": "湖滨站",
        "meetings-TOTAL_FORMS": "1", "meetings-0-venue": "office", "meetings-0-place": "总经理办公室",
        "meetings-0-starts": "2026-10-31T10:00", "meetings-0-ends": "2026-10-31T11:00", "meetings-0-tea": "on",
        "tours-TOTAL_FORMS": "1", "tours-0-starts": "2026-10-31T14:00", "tours-0-route": "总装线", "tours-0-tech": "on",
        "tickets-TOTAL_FORMS": "1", "tickets-0-kind": "flight", "tickets-0-number": "CZ3561", "tickets-0-payer": "theirs",
    }  # fmt: skip
    rows["needs"] = ["pick", "room", "meal", "bed", "tour", "ticket"]
    return typed(cast, at, **{**rows, **over})


def texts(reception):
    return [line(row) for rows in rows_of(reception).values() for row in rows]


EVERY = [
    "10月31日 午餐 工作餐 公司食堂 来宾 6 陪餐 4 50 元/人",
    "10月31日 晚餐 工作餐 公司食堂 来宾 6 陪餐 4 50 元/人",
    "10月31日至11月1日 湖景楼 单间 6 间 我方",
    "10月31日 09:30 接站 湖滨站",
    "10月31日 10:00 至 11:00 总经理办公室 茶水",
    "10月31日 14:00 总装线 技术介绍",
    "时间未定 飞机 CZ3561 自理",
]


def test_A1_every_section_is_kept_and_shown_again(cast, at):
    client = browser(cast.sales)
    assert client.post(NEW, every(cast, at)).status_code == 302
    reception = Reception.objects.get()
    assert texts(reception) == EVERY
    actions.withdraw(reception, by=cast.sales, at=at)
    page = html(client.get(f"/visits/requests/{reception.no}/edit/"))
    assert all(
        f'value="{value}"' in page for value in ("湖景楼", "湖滨站", "总经理办公室", "总装线", "CZ3561")
    )
    shown = html(client.get(f"/visits/requests/{reception.no}/"))
    assert all(text in shown for text in EVERY)


def test_A1_a_half_typed_row_is_autosaved_and_a_broken_one_stays_with_the_browser(cast, at):
    client = browser(cast.sales)
    half = {
        "meals-TOTAL_FORMS": "1",
        "meals-INITIAL_FORMS": "0",
        "meals-0-place": "公司食堂",
        "meals-0-meal": "lunch",
    }
    first = client.post(NEW, {"do": "auto", "needs": ["meal"], **half}).json()
    assert (first["whole"], texts(Reception.objects.get())) == (True, ["日期未定 午餐 工作餐 公司食堂"])
    broken = {**half, "meals-0-guests": "六"}
    again = client.post(first["edit"], {"do": "auto", "needs": ["meal"], "revision": "0", **broken}).json()
    assert (again["whole"], texts(Reception.objects.get())) == (False, ["日期未定 午餐 工作餐 公司食堂"])


def test_A1_rows_of_a_need_that_is_not_ticked_are_not_asked_for(cast, at):
    data = every(cast, at, needs=["room"]) | {"lodgings-0-rooms": "many"}
    assert browser(cast.sales).post(NEW, data).status_code == 302
    assert texts(Reception.objects.get()) == ["10月31日 10:00 至 11:00 总经理办公室 茶水"]


@pytest.mark.parametrize(
    ("over", "place", "sentence"),
    [
        ({"meals-1-held_on": "2026-11-02"}, "id_meals-1-held_on",
         "用餐第 2 行（11月2日 晚餐）晚于离开 11月1日 16:00，请改这一行的时间，或者改来访时间。"),
        ({"meals-1-held_on": ""}, "id_meals-1-held_on", "用餐第 2 行：请填写用餐日期，不需要的请删掉这一行。"),
        ({"lodgings-0-check_out": "2026-10-31"}, "id_lodgings-0-check_out",
         "住宿第 1 行：离店日期要晚于入住日期；当天来回不用订房"),
        ({"cars-0-place": ""}, "id_cars-0-place", "车辆第 1 行：请填写用车地点，不需要的请删掉这一行。"),
        ({"meetings-0-starts": "2026-10-31T09:00"}, "id_meetings-0-starts",
         "会议第 1 行（10月31日 09:00）早于到达 10月31日 10:00，请改这一行的时间，或者改来访时间。"),
        ({"tickets-0-departs": "2026-11-01T15:00"}, "id_tickets-0-departs",
         "返程票第 1 行（11月1日 15:00）早于离开 11月1日 16:00，赶不上，请改这一行的时间，或者改来访时间。"),
        ({"meals-0-diners": "9"}, "id_meals-0-diners",
         "用餐第 1 行（10月31日 午餐）：陪餐 9 人，来宾 6 人时最多 6 人：陪餐人数不超过来宾人数。（依据：公司接待规定）"),
    ],
)  # fmt: skip
def test_A1_a_row_is_refused_by_its_name_and_nothing_is_lost(cast, at, over, place, sentence):
    response = browser(cast.sales).post(NEW, every(cast, at, **over))
    page = html(response)
    assert (response.status_code, Reception.objects.count()) == (422, 0)
    assert response.context["form"].non_field_errors() == [sentence]
    assert f'href="#{place}"' in page and f'id="{place}_error"' in page
    assert 'value="湖滨站"' in page or "cars-0-place" in over


def test_A1_a_row_that_was_deleted_leaves_a_gap_and_the_sentence_finds_the_right_input(cast, at):
    """The browser sends rows 0 and 2; the second row of the form is input 2."""
    data = typed(cast, at, **{"meals-TOTAL_FORMS": "3", **meal(2, at + timedelta(days=30))})
    for name in [name for name in data if name.startswith("meals-1-")]:
        del data[name]
    response = browser(cast.sales).post(NEW, data)
    assert 'href="#id_meals-2-held_on"' in html(response)
    assert response.context["form"].non_field_errors()[0].startswith("用餐第 2 行（11月20日")


def test_A1_names_alone_say_how_many_dine_along(cast, at):
    named = {"meals-0-diners": "", "meals-0-diner_names": "何志远，邱实 方可"}
    browser(cast.sales).post(NEW, typed(cast, at, **named))
    assert (
        texts(Reception.objects.get())[0]
        == "10月31日 午餐 工作餐 公司食堂 来宾 6 陪餐 3（何志远、邱实、方可） 50 元/人"
    )


def test_A1_each_meal_has_its_own_limit(cast, at):
    """公务 with twelve guests: four of us at the table of twelve, three at that of six."""
    rows = {
        "meals": [{"held_on": CAME, "guests": 12, "diners": 4}, {"held_on": CAME, "guests": 6, "diners": 4}]
    }
    official = {"nature": "official", "letter_no": "函1号", "needs": ["meal"], "headcount": 12}
    draft = make_draft(cast, at=at, rows=rows, **official)
    (no,) = problems(draft, at)
    assert (no.field, no.message.split("：")[0]) == ("meals-2-diners", "用餐第 2 行（10月31日 午餐）")


def test_A1_an_official_visit_may_ride_in_the_city_but_not_to_the_station(cast, at):
    ride = {"starts": at + timedelta(days=10, hours=1), "place": "湖滨站"}
    official = {"nature": "official", "letter_no": "函1号", "needs": ["car"]}
    city = make_draft(cast, at=at, rows={"cars": [{**ride, "ride": "city"}]}, **official)
    assert problems(city, at) == []
    data = every(cast, at, nature="official", letter_no="函1号", needs=["car"])
    refused = browser(cast.sales).post(NEW, data)
    assert refused.context["form"].errors["needs"][0].startswith("公务接待不得在机场、车站、码头接站送站")


def test_A1_what_the_rule_takes_off_the_form_is_said(cast, at):
    form = browser(cast.sales).post("/visits/requests/estimate/", every(cast, at, nature="official"))
    assert (
        "公务接待不安排接站送站，不提供烟、酒，这里不再列出。（依据：《党政机关国内公务接待管理规定》）"
        in html(form)
    )
    assert 'data-dry="1"' in html(form) and 'data-stay="1"' in html(form)


# --- money ------------------------------------------------------------------------------------------------------


def test_A7a_the_rows_are_the_budget(cast, at):
    browser(cast.sales).post(NEW, every(cast, at, **{"lodgings-1-rooms": "2", "lodgings-1-check_in": "2026-10-31",
                                                     "lodgings-1-check_out": "2026-11-01", "lodgings-1-payer": "theirs",
                                                     "wine_count": "2", "wine_price": "300", "wine_name": "白酒"}))  # fmt: skip
    lines = Reception.objects.get().lines.values_list(
        "item", "label", "quantity", "people", "unit_price", "on"
    )
    assert list(lines) == [
        ("meal", "10月31日 午餐 公司食堂", 1, 10, Decimal(50), CAME),
        ("meal", "10月31日 晚餐 公司食堂", 1, 10, Decimal(50), CAME),
        ("lodging", "湖景楼", 1, 6, None, CAME),
        ("wine", "白酒", 2, None, Decimal(300), None),
    ]


def test_A7a_each_meal_has_the_standard_of_its_own_day(cast, at):
    set_standards("guest", meal=100)
    set_standards("guest", since=date(2026, 11, 1), meal=150)
    rows = {"meals": [{"held_on": CAME, "guests": 6, "diners": 4}, {"held_on": date(2026, 11, 1), "guests": 6, "diners": 4}]}  # fmt: skip
    (row,) = estimate_of(make_draft(cast, at=at, rows=rows)).rows
    assert (row.amount, row.standard, row.over) == (Decimal(2500), Decimal(2500), Decimal(0))


def test_A7a_without_rows_the_lines_stay_as_they_were(cast, at):
    draft = make_draft(cast, at=at, lines=[{"item": "meal", "quantity": 2, "people": 10}])
    actions.save_draft(draft, by=cast.sales, at=at, fields={"note": "改过"})
    assert draft.lines.get().quantity == 2


# --- copies, differences, who receives --------------------------------------------------------------------------


def test_A1_a_copy_has_the_rows_without_their_times(cast, at):
    rows = {"meals": [{"held_on": CAME, "place": "公司食堂", "guests": 6, "diners": 3}]}
    made = copy(make_reception(cast, "pending", at=at, rows=rows), by=cast.sales, at=at)
    assert texts(made) == ["日期未定 午餐 工作餐 公司食堂 来宾 6 陪餐 3"]


def test_A3_1b_a_resubmission_shows_which_row_changed(cast, at):
    rows = {"meals": [{"held_on": CAME, "place": "公司食堂", "diners": 3}]}
    reception = make_reception(cast, "returned", at=at, rows=rows)
    changed = {"meals": [{"held_on": CAME, "place": "湖景楼", "diners": 3}], "cars": [{"ride": "city", "place": "厂区", "starts": reception.arrive_at}]}  # fmt: skip
    actions.save_draft(reception, by=cast.sales, at=at, fields={"secret": True}, rows=changed)
    actions.submit(reception, by=cast.sales, at=at)
    assert [(one.label, one.old, one.new) for one in differences(reception)] == [
        ("是否涉密", "否", "是"),
        ("安排 用餐", "10月31日 午餐 工作餐 公司食堂 陪餐 3", "10月31日 午餐 工作餐 湖景楼 陪餐 3"),
        ("安排 车辆", "", "10月31日 10:00 市内 厂区"),
    ]


def test_A8_2_who_receives_is_data(cast, at):
    RuleProfile.objects.filter(nature="foreign").update(
        department_code="general", department_source="外事规定"
    )
    draft = make_draft(cast, at=at, nature="foreign")
    with pytest.raises(Refused) as no:
        actions.submit(draft, by=cast.sales, at=at)
    assert (no.value.field, no.value.message) == (
        "department", "外事接待由综合部负责（外事规定），请把责任部门改为综合部。",
    )  # fmt: skip
    made = actions.create_draft(by=cast.sales, at=at, fields={"nature": "foreign"})
    assert made.department.code == "general"
    RuleProfile.objects.filter(nature="foreign").update(department_code="nobody")
    assert problems(draft, at) == []  # a department that this organisation does not have asks for nothing


def test_A8_2_the_form_says_who_takes_it_and_why(cast, at):
    answer = html(browser(cast.sales).post("/visits/requests/estimate/", typed(cast, at, nature="other")))
    office = cast.office.department
    assert "其他来宾接待由办公室负责（A8.2），批准后由办公室组织安排。" in answer
    assert f'data-owner="{office.pk}"' in answer


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_asks_the_same_for_few_and_many_rows(cast, at, many, django_assert_num_queries):
    rows = {"meals": [{"held_on": CAME, "guests": 6, "diners": 3}] * many}
    draft = make_draft(cast, at=at, rows=rows)
    client, url = browser(cast.sales), f"/visits/requests/{draft.no}/edit/"
    client.get(url)
    with django_assert_num_queries(25):
        assert client.get(url).status_code == 200


def test_A8_2_an_administrator_chooses_the_department(cast, at):
    profile = RuleProfile.objects.get(nature="foreign")
    url = f"/admin/visits/ruleprofile/{profile.pk}/change/"
    client = browser(cast.admin)
    assert '<option value="office">办公室</option>' in html(client.get(url))
    values = {"department_code": "office", "department_source": "外事规定", "divisor": "1", "tobacco_wine_allowed": "on", "pick_up_allowed": "on"}  # fmt: skip
    assert client.post(url, {**values, "department_code": "bomb"}).status_code == 200
    assert client.post(url, values).status_code == 302
    assert (
        actions.create_draft(by=cast.sales, at=at, fields={"nature": "foreign"}).department.code == "office"
    )
