"""资源抢订: two people want the same room; one draws it on the board, the other reads what else there is (issue 6.1)."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.journeys.applying import CLOCK, days_from_now
from tests.journeys.browser import Visitor, calm

ROOM = "贵宾厅"


def place(page: Page, hour: str):
    """The empty place of ROOM at that hour."""
    return page.get_by_role("link", name=f"预订{ROOM} {hour}", exact=True)


def drawn(visitor: Visitor, on: str) -> None:
    """From 08:00 to 11:00 with the mouse; nine days ahead nothing of the demo is in the way."""
    page = visitor.page
    page.goto(f"/visits/resources/?on={on}&kind=room")
    calm(visitor, widths=(1440, 375))
    a, b = place(page, "08:00").bounding_box(), place(page, "10:00").bounding_box()
    assert a and b
    page.mouse.move(a["x"] + 5, a["y"] + 20)
    page.mouse.down()
    page.mouse.move(b["x"] + 8, b["y"] + 20, steps=6)
    page.mouse.up()
    page.wait_for_url("**/book/**")
    expect(page.get_by_label("开始")).to_have_value(f"{on}T08:00")
    expect(page.get_by_label("结束")).to_have_value(f"{on}T11:00")


def test_B4_the_same_room_wanted_twice(visit, house):
    on = f"{days_from_now(9):%Y-%m-%d}"
    tech, make = visit("tech"), visit("make")
    drawn(tech, on)
    # The other one by keyboard, at the same time: two places to the right of 08:00.
    make.page.goto(f"/visits/resources/?on={on}&kind=room")
    place(make.page, "08:00").focus()
    for key in ("Shift+ArrowRight", "Enter"):
        make.page.keyboard.press(key)
    make.page.wait_for_url("**/book/**")
    expect(make.page.get_by_label("结束")).to_have_value(f"{on}T10:00")

    tech.page.get_by_label("用途").fill("产能评审")
    tech.page.get_by_role("button", name="预订", exact=True).click()
    expect(tech.page.locator("[data-toast=success]")).to_contain_text("08:00–11:00 已订")

    make.page.get_by_label("用途").fill("排产会")
    make.page.get_by_role("button", name="预订", exact=True).click()
    expect(make.page.locator("main")).to_contain_text("这段时间没有空")
    expect(make.page.get_by_label("用途")).to_have_value("排产会")
    calm(make, widths=(1440, 375))
    make.page.get_by_role("link", name=re.compile("^改用")).first.click()
    expect(make.page.get_by_label("用途")).to_have_value("排产会")
    make.page.get_by_role("button", name="预订", exact=True).click()
    expect(make.page.locator("[data-toast=success]")).to_contain_text("已订")
    assert "台账完好" in house.manage("verify_ledger")


def test_B4_a_finger_books_on_a_phone_and_the_applicant_from_the_reception(visit):
    on = days_from_now(11)
    phone = visit("general", 375)
    phone.page.goto(f"/visits/resources/?on={on:%Y-%m-%d}&kind=car")
    phone.page.get_by_role("link", name=re.compile("^预订.* 09:00$")).first.tap()
    phone.page.get_by_label("结束").fill((on.replace(hour=9, minute=0) + timedelta(hours=3)).strftime(CLOCK))
    phone.page.get_by_label("用途").fill("送样件")
    phone.page.get_by_role("button", name="预订", exact=True).tap()
    expect(phone.page.locator("main")).to_contain_text("09:00–12:00")
    calm(phone, widths=(375,))

    sales = visit("sales")
    sales.page.goto("/visits/requests/?scope=mine&status=preparing")
    sales.page.locator(".items .ttl").first.click()
    sales.page.locator("#resources").get_by_role("link", name="订资源", exact=True).click()
    expect(sales.page.locator("main")).to_contain_text("为 JD-")
    sales.page.get_by_role("link", name=re.compile("^预订")).first.click()
    sales.page.get_by_role("button", name="预订", exact=True).click()
    expect(sales.page.locator("[data-toast=success]")).to_contain_text("已订")
    expect(sales.page.locator("#resources .items")).to_contain_text("已订")
    calm(sales, widths=(1440,))
