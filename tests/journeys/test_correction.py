"""更正: a clerk sets a wrong room right on a closed call; the auditor sees both, the paper shows both (D4.3.3, D4.3.5)."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.browser import calm

CALL = """
from helpdesk.log.models import Call
print(Call.objects.filter(status='closed', recorder__username='clerk', unit__label='3栋1202').latest('pk').no)
"""


def test_D4_3_3_a_wrong_room_stays_readable_beside_the_right_one(visit, house):
    no = house.manage("shell", "-v0", "-c", CALL).strip().splitlines()[-1]
    clerk, auditor, manager = visit("clerk"), visit("auditor"), visit("manager")
    page = clerk.page
    # By keyboard alone: open, choose the field, type, say why, Enter.
    page.goto(f"/helpdesk/calls/{no}/")
    page.locator("#m-correct > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("写错的一栏").focus()
    page.get_by_label("写错的一栏").select_option(label="地址")
    expect(page.get_by_label("地址更正为")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("5-501 厨房")
    calm(clerk)
    page.get_by_role("button", name="确定更正地址").click()
    expect(page.locator("#errors")).to_contain_text("请写明更正的原因")
    assert page.get_by_label("地址更正为").input_value() == "5-501 厨房"
    page.get_by_label("更正原因").fill("听错房号，回放录音核对")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("地址已更正")
    expect(page.locator(".facts del")).to_contain_text("3栋1202")
    expect(page.locator(".facts ins")).to_contain_text("5栋501 厨房")
    calm(clerk)
    # The auditor reads both on the page, on the paper and in the list, and sets nothing right.
    read = auditor.page
    read.goto(f"/helpdesk/calls/{no}/")
    expect(read.locator("#corrections")).to_contain_text("听错房号，回放录音核对")
    expect(read.locator("#m-correct")).to_have_count(0)
    read.get_by_role("link", name="打印").click()
    expect(read.locator("td del")).to_contain_text("3栋1202")
    expect(read.locator("td ins")).to_contain_text("5栋501 厨房")
    expect(read.locator("table")).to_contain_text(re.compile("林晓雯.*更正：听错房号"))
    expect(read.locator("footer")).to_contain_text("记录人：林晓雯")
    calm(auditor, themes=("light",), widths=(1440, 375))
    read.goto("/helpdesk/corrections/")
    expect(read.locator("tbody tr").first).to_contain_text(no)
    calm(auditor)
    # The manager strikes the whole record out; page and paper say so, nothing is gone.
    decide = manager.page
    decide.goto(f"/helpdesk/calls/{no}/")
    case = decide.locator("section", has_text="立的案").get_by_role("link")
    if case.count():
        case.first.click()
        strike(decide)
        decide.goto(f"/helpdesk/calls/{no}/")
    strike(decide)
    expect(decide.locator("main")).to_contain_text("这份记录已作废")
    calm(manager)
    decide.goto(f"/helpdesk/calls/{no}/print/")
    expect(decide.get_by_role("img", name="已作废")).to_be_visible()
    expect(decide.locator("td del")).to_contain_text("3栋1202")
    calm(manager, themes=("light",), widths=(1440,))
    assert "台账完好" in house.manage("verify_ledger")


def strike(page) -> None:
    """作废, with the reason."""
    page.locator("#m-void > summary").click()
    page.locator("#m-void textarea").fill("演练登记，不是真实来电")
    page.get_by_role("button", name="确定作废").click()
    expect(page.get_by_role("status").first).to_contain_text("已作废")
