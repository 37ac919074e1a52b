"""取消: asked for by the applicant, confirmed by a leader on a phone; tasks end, what it cost is kept (issue 3.2)."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.browser import Visitor, calm
from tests.journeys.test_change_of_date import opened

GUESTS = "苍梧港口"
WHY = "对方项目延期到明年，不来了"


def ask(visitor: Visitor) -> None:
    """The applicant reads what will happen, and asks."""
    page = visitor.page
    page.get_by_role("link", name="取消接待").click()
    expect(page.locator("main")).to_contain_text("项没办完的任务不再办")
    expect(page.locator("main")).to_contain_text("秦岚")
    calm(visitor, widths=(1440, 375))
    page.get_by_role("button", name="申请取消").click()
    expect(page.locator("#id_reason_error")).to_be_visible()
    page.get_by_label("取消原因").fill(WHY)
    page.get_by_role("button", name="申请取消").click()
    expect(page.locator("main")).to_contain_text("领导确认以前照常准备")


def deposit(page: Page) -> None:
    """What the hotel keeps all the same."""
    page.get_by_role("link", name="登记费用").click()
    row = page.locator("[data-cost-row]").first
    row.get_by_label("类别").select_option(label="住宿")
    row.get_by_label("费用（元）").fill("640")
    row.get_by_label("地点、内容").fill("酒店订金，不退")
    row.get_by_label("凭证号", exact=True).fill("PJ-8801")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("main")).to_contain_text("酒店订金，不退")


def test_A3_1b_a_cancellation_that_a_leader_confirms(visit, house):
    sales = visit("sales")
    page, no = sales.page, opened(sales.page, GUESTS)
    ask(sales)

    leader = visit("vgm", 375)
    leader.page.goto("/todo/")
    leader.page.get_by_role("link", name="取消：苍梧港口").click()
    expect(leader.page.locator("main")).to_contain_text(WHY)
    calm(leader, widths=(375,))
    leader.page.get_by_role("button", name="确认取消").click()
    expect(leader.page.locator("[data-toast=success]")).to_contain_text("已取消")

    page.goto(f"/visits/requests/{no}/")
    expect(page.locator("main")).to_contain_text("已取消")
    page.get_by_text("取消时办了什么").click()
    expect(page.locator("main")).to_contain_text("项没办完的任务不再办")
    calm(sales, widths=(1440,))
    deposit(page)
    calm(sales, widths=(1440,))

    office = visit("office").page
    office.goto(f"/visits/costs/?q={GUESTS}")
    expect(office.locator("main")).to_contain_text(no)
    expect(office.locator("main")).to_contain_text("640")

    front = visit("clerk", 375).page
    front.goto("/notices/")
    expect(front.locator("main")).to_contain_text(no)
    assert "台账完好" in house.manage("verify_ledger")
