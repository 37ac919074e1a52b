"""突发上报无人应答: two keys from anywhere, nobody answers, the worker climbs, the director takes over (D4.4.4)."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.journeys.browser import Visitor, calm
from tests.journeys.house import House


def raise_alarm(clerk: Visitor) -> str:
    """F9, Enter: nothing is typed, everybody is told. In the middle of a call that is being written."""
    page = clerk.page
    page.goto("/desk/")
    page.locator("#id_content").fill("正在登记另一件事")
    page.locator("#id_content").press("F9")
    expect(page.locator("#sos-content")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/helpdesk/emergencies/TF-"))
    expect(page.get_by_role("status").first).to_contain_text("已同时报告")
    found = re.search(r"TF-\d{4}-\d{4}", page.url)
    assert found
    return found.group()


def minutes_pass(house: House, no: str) -> None:
    """Set the alarm's clock six minutes back: what the worker then sees is an alarm that nobody answered."""
    now = datetime.now(UTC)
    moments = [(now - timedelta(minutes=ago)).strftime("%Y-%m-%d %H:%M:%S.%f") for ago in (6, 1, 1)]
    with sqlite3.connect(house.database, timeout=20) as connection:
        connection.execute(
            "UPDATE core_clock SET started_at=?, due_at=?, next_at=? WHERE subject_no=? AND stopped_at IS NULL",
            [*moments, no],
        )


def wait_for(visitor: Visitor, path: str, words: re.Pattern[str]) -> None:
    """Look again every second until the words stand there."""
    until = datetime.now(UTC) + timedelta(seconds=40)
    visitor.page.goto(path)
    while not visitor.page.locator("main").get_by_text(words).count():
        assert datetime.now(UTC) < until, words
        visitor.page.wait_for_timeout(1000)
        visitor.page.goto(path)


def test_D4_4_4_two_keys_and_nobody_answers(visit, house):
    clerk = visit("clerk")
    no = raise_alarm(clerk)
    calm(clerk, widths=(1440,))
    minutes_pass(house, no)
    director = visit("director", 375)
    wait_for(director, "/notices/", re.compile(rf"{no}.*已报到第 2 级，请您接手"))
    line = director.page.locator("main li").filter(has_text="请您接手").first
    line.get_by_role("button", name="确认收到").click()
    expect(director.page.get_by_role("status").first).to_contain_text("确认收到")
    page = clerk.page
    page.goto(f"/helpdesk/emergencies/{no}/")
    expect(page.locator("#live")).to_contain_text("6 人中 1 人已确认")
    expect(page.locator("#live")).to_contain_text("无人确认，升级")
    page.locator("#m-amend summary").click()
    page.locator("#m-amend").get_by_label("地点").fill("3栋楼道")
    page.locator("#m-amend").get_by_label("情况").fill("3栋楼道冒烟，火灾报警器响")
    page.locator("#m-amend").get_by_role("button", name="确定").click()
    expect(page.locator("main")).to_contain_text("3栋楼道冒烟")
    page.get_by_label("现场情况").fill("秩序员两人到场")
    page.locator("#f-note").get_by_role("button", name="记录").click()
    expect(page.locator("#live")).to_contain_text("秩序员两人到场")
    page.get_by_role("button", name=re.compile("确认有没有人受伤")).click()
    expect(page.locator(".tick.did")).to_contain_text("林晓雯")
    calm(clerk, themes=("light",))
    calm(director, widths=(375,))
    assert "台账完好" in house.manage("verify_ledger")
