"""变更改期: another date is asked for, compared on a phone, approved; tasks, rooms and people follow (issue 3.2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.browser import Visitor, calm

LOCAL = "%Y-%m-%dT%H:%M"
GUESTS = "澜江水务"


def opened(page: Page, words: str, status: str = "preparing") -> str:
    """The first of one's own receptions with these guests; returns its number."""
    page.goto(f"/visits/requests/?scope=mine&status={status}&q={words}")
    page.locator(".items .ttl").first.click()
    page.wait_for_url("**/visits/requests/JD-*/")
    return page.url.rstrip("/").rsplit("/", 1)[1]


def due(page: Page) -> str:
    """What the card of 回访 says: it counts from the departure."""
    return page.locator(".tk", has_text="回访").first.inner_text()


def postpone(visitor: Visitor) -> str:
    """A week later, as the applicant finds out what that breaks; returns the new arrival."""
    page = visitor.page
    page.get_by_role("button", name="发起变更", exact=True).click()
    arrive, leave = page.get_by_label("到达", exact=True), page.get_by_label("离开", exact=True)
    later = [datetime.fromisoformat(box.input_value()) + timedelta(days=7) for box in (arrive, leave)]
    page.get_by_label("变更原因").fill("对方机组检修推迟一周")
    leave.fill(later[1].strftime(LOCAL))
    arrive.fill(later[0].strftime(LOCAL))
    aside = page.locator("#aside")
    expect(aside).to_contain_text("到达、离开 要审批")
    expect(aside).to_contain_text("项任务")
    expect(aside).to_contain_text("项安排不在新的时间里")
    calm(visitor, widths=(1440, 375))
    page.get_by_role("button", name="把安排一起移到新日期").click()
    expect(page.locator("[data-toast=success]")).to_contain_text("项安排移到新的日期")
    expect(page.locator("#aside")).not_to_contain_text("项安排不在新的时间里")
    anyway = page.get_by_label("仍请他主陪")
    if anyway.count():
        anyway.check()
    page.get_by_role("button", name="提交变更").click()
    expect(page.locator("main")).to_contain_text("照旧有效")
    return f"{later[0]:%Y-%m-%d %H:%M}"


def test_A3_1b_a_new_date_from_the_preview_to_the_tasks(visit, house):
    sales = visit("sales")
    no = opened(sales.page, GUESTS)
    before = due(sales.page)
    arrival = postpone(sales)
    sales.page.goto(f"/visits/requests/{no}/")
    expect(sales.page.locator("main")).to_contain_text("有一份变更等领导审批")
    assert due(sales.page) == before

    leader = visit("vgm", 375)
    leader.page.goto("/todo/")
    leader.page.get_by_role("link", name="变更：澜江水务").click()
    expect(leader.page.locator("li.pair", has_text="到达").locator("ins")).to_contain_text(arrival)
    expect(leader.page.locator("li.pair", has_text="到达").locator("del")).to_be_visible()
    calm(leader, widths=(375,))
    leader.page.get_by_role("textbox", name="意见").fill("同意推迟")
    leader.page.get_by_role("button", name="同意变更").click()
    expect(leader.page.locator("[data-toast=success]")).to_contain_text("第 2 版已生效")

    sales.page.reload()
    expect(sales.page.locator("#versions")).to_contain_text("现行第 2 版")
    assert due(sales.page) != before
    calm(sales, widths=(1440,))

    host = visit("vgm2", 375).page
    host.goto("/notices/")
    expect(host.locator("main")).to_contain_text(f"→ {arrival}")
    assert "台账完好" in house.manage("verify_ledger")
