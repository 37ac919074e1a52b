"""访客到访离开: signed in at the desk, the host reads it on the phone, on the fire list, gone (C4, C5)."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.browser import calm


def test_C4_C5_a_visitor_comes_and_goes(visit, house):
    clerk, host = visit("clerk"), visit("sales", 375)
    page = clerk.page
    page.goto("/helpdesk/visitors/")
    page.get_by_role("link", name="登记来访").first.click()
    page.get_by_label("来访人").fill("丁薇")
    page.get_by_label("单位").fill("知行设计")
    page.get_by_label("事由").fill("图纸交底")
    page.get_by_role("button", name="登记并通知被访人").click()
    expect(page.locator("#errors")).to_contain_text("找哪一位")
    assert page.get_by_label("来访人").input_value() == "丁薇"
    page.get_by_label("被访人").select_option(label="顾清（营销部）")
    page.get_by_label("访客证号").fill("A21")
    page.get_by_role("button", name="登记并通知被访人").click()
    expect(page.get_by_role("status").first).to_contain_text("已通知顾清")
    no = re.search(r"FK-\d{4}-\d{4}", page.url)
    assert no
    host.page.goto("/notices/")
    host.page.get_by_role("link", name=re.compile("丁薇（知行设计）已到前台")).click()
    expect(host.page.locator("main")).to_contain_text("图纸交底")
    page.goto("/helpdesk/visitors/inside/")
    expect(page.locator("table")).to_contain_text("A21")
    page.goto("/helpdesk/visitors/")
    page.get_by_role("button", name="丁薇离开").first.click()
    expect(page.get_by_role("status").first).to_contain_text("已登记离开")
    page.goto("/helpdesk/visitors/inside/")
    expect(page.locator("table")).not_to_contain_text("A21")
    page.goto("/helpdesk/visitors/new/")
    calm(clerk)
    calm(host, widths=(375,))
    assert "台账完好" in house.manage("verify_ledger")
