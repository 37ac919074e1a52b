"""政府会议座次: seated by the custom, moved by mouse, keys and finger, and printed (B2a, issue 6.6)."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.browser import calm


def seat(page: Page, number: int):
    """The place of that number."""
    return page.locator(f"#seat-{number}")


def who(page: Page, number: int) -> str:
    """Who sits there."""
    return seat(page, number).get_attribute("data-name") or ""


def told(page: Page, words: str) -> None:
    """The page says that it was done."""
    expect(page.locator("[data-toast=success]")).to_contain_text(words)


def test_B2a_a_government_meeting_is_seated_and_printed(visit, house):
    office = visit("office")
    page = office.page
    page.goto("/visits/meetings/")
    calm(office, widths=(1440, 375))
    page.locator(".items .ttl").first.click()
    expect(page.get_by_role("heading", name="园区重点项目推进座谈会")).to_be_visible()
    calm(office)
    page.get_by_role("link", name="排座", exact=True).click()

    # 主席台 of five: the first in the middle, the second at their left hand.
    page.get_by_label("会场布置").select_option("stage")
    page.get_by_label("主席台人数").fill("5")
    page.get_by_role("button", name="按规则排座").click()
    told(page, "已按规则排座")
    expect(page.locator("main")).to_contain_text("单数时第 1 位居中，第 2 位在其左手")
    page.get_by_label("会场布置").select_option("ring")
    page.get_by_role("button", name="按规则排座").click()
    told(page, "已按规则排座")
    calm(office)

    # By mouse: dragged onto another, they change places.
    first, second = who(page, 3), who(page, 5)
    a, b = seat(page, 3).bounding_box(), seat(page, 5).bounding_box()
    assert first and second and a and b
    page.mouse.move(a["x"] + 40, a["y"] + 30)
    page.mouse.down()
    page.mouse.move(b["x"] + 40, b["y"] + 30, steps=5)
    page.mouse.up()
    told(page, f"{first}坐 5 号，{second}换到 3 号")
    assert (who(page, 3), who(page, 5)) == (second, first)
    assert page.evaluate("document.activeElement.id") == "seat-5"

    # By keys alone: one to the left, taken, and back.
    page.keyboard.press("ArrowLeft")
    left = who(page, 4)
    page.keyboard.press("Enter")
    expect(page.locator("[data-says]")).to_contain_text(f"拿起了{left}")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    told(page, f"{left}坐 5 号，{first}换到 4 号")

    # An older page learns that it is old, and seats nobody.
    phone = visit("office", 375)
    phone.page.goto(page.url.split("#")[0])
    form = page.locator("#place")
    one = form.get_by_label("谁").locator("option", has_text=first).first.get_attribute("value")
    form.get_by_label("谁").select_option(one)
    form.get_by_label("坐到").select_option("")
    page.get_by_role("button", name="换座", exact=True).click()
    told(page, f"{first}不排座")
    seat(phone.page, 5).tap()
    seat(phone.page, 3).tap()
    expect(phone.page.locator("[role=alert]")).to_contain_text("刚刚")

    # By finger: whoever stands is put back.
    phone.page.goto(page.url.split("#")[0])
    phone.page.get_by_role("button", name=re.compile(f"^{first}")).tap()
    seat(phone.page, 4).tap()
    told(phone.page, f"{first}坐 4 号")
    calm(phone, widths=(375,))

    page.goto(page.url.split("seats/")[0])
    page.get_by_role("button", name="提前", exact=False).first.click()
    told(page, "发言顺序已调整")
    for paper, words in (("座位图", first), ("桌牌", first), ("席卡", first), ("会议指南", "发言顺序")):
        page.locator("aside .btn", has_text=paper).click()
        expect(page.locator("#main")).to_contain_text(words)
        calm(office, widths=(1440,), themes=("light",))
        page.get_by_role("link", name="返回").click()
    assert "台账完好" in house.manage("verify_ledger")
