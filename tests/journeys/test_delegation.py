"""代理: 沈国栋 sets it on his phone, 秦岚 decides a 贵宾 request for him on hers, and the paper says so (A3.1b)."""

from __future__ import annotations

from datetime import datetime, timedelta

from playwright.sync_api import expect

from reception.core.clock.periods import local
from tests.journeys.browser import calm
from tests.journeys.hands import choose

SIGNED = "秦岚 代 沈国栋"


def test_A3_1b_a_delegate_decides_and_the_paper_says_for_whom(visit):
    gm = visit("gm", 375)
    page, now = gm.page, local(datetime.now().astimezone())
    page.goto("/delegations/")
    choose(page, "代理人", "秦岚")
    page.get_by_label("范围").select_option(label="审批")
    page.get_by_label("开始").fill((now - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("结束").fill((now + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("原因").fill("下午在外地开会")
    page.get_by_role("button", name="设置代理").click()
    expect(page.locator("main")).to_contain_text("代理中")
    calm(gm, widths=(375, 1440))

    vice = visit("vgm2", 375)
    page = vice.page
    page.goto("/todo/")
    page.locator("li", has_text="代 沈国栋").first.locator("a.ttl").click()  # one tap
    expect(page.locator("main")).to_contain_text(f"签名为“{SIGNED}”")
    calm(vice, widths=(375,))
    no = page.url.rstrip("/").split("/")[-2]
    page.get_by_role("button", name="同意", exact=True).click()  # two
    expect(page.locator("main")).to_contain_text(f"{no} 已批准定级")
    page.goto("/todo/done/")
    expect(page.locator("main")).to_contain_text("代 沈国栋")

    sales = visit("sales")
    sales.page.goto(f"/visits/requests/{no}/print/")
    expect(sales.page.locator("body")).to_contain_text(f"签名：{SIGNED}（公司领导）")
    assert [line for visitor in (gm, vice, sales) for line in visitor.findings.lines] == []
