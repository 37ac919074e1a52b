"""A front-desk machine that several people share: what one typed is kept for that one, and gone when they leave."""

import re

from playwright.sync_api import expect

LEFT = "Object.keys(localStorage).filter(k => /^(park|draft):/.test(k) && JSON.parse(localStorage[k])?.length !== 0)"


def typed(page, name):
    return page.locator(f"#call [name={name}]")


def leave(page, *, sure):
    """Press 退出 and answer the question."""
    page.once("dialog", lambda dialog: dialog.accept() if sure else dialog.dismiss())
    page.locator("header summary.ava").click()
    page.get_by_role("button", name="退出").click()


def test_what_was_not_sent_is_cleared_when_its_writer_signs_out(visit):
    page = visit("clerk").page
    page.goto("/desk/")
    typed(page, "content").fill("住户的手机号是13800138000")
    page.keyboard.press("Alt+p")
    expect(page.locator("#parked")).to_contain_text("还有 1 件没有登记")
    expect(page.locator("[data-draft-status]")).to_be_empty()
    leave(page, sure=False)
    expect(page).to_have_url(re.compile("/desk/"))
    assert page.evaluate(LEFT) != []
    leave(page, sure=True)
    expect(page).to_have_url(re.compile("/login/"))
    assert page.evaluate(LEFT) == []
    # It waits under its writer's name on the server, and nobody else is shown it.
    for name, shown in (("assistant", False), ("clerk", True)):
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", "demo")
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        page.goto("/desk/")
        expect(page.locator("#parked")).to_be_visible(visible=shown)
        leave(page, sure=True)
        expect(page).to_have_url(re.compile("/login/"))


def test_a_refused_call_is_parked_whole_and_leaves_an_empty_form(visit):
    page = visit("clerk").page
    page.goto("/desk/")
    typed(page, "content").fill("厨房漏水")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".errs")).to_be_visible()
    expect(typed(page, "content")).to_have_value("厨房漏水")
    page.keyboard.press("Alt+p")
    expect(typed(page, "content")).to_have_value("")
    typed(page, "place").fill("大堂")
    page.keyboard.press("Alt+r")
    expect(typed(page, "content")).to_have_value("厨房漏水")
    expect(page.locator("#parked")).to_contain_text("大堂")
