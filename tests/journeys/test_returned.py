"""退回重报, from the first word to the approval on a phone of 375 px (A3.1b, records §1.2)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.applying import answer, begin, days_from_now, level, section, stay, submit, tick
from tests.journeys.browser import calm

PHONE = 375


def test_A3_1b_returned_changed_and_approved_on_a_phone(visit, house):
    sales, head, leader = visit("sales", PHONE), visit("sales_head", PHONE), visit("vgm", PHONE)
    page = sales.page
    begin(page, "青禾农业装备公司", "杜长河", 4, "新机型配套能力考察")
    arrive = days_from_now(12, 9, 30)
    stay(page, arrive, 30)
    level(page, "商务级", "秦岚")
    tick(page, "用餐", "住宿", "参观")
    meals, beds = section(page, "五、用餐"), section(page, "七、住宿")
    meals.get_by_label("地点").fill("公司食堂")
    page.get_by_role("button", name="加一行用餐").click()
    expect(meals.locator("[data-row]")).to_have_count(2)
    meals.get_by_label("地点").nth(1).fill("湖景楼")
    beds.get_by_label("酒店").fill("湖景楼")
    section(page, "十、参观").get_by_label("路线").fill("总装线")
    calm(sales, widths=(PHONE,))
    no = submit(sales)
    answer(head, no, "退回", "晚餐从简，改在食堂")

    page.goto("/todo/")
    page.goto(f"/visits/requests/{no}/edit/")
    expect(page.locator("main")).to_contain_text("晚餐从简，改在食堂")
    expect(section(page, "五、用餐").get_by_label("地点").nth(1)).to_have_value("湖景楼")
    section(page, "五、用餐").get_by_label("地点").nth(1).fill("公司食堂")
    calm(sales, widths=(PHONE,))
    submit(sales)

    head.page.goto(f"/visits/requests/{no}/decide/")
    expect(head.page.locator("main")).to_contain_text("湖景楼")
    answer(head, no, "同意")
    leader.page.goto(f"/visits/requests/{no}/")
    difference = leader.page.locator("section.pan").filter(has_text="这次改了什么")
    expect(difference).to_contain_text("安排 用餐")
    expect(difference.locator("del")).to_contain_text("湖景楼")
    expect(difference.locator("ins")).to_contain_text("公司食堂")
    calm(leader, widths=(PHONE,))
    answer(leader, no, "同意")
    page.goto(f"/visits/requests/{no}/")
    expect(page.locator("main .chip").first).to_contain_text("筹备中")
    expect(page.locator("#rows")).to_contain_text("拟订")
    general = visit("general", PHONE)
    general.page.goto(f"/visits/requests/{no}/")
    general.page.get_by_role("link", name="登记预订 住宿第 1 行").click()
    general.page.get_by_label("确认号").fill("HB-3301")
    calm(general, widths=(PHONE,))
    general.page.get_by_role("button", name="登记为已订").click()
    expect(general.page.locator("#rows")).to_contain_text("确认号 HB-3301")
    assert "台账完好" in house.manage("verify_ledger")
