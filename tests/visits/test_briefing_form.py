"""接待申请表.xlsx: the paper's cells, read back (A9)."""

from io import BytesIO
from itertools import pairwise

import pytest
from openpyxl import load_workbook

from tests.factories.visits import make_reception
from tests.visits.pages import browser, frozen
from visits.requests import actions

BAD = '=HYPERLINK("http://x","点我")'


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def page(reception):
    return f"/visits/requests/{reception.no}/form.xlsx"


def sheet(who, reception):
    return load_workbook(BytesIO(browser(who).get(page(reception)).content)).active


def pairs(of):
    """Label → what stands to its right."""
    found = {}
    for row in of.iter_rows(values_only=True):
        for label, value in pairwise(row):
            found.setdefault(label, value)
    return found


def test_A9_the_workbook_says_what_the_paper_says(cast, at):
    guests = [{"name": "陆远", "title": "采购总监", "is_leader": True, "diet": "不吃辣"}]
    reception = make_reception(cast, "preparing", at=at, guests=guests, note="不谈价格")
    made = sheet(cast.sales, reception)
    found = pairs(made)
    assert (made["A2"].value, found["责任部门"], found["来访单位"], found["人数"]) == (
        f"No. {reception.no}",
        "营销部",
        "远航重工集团",
        "6",
    )
    assert (found["核定级别"], found["主陪领导"], found["备注"]) == (
        "嘉宾级",
        f"何志远 {cast.vgm.position}",
        "不谈价格",
    )
    assert found["接待需要"].startswith("☑ 接站送站　□ 市内用车　☑ 会议室　□ 欢迎词")
    rows = [row for row in made.iter_rows(values_only=True) if row[0] == "陆远"]
    assert [(row[3], row[4], row[5]) for row in rows] == [("采购总监", "是", "不吃辣")]


def test_A9_the_signatures_and_their_dates_stand_at_the_foot(cast, at):
    found = pairs(sheet(cast.sales, make_reception(cast, "preparing", at=at)))
    assert found["经办人"] == "顾清"
    assert found["部门审核"] == "同意。\n签名：邱实（营销部）　2026年10月21日"
    assert found["领导审批"] == "同意，定为嘉宾级。\n签名：沈国栋（公司领导）　2026年10月21日"


def test_A9_a_resubmitted_form_forgets_old_signatures(cast, at):
    reception = make_reception(cast, "returned", at=at)
    actions.submit(reception, by=cast.sales, at=at)
    assert pairs(sheet(cast.sales, reception))["领导审批"] == "签名：　　　年　　月　　日"


def test_A9_it_is_one_a4_page(cast, at):
    guests = [{"name": f"来宾{number}"} for number in range(30)]
    made = sheet(cast.sales, make_reception(cast, "preparing", at=at, guests=guests))
    setup = made.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "portrait", 1, 1)
    assert made.sheet_properties.pageSetUpPr.fitToPage is True
    assert "另有 18 位来宾，见附页。" in [cell.value for cell in made["B"]]
    height = sum(made.row_dimensions[row].height for row in range(1, made.max_row + 1))
    assert height < 760  # points; an A4 page with its margins has 745, and the sheet may shrink a little


def test_A9_hostile_text_never_becomes_a_formula(cast, at):
    guests = [{"name": BAD, "title": BAD, "organisation": BAD, "diet": BAD}]
    reception = make_reception(
        cast,
        "preparing",
        at=at,
        customer_name=BAD,
        subject=BAD,
        note=f"\x0b{BAD}",
        companions="+86",
        guests=guests,
    )
    cells = [cell for row in sheet(cast.sales, reception).iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    risky = [cell for cell in cells if cell.value.startswith(("=", "+"))]
    assert (len(risky) >= 7, all(cell.quotePrefix for cell in risky)) == (True, True)


def test_A9_who_may_not_see_the_reception_gets_no_form(cast, at):
    reception = make_reception(cast, "review", at=at)
    assert [browser(who).get(page(reception)).status_code for who in (cast.tech, cast.stranger)] == [404, 404]
    assert browser().get(page(reception)).status_code == 302


@pytest.mark.parametrize("many", [1, 30])
def test_the_form_asks_the_same_for_few_and_many(cast, at, many, django_assert_num_queries):
    guests = [{"name": f"来宾{number}"} for number in range(many)]
    reception = make_reception(cast, "preparing", at=at, guests=guests)
    client = browser(cast.sales)
    client.get(page(reception))
    with django_assert_num_queries(8):
        assert client.get(page(reception)).status_code == 200
