"""报告从草稿到锁定: the sentences are there, four people sign, and what was handed in is what everybody gets (D4.4.5)."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from reception.core.clock.periods import local, next_month
from tests.journeys.browser import Visitor, calm


def press(page: Page, url: str, move: str) -> None:
    """Open the report and make the move."""
    page.goto(url)
    page.locator(f"#f-{move} button[type=submit]").click()
    page.wait_for_load_state()


def begin(clerk: Visitor, month: str) -> str:
    """To the sheet of last month's report, begun in the demo or now; its own address."""
    page = clerk.page
    page.goto(f"/helpdesk/reports/{month}/")
    button = page.get_by_role("button", name="编写报告")
    if button.count():
        button.click()
    else:
        page.get_by_role("link", name=re.compile("^报告 ")).click()
        page.get_by_role("link", name="编写").click()
    expect(page.get_by_label("受理与办结", exact=True)).to_have_value(re.compile(r"^本期受理 \d"))
    return f"/helpdesk/handed/BG-{month}/"


def write(clerk: Visitor) -> None:
    """One conclusion of one's own, what became of the last promise, a new measure."""
    page = clerk.page
    page.get_by_label("受理与办结", exact=True).fill("本月以报修为主，受理和关闭基本持平。")
    for box in page.get_by_label("完成情况", exact=True).all():
        box.select_option(label="已完成")
    for box in page.get_by_label("效果", exact=True).all():
        box.fill("晚间到场明显变快")
    row = page.get_by_role("group", name="第 1 条")
    row.get_by_label("问题").fill("底联返回慢")
    row.get_by_label("措施").fill("每天下班前逐单核对")
    row.get_by_label("责任部门").select_option(label="工程部")
    row.get_by_label("时限").fill(f"{local(timezone.now()).date() + timedelta(days=20)}")
    calm(clerk)
    page.get_by_role("button", name="保存").first.click()
    expect(page.get_by_role("status").filter(has_text="已保存")).to_be_visible()


def test_D4_4_5_from_the_draft_to_the_locked_report(visit, house):
    clerk, manager, director = visit("clerk"), visit("manager"), visit("director", 375)
    month = f"{next_month(local(timezone.now()).date(), -1):%Y-%m}"
    url = begin(clerk, month)
    write(clerk)
    press(clerk.page, url, "sign")
    expect(clerk.page.get_by_text("待审核").first).to_be_visible()
    for move in ("review", "submit"):
        press(manager.page, url, move)
    manager.page.goto("/todo/")
    director.page.goto("/todo/")
    director.page.get_by_role("link", name=re.compile("客户反映情况报告")).first.click()
    press(director.page, url, "receive")
    expect(director.page.get_by_text("已锁定").first).to_be_visible()
    calm(director)
    ask = clerk.page.context.request
    files = [ask.get(path).body() for path in (f"{url}report.xlsx", f"/helpdesk/reports/{month}/report.xlsx")]
    assert files[0] == files[1] and files[0][:2] == b"PK"
    house.manage("report", month, "--out", str(house.database.parent / "r.xlsx"))
    assert (house.database.parent / "r.xlsx").read_bytes() == files[0]
    clerk.page.goto(f"/helpdesk/reports/{month}/")
    expect(clerk.page.get_by_text("按报送时的记录")).to_be_visible()
    clerk.page.goto(f"{url}print/")
    expect(clerk.page.get_by_text("每天下班前逐单核对")).to_be_visible()
    found = [f for who in (clerk, manager, director) for f in who.findings.lines]
    assert found == []
