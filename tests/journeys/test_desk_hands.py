"""The desk from the keyboard: whose number it is, what is said when, and which keys do nothing while one types."""

from __future__ import annotations

import re
import sqlite3

from playwright.sync_api import expect

from tests.journeys.browser import calm


def numbers(house, wanted: str) -> str:
    """A number of the demo: `shared` by several people, or of a `leader` alone."""
    having = {
        "shared": "count(*) > 1 AND max(r.is_leader) = 0",
        "leader": "count(*) = 1 AND max(r.is_leader) = 1",
    }
    rows = sqlite3.connect(house.database).execute(
        "SELECT p.number FROM helpdesk_phone p JOIN helpdesk_resident r ON r.id = p.resident_id"
        f" GROUP BY p.digits HAVING {having[wanted]} ORDER BY 1 LIMIT 1"
    )
    (found,) = rows.fetchone()
    return found


def test_E5_2_1a_C3_C8_who_calls_and_what_is_said(visit, house):
    with sqlite3.connect(house.database, timeout=20) as connection:
        connection.execute("UPDATE helpdesk_script SET seconds = 5 WHERE spot = 'wait'")
    visitor = visit("clerk")
    page, keys = visitor.page, visitor.page.keyboard
    page.goto("/desk/")
    said = page.locator("#script [data-line]")
    expect(said).to_contain_text("有什么可以帮您")
    page.locator("#call [name=channel]").select_option("visit")
    page.locator("#call [name=kind]:checked").focus()
    expect(said).to_contain_text("起身相迎")  # C1
    page.locator("#call [name=channel]").select_option("phone")
    number = page.locator("#call [name=number]")
    # A number that several people share asks which, however it is written; a digit answers.
    number.fill(f"+86 {numbers(house, 'shared')}")
    keys.press("Enter")
    expect(page.locator("#hit")).to_contain_text("请问是哪一位")
    expect(page.locator("#hit button").first).to_be_focused()
    second = page.locator("#hit button").nth(1).inner_text()
    calm(visitor, widths=(1440, 375))
    keys.press("2")
    expect(page.locator("#call [name=content]")).to_be_focused()
    name = page.locator("#call [name=caller_name]").input_value()
    assert name in second
    assert page.locator("#call [name=resident]").input_value() != ""
    # C8: a leader is flagged with the script of leaders.
    number.fill(numbers(house, "leader"))
    keys.press("Enter")
    expect(page.locator("#hit")).to_contain_text("公司领导")
    expect(page.locator("#call [name=content]")).to_be_focused()
    expect(said).to_contain_text("让对方先挂")
    # C3: 请稍等, and after the seconds of the script 让您久等了.
    keys.press("Alt+w")
    expect(said).to_contain_text("请稍等")
    expect(said).to_contain_text("让您久等了", timeout=9000)
    expect(page.locator("#waited")).to_contain_text("已等")
    keys.press("Alt+w")
    expect(page.locator("#waited")).to_be_hidden()
    # ? lists the keys, but not while one types.
    keys.type("几点?")
    expect(page.locator("#call [name=content]")).to_have_value("几点?")
    assert page.locator("dialog[open]").count() == 0
    expect(page.locator("#readback")).to_contain_text("几点?")
    keys.press("Alt+c")
    expect(page.locator("#call [name=repeated]")).to_be_checked()
    page.locator("#call [name=kind]:checked").focus()
    keys.press("?")
    expect(page.locator("#keys")).to_contain_text("回到刚才那一栏")
    calm(visitor, widths=(1440,))
    keys.press("Escape")
    expect(page.locator("[data-draft-status]")).to_have_text(re.compile("已存"))
