"""样册、资质文件: registered, filled up, handed out at a reception, brought back, counted (A5.2, issue 6.5)."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.browser import calm

NAME = "储能产品样册"


def press(page: Page, door: str, **typed: str) -> None:
    """Open one of the moves, fill it in, confirm."""
    box = page.locator("details.move").filter(has=page.get_by_text(door, exact=True))
    box.locator("summary").first.click()
    for label, value in typed.items():
        box.get_by_label(label).fill(value)
    box.get_by_role("button", name=f"确定{door}").click()


def test_A5_2_from_the_shelf_to_the_guest_and_back(visit, house):
    head, sales = visit("sales_head"), visit("sales")
    page = head.page
    page.goto("/visits/materials/new/")
    page.get_by_label("名称").fill(NAME)
    page.get_by_label("版次").fill("首版")
    page.get_by_label("存放地点").fill("营销部三号柜")
    page.get_by_label("最低库存（件）").fill("8")
    calm(head, widths=(1440, 375))
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("请接着入库")
    press(page, "入库", 件数="12", 说明="印刷厂送来")
    expect(page.locator(".facts")).to_contain_text("12 件")
    shelf = page.url

    page = sales.page
    page.goto("/visits/requests/?state=preparing")
    page.locator("main a[href*='/visits/requests/JD-']").first.click()
    page.get_by_role("link", name="样册资料").first.click()
    page.get_by_label("发给谁").fill("陆远")
    page.get_by_label(f"{NAME} 首版").fill("20")
    calm(sales, widths=(1440, 375))
    page.get_by_role("button", name="登记发放").click()
    expect(page.locator("main")).to_contain_text("只剩 12 件")
    page.get_by_label(f"{NAME} 首版").fill("6")
    page.get_by_role("button", name="登记发放").click()
    expect(page.locator("section").filter(has_text="已发放")).to_contain_text(NAME)

    page = head.page
    page.goto("/todo/")
    expect(page.locator("main")).to_contain_text(f"{NAME} 首版")
    page.goto(shelf)
    page.locator("summary[aria-label='退回第 2 笔']").click()
    page.get_by_label(re.compile("退回件数")).fill("1")
    page.get_by_role("button", name="确定退回").click()
    expect(page.locator(".facts")).to_contain_text("7 件")
    press(page, "盘点", 实有件数="8", 差异说明="多出一册")
    expect(page.locator(".facts")).to_contain_text("8 件")
    calm(head, widths=(1440, 375))
    page.goto("/visits/materials/handed/")
    expect(page.locator("main")).to_contain_text("退回 1 件")
    calm(head, widths=(1440, 375))
    page.goto("/visits/materials/certificates/")
    expect(page.locator("table")).to_contain_text("ISO 9001")
    calm(head, widths=(1440,))
    assert "台账完好" in house.manage("verify_ledger")
