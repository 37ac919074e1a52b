"""约定时间: another time is agreed with its reason, sent from the board, moved once more; what was missed stays missed (D4.4.1)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Visitor, calm
from tests.journeys.house import House
from tests.journeys.test_repair_half_hour import an_hour_passes, fill, known_number, mend, press

FAULT = "入户门锁发涩，要用力才打得开"


def later(hours: float) -> str:
    """A time from now on, as the field takes it."""
    return (
        (datetime.now(UTC) + timedelta(hours=hours))
        .astimezone(ZoneInfo("Asia/Shanghai"))
        .strftime("%Y-%m-%dT%H:%M")
    )


def agree(visitor: Visitor, house: House) -> str:
    """The clerk writes down the call with the time the customer wants; nobody is sent yet. Returns the number."""
    page = visitor.page
    number, name = known_number(house)
    page.goto("/desk/")
    page.locator("[name=rings][value='1']").check(force=True)
    page.locator("[name=kind][value=repair]").check(force=True)
    page.get_by_label("来电号码").fill(number)
    page.keyboard.press("Tab")
    expect(page.locator("#hit")).to_contain_text(name[0])
    page.locator("#id_content").fill(FAULT)
    page.locator("[name=when][value=later]").check(force=True)
    page.get_by_label("预约时间").fill(later(5))
    page.get_by_label("约定人").fill("李女士")
    page.get_by_label("约定原因").fill("业主下班后才在家")
    page.get_by_role("button", name="只保存").click()
    said = page.get_by_role("status").filter(has_text=re.compile(r"WX-\d{4}-\d{4}")).first
    expect(said).to_contain_text("待派工")
    found = re.search(r"WX-\d{4}-\d{4}", said.inner_text())
    assert found
    return found.group()


def send(visitor: Visitor, no: str) -> None:
    """From the board, by the keyboard alone: the order's own list of names, then Enter."""
    page = visitor.page
    page.goto("/helpdesk/repairs/board/")
    calm(visitor, widths=(page.viewport_size["width"],))
    who = page.get_by_label(f"派给（{no}）")
    who.focus()
    who.select_option(label=next(text for text in who.locator("option").all_inner_texts() if "马涛" in text))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text=f"{no} 已派工").first).to_be_visible()
    assert page.get_by_label(f"派给（{no}）").count() == 0
    expect(page.locator(".hand").filter(has_text="马涛")).to_contain_text(FAULT)


def drag(page: Page, no: str, name: str) -> None:
    """By the mouse: the card onto the repairer."""
    card = page.locator("[data-card]").filter(has=page.get_by_label(f"派给（{no}）"))
    card.locator("h3").drag_to(page.locator(".hand").filter(has_text=name).locator("header"))
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [1440, 375])
def test_D4_4_1_another_time_is_agreed_and_kept(visit, house, width):
    clerk = visit("clerk", width)
    no = agree(clerk, house)
    send(clerk, no)
    page = clerk.page
    page.goto(f"/helpdesk/repairs/{no}/")
    expect(page.locator("main")).to_contain_text("约定")
    an_hour_passes(house, no)
    words = {"新的上门时间": later(2), "约定人": "李女士", "原因": "师傅堵在路上，已致歉"}
    fill(page, "rearrange", words)
    expect(page.locator("main")).to_contain_text("没有做到；改约后仍记为超时")
    expect(page.locator("main")).to_contain_text("与李女士约定：师傅堵在路上，已致歉")
    mend(visit("repairer3", width), no)
    page.goto(f"/helpdesk/repairs/{no}/")
    expect(page.locator("main")).to_contain_text(re.compile("按约定 .*到场"))
    expect(page.locator(".chip").filter(has_text="到场超时").first).to_be_visible()
    calm(clerk, widths=(width,))


def test_D4_4_1_an_order_given_back_is_sent_again_by_the_mouse(visit, house):
    clerk, other = visit("clerk"), visit("repairer3")
    no = agree(clerk, house)
    send(clerk, no)
    other.page.goto(f"/helpdesk/repairs/{no}/")
    press(other.page, "接单")
    fill(other.page, "give_back", {"原因": "锁芯要厂家的钥匙，我开不了"})
    expect(other.page).to_have_url(re.compile("/helpdesk/my/"))
    page = clerk.page
    page.goto("/notices/")
    expect(page.locator("main li").filter(has_text=no).filter(has_text="退单").first).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 1800})  # the card and the repairer both in sight
    page.goto("/helpdesk/repairs/board/")
    drag(page, no, "许志明")
    expect(page.get_by_role("status").filter(has_text=f"{no} 已派工").first).to_be_visible()
    expect(page.locator(".hand").filter(has_text="许志明")).to_contain_text(FAULT)
