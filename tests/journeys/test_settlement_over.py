"""结算超标: the list written on a phone, its exceeding confirmed by a leader, audited by the office (A7a, A7b)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Visitor, calm


def lists_of(visitor: Visitor, state: str) -> str:
    """The number of the first reception of `state` that this person applied for."""
    page = visitor.page
    page.goto(f"/visits/requests/?scope=mine&status={state}")
    return page.locator(".items .ttl").first.get_attribute("href").split("/")[3]


@pytest.mark.parametrize("width", [1440, 375])
def test_A7a_A7b_a_settlement_above_the_standard(visit, house, width):
    sales = visit("sales", width)
    page, no = sales.page, lists_of(sales, "receiving")
    page.goto(f"/visits/requests/{no}/costs/")
    row = page.locator("[data-cost-row]").first
    row.get_by_label("费用（元）").fill("4800")
    row.get_by_label("餐次").select_option(label="晚餐")
    row.get_by_label("地点、内容").fill("湖景楼包间")
    row.get_by_label("我方人数").fill("3")
    row.get_by_label("对方人数").fill("6")
    row.get_by_label("凭证号", exact=True).fill("PJ-9001")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("main")).to_contain_text("超过嘉宾级标准")
    page.get_by_role("link", name="更正第 2 行").click()
    page.get_by_label("凭证号", exact=True).fill("PJ-9002")
    page.get_by_label("更正原因").fill("补凭证号")
    page.get_by_role("button", name="更正").click()
    expect(page.locator("main")).to_contain_text("更正为第 4 行：补凭证号")
    calm(sales, widths=(width,))
    page.goto(f"/visits/requests/{no}/")
    page.get_by_role("button", name="结束接待").click()
    page.get_by_role("link", name="填清单，提交结算").click()
    page.get_by_label("超出原因").fill("对方临时增加一位副总")
    approver = page.get_by_label("确认领导")
    approver.select_option(value=approver.locator("option", has_text="何志远").get_attribute("value"))
    page.get_by_role("button", name="提交结算").click()
    expect(page.locator("main")).to_contain_text("待审核")

    leader = visit("vgm", width).page
    leader.goto(f"/visits/requests/{no}/costs/")
    leader.get_by_role("button", name="确认超出").click()
    expect(leader.locator("main")).to_contain_text("何志远已确认")

    office = visit("office", width)
    office.page.goto(f"/visits/requests/{no}/costs/")
    calm(office, widths=(width,))
    office.page.get_by_role("button", name="审核通过").click()
    expect(office.page.locator("main")).to_contain_text("待归档")
    assert "台账完好" in house.manage("verify_ledger")
