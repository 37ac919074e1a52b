"""交接班到锁定: two shifts sign, every reason is written, the manager reads, and what was wrong is struck out (E5.3.7, D4.3.3)."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.browser import calm


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_E5_3_7_from_the_change_of_shifts_to_the_locked_day(visit, house):
    # A day that the demo left unsigned: the hour at which this runs does not matter.
    on = datetime.now(ZoneInfo("Asia/Shanghai")).date() - timedelta(days=20)
    with sqlite3.connect(house.database, timeout=20) as connection:  # one thing has been open since then
        waiting = (
            "(SELECT id FROM helpdesk_matter WHERE closed_at IS NULL AND void_at IS NULL ORDER BY id LIMIT 1)"
        )
        connection.execute(
            f"UPDATE helpdesk_matter SET created_at = ? WHERE id = {waiting}", (f"{on} 03:00:00",)
        )
    address = f"/helpdesk/daybook/{on}/"
    clerk, second, manager = visit("clerk"), visit("clerk2", 375), visit("manager")
    page = clerk.page
    page.goto(address)
    calm(clerk)
    press(page, "交班签字")
    expect(page.get_by_role("alert").first).to_contain_text("还有")
    for row in page.locator(".day-left > li").all():
        row.locator("select").select_option(label="人手不足")
        row.locator("input").first.fill("明早第一单")
    press(page, "保存原因")
    expect(page.get_by_text("原因已写齐")).to_be_visible()
    press(page, "交班签字")
    expect(page.get_by_role("alert").first).to_contain_text("早班（08:00–16:00）还没有交班人签字")
    turn = page.locator("section", has=page.locator("#h-turns"))
    turn.get_by_label("值班人").fill("林晓雯、实习生小周")
    turn.get_by_label("交接事项").fill("钥匙在前台抽屉")
    press(page, "早班交班签字")
    expect(turn).to_contain_text("实习生小周")

    second.page.goto(address)
    calm(second, widths=(375,))
    press(second.page, "早班接班签字")
    hand = second.page.locator("section", has=second.page.locator("#h-hand"))
    hand.get_by_label("明日待办").fill("催收底联")
    press(second.page, "交班签字")
    expect(second.page.locator(".chip").first).to_contain_text("已交班")
    page.goto(address)
    press(page, "接班签字")

    desk = manager.page
    desk.goto(address)
    desk.locator("#m-review summary").click()
    desk.locator("#m-review").get_by_label("经理意见").fill("已阅")
    press(desk, "确定审阅签字")
    expect(desk.locator(".chip").first).to_contain_text("已审阅")
    assert desk.get_by_role("button", name="保存原因").count() == 0, "locked"

    desk.goto(f"/helpdesk/corrections/{on}/?field=tomorrow")
    calm(manager)
    desk.get_by_label("明日待办更正为").fill("催收底联，先催 3 栋")
    desk.get_by_label("更正原因").fill("漏写哪一栋")
    press(desk, "确定更正明日待办")
    for tail in ("", "print/"):
        desk.goto(address + tail)
        expect(desk.locator("del", has_text="催收底联").first).to_be_visible()
        expect(desk.locator("main")).to_contain_text("先催 3 栋")
    assert "台账完好" in house.manage("verify_ledger")
