"""后台导出: a long list is asked for with a reason, watched, left, told of in the inbox, and fetched marked (D6)."""

from __future__ import annotations

import re
from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.journeys.browser import calm

WHY = "三季度漏水分析，交工程部"


def test_D6_a_long_list_is_asked_watched_told_and_fetched(visit, house):
    house.manage("demo", "--records", "1500")
    house.rest()
    clerk, manager = visit("clerk"), visit("manager")
    page = clerk.page
    page.goto("/helpdesk/calls/?clear=1")
    page.get_by_role("link", name="导出", exact=True).click()
    page.wait_for_url("**/exports/new/**")
    page.get_by_role("button", name="开始准备").click()
    expect(page.get_by_role("alert").first).to_contain_text("请写明为什么要导出")
    calm(clerk)
    page.get_by_label("导出原因").fill(WHY)
    page.get_by_role("button", name="开始准备").click()
    page.wait_for_url(re.compile(r"/exports/\d+/$"))
    made = page.url
    expect(page.get_by_role("progressbar", name="导出进度")).to_be_visible()
    expect(page.locator("[data-say]")).to_have_text("等待准备")
    calm(clerk)
    manager.page.goto(made)
    expect(manager.page.get_by_text("没有找到").first).to_be_visible()

    house.work()
    page.get_by_role("link", name="下载 .xlsx").wait_for()
    calm(clerk)
    page.goto("/notices/")
    page.get_by_role("link", name=re.compile("^《来电记录》导出好了，共")).first.click()
    page.wait_for_url(made)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载 .xlsx").click()
    assert fetched.value.suggested_filename == "来电记录.xlsx"
    sheet = load_workbook(
        BytesIO(fetched.value.path().read_bytes())
    ).active  # the browser keeps it without an ending
    said = int(re.search(r"共 (\d+) 行", page.locator("main").inner_text()).group(1))
    assert sheet.max_row == 3 + said > 500
    assert sheet["A2"].value.startswith("林晓雯导出，") and sheet["A2"].value.endswith(f"。用途：{WHY}")

    page.goto("/exports/")
    expect(page.locator(".items li").first).to_contain_text("可以下载")
    calm(clerk)
    assert "台账完好" in house.manage("verify_ledger")
