"""补办: who came before the form was written; why, who agreed, and the mark that stays everywhere (A3.1a)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.applying import CLOCK, answer, begin, days_from_now, level, refused, stay, submit
from tests.journeys.browser import calm

WHY = "客户出差途中临时到访，来不及提前申请"


def test_A3_1a_a_late_form_says_why_and_is_marked_everywhere(visit, house):
    sales = visit("sales")
    page = sales.page
    begin(page, "瀚海风电叶片公司", "马骁", 2, "叶片轴承座改型交流")
    stay(page, days_from_now(-1), 5)
    level(page, "业务级", "何志远")
    refused(sales, "到达时间已经过去", "补办")
    page.get_by_text("补办", exact=True).click()
    refused(sales, "补办要写明原因", "补办要写明谁口头同意的", "补办要写明什么时候同意的")
    page.get_by_label("补办原因").fill(WHY)
    page.get_by_label("口头同意人").fill("何志远")
    page.get_by_label("口头同意时间").fill(days_from_now(-1, 8, 30).strftime(CLOCK))
    no = submit(sales)
    expect(page.locator("main")).to_contain_text(WHY)

    head, leader = visit("sales_head"), visit("vgm")
    head.page.goto(f"/visits/requests/{no}/decide/")
    expect(head.page.locator("main")).to_contain_text(f"补办：{WHY}")
    calm(head, widths=(1440,))
    answer(head, no, "同意")
    leader.page.goto(f"/visits/requests/{no}/decide/")
    expect(leader.page.locator("main")).to_contain_text("何志远")
    answer(leader, no, "同意")

    page.goto(f"/visits/requests/{no}/")
    expect(page.locator("main .chip.warn").filter(has_text="补办")).to_be_visible()
    page.goto(f"/visits/requests/?q={no}")
    expect(page.locator(".items")).to_contain_text("补办")
    page.goto(f"/visits/requests/{no}/print/")
    expect(page.locator(".form-a4 .mark")).to_have_text("补办")
    expect(page.locator(".form-a4")).to_contain_text(WHY)
    calm(sales, widths=(1440,))
