"""What the journeys of an application share: the form filled in by hand, and the answers of those who decide."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from reception.core.clock.periods import local
from tests.journeys.browser import Visitor, calm
from tests.journeys.hands import choose

CLOCK = "%Y-%m-%dT%H:%M"


def days_from_now(days: int, hour: int = 9, minute: int = 40) -> datetime:
    """That clock time so many days from today, in Shanghai."""
    here = local(datetime.now().astimezone()) + timedelta(days=days)
    return here.replace(hour=hour, minute=minute, second=0, microsecond=0)


def section(page: Page, title: str):
    """One section of the form by its heading."""
    return page.locator("section.pan").filter(has=page.get_by_role("heading", name=title, exact=True))


def begin(page: Page, organisation: str, contact: str, heads: int, subject: str) -> None:
    """Who comes and why."""
    page.goto("/visits/requests/new/")
    page.get_by_label("来访单位", exact=True).fill(organisation)
    page.get_by_label("对方联系人").fill(contact)
    page.get_by_label("人数", exact=True).first.fill(str(heads))
    page.get_by_label("目的", exact=True).select_option(label="考察")
    page.get_by_label("事由").fill(subject)


def stay(page: Page, arrive: datetime, hours: int) -> None:
    """When they come and go."""
    page.get_by_label("到达", exact=True).fill(arrive.strftime(CLOCK))
    page.get_by_label("离开", exact=True).fill((arrive + timedelta(hours=hours)).strftime(CLOCK))


def level(page: Page, tier: str, host: str) -> None:
    """拟定级别 and 主陪领导."""
    page.get_by_text(tier, exact=True).click()
    choose(page, "主陪领导", host)


def tick(page: Page, *needs: str) -> None:
    """接待需要."""
    for need in needs:
        page.locator("#needs label.tick").filter(has_text=need).click()


def submit(visitor: Visitor) -> str:
    """提交审批; the number of the reception."""
    visitor.page.get_by_role("button", name="提交审批").click()
    visitor.page.wait_for_url(re.compile(r"/visits/requests/JD-\d{4}-\d{4}/$"))
    return visitor.page.url.rstrip("/").rsplit("/", 1)[1]


def refused(visitor: Visitor, *sentences: str) -> None:
    """提交审批 is refused with all of these sentences at the head; the page is still whole."""
    page = visitor.page
    with page.expect_event("load"):  # the answer's page, not the one before, which may say the same
        page.get_by_role("button", name="提交审批").click()
    errors = page.locator("#errors")
    expect(errors).to_be_visible()
    for sentence in sentences:
        expect(errors).to_contain_text(sentence)
    calm(visitor, widths=(page.viewport_size["width"],))


def answer(visitor: Visitor, no: str, button: str, opinion: str = "") -> None:
    """Whoever decides, from 待办: 同意 or 退回, with a word."""
    page = visitor.page
    page.goto("/todo/")
    page.locator(f"a[href*='{no}']").first.click()
    page.wait_for_url(re.compile(r"/decide/$"), wait_until="load")
    if opinion:
        page.get_by_role("textbox", name="意见").fill(opinion)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(lambda url: "/decide/" not in url, wait_until="load")
