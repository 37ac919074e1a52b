"""底联未返: done is not over; why the slip is missing stands on the order, and its code takes it on a phone (E5.3.7)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.browser import calm
from tests.journeys.test_repair_half_hour import fill, log_call, mend


def test_E5_3_7_a_missing_slip_is_asked_after_and_scanned_back(visit, house):
    clerk = visit("clerk")
    no = log_call(clerk, house)
    mend(visit("repairer", 375), no)

    page = clerk.page
    page.goto("/helpdesk/repairs/?slip=1")
    row = page.locator("tbody tr").filter(has_text=no)
    expect(row).to_contain_text("底联今天未返：原因未查")
    page.goto(f"/helpdesk/repairs/{no}/")
    expect(page.locator(".chip").filter(has_text="底联未返回")).to_be_visible()
    page.locator("#m-explain summary").click()
    page.locator("#m-explain").get_by_label("未返回原因").select_option(label="忘交单")
    fill(page, "explain", {"说明与措施": "师傅把底联落在车上，明早带来"})
    expect(page.locator("main")).to_contain_text("未返回原因：忘交单")
    page.goto("/helpdesk/repairs/?slip=1")
    expect(row).to_contain_text("底联今天未返：忘交单")
    page.goto(f"/helpdesk/repairs/{no}/print/")
    assert page.locator("svg.qr").count() == 2
    calm(clerk)

    # The code on the slip is this address: one press on a phone, and the second time it says so.
    phone = visit("assistant", 375)
    phone.page.goto(f"/helpdesk/slips/{no}/")
    calm(phone, widths=(375,))
    phone.page.get_by_role("button", name="收到底联").click()
    expect(phone.page.locator("main")).to_contain_text("底联已由赵敏于")
    phone.page.goto(f"/helpdesk/slips/{no}/")
    expect(phone.page.locator("main")).to_contain_text("不用再收")
    assert phone.page.get_by_role("button", name="收到底联").count() == 0

    page.goto("/helpdesk/repairs/?slip=1")
    assert page.locator("tbody tr").filter(has_text=no).count() == 0
    page.goto(f"/helpdesk/repairs/{no}/")
    fill(page, "revisit", {"回访": "不漏了，满意"})
    fill(page, "close", {"客户": "修得很好"})
    expect(page.locator(".chip").first).to_contain_text("已关闭")
    assert "台账完好" in house.manage("verify_ledger")
