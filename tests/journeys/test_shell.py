"""The frame in a real browser: sign-in, theme, keys, menu, drafts; calm at every width in both themes."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import calm

PHONE = 375


# What no link leads to, or the stock admin serves; test_every_page walks the rest.
ALONE = {
    None: ("/nowhere/", "/admin/login/"),
    "sales": ("/search/?q=远航", "/search/?q=无此物", "/nowhere/", "/helpdesk/calls/"),
    "admin": ("/admin/", "/admin/core/user/", "/admin/core/user/1/change/", "/admin/core/event/"),
    "gm": ("/admin/visits/reception/",),
}


@pytest.mark.parametrize(("who", "paths"), ALONE.items())
def test_pages_that_no_link_leads_to_are_calm(visit, who, paths):
    visitor = visit(who)
    for path in paths:
        visitor.page.goto(path)
        calm(visitor)


def test_signing_in_by_keyboard_alone(visit):
    page = (visitor := visit(None)).page
    page.goto("/notices/")
    page.keyboard.type("sales")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")
    calm(visitor)
    expect(page.get_by_label("账号")).to_have_value("sales")
    page.get_by_label("密码", exact=True).fill("demo")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # 显示密码
    expect(page.get_by_label("密码", exact=True)).to_have_attribute("type", "text")
    page.get_by_label("密码", exact=True).press("Enter")
    expect(page).to_have_url(re.compile(r"/notices/$"))


def test_one_click_sign_in_and_out(visit):
    page = visit(None, width=PHONE).page
    page.goto("/login/")
    page.get_by_role("button", name="沈国栋").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("待办")
    page.get_by_label("沈国栋，账户").click()
    page.get_by_role("button", name="退出").click()
    expect(page).to_have_url(re.compile(r"/login/$"))


def test_the_theme_is_remembered_without_a_flash(visit):
    page = visit("sales").page
    root = page.locator("html")
    expect(root).to_have_attribute("data-bs-theme", "light")
    page.get_by_role("button", name="切换深浅色").first.click()
    expect(root).to_have_attribute("data-bs-theme", "dark")
    assert 'data-bs-theme="dark"' in page.request.get("/todo/").text()
    page.goto("/todo/")
    expect(root).to_have_attribute("data-bs-theme", "dark")


def test_without_a_choice_the_system_decides(visit):
    page = visit("sales").page
    page.emulate_media(color_scheme="dark")
    page.goto("/todo/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert 'data-bs-theme="dark"' in page.request.get("/todo/").text()
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_the_admin_follows_the_same_switch(visit):
    page = visit("admin").page
    page.goto("/admin/")
    page.get_by_role("button", name="切换深浅色").click()
    page.goto("/admin/core/user/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_keys_reach_everything(visit):
    page = visit("sales").page
    page.goto("/todo/")
    page.keyboard.press("/")
    expect(page.get_by_label("搜索", exact=True)).to_be_focused()
    page.keyboard.type("?/jk")
    expect(page.get_by_label("搜索", exact=True)).to_have_value("?/jk")
    page.locator("main").focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("main .items .ttl").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("main .items .ttl").nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile(r"/todo/$"))


def test_the_skip_link_is_first(visit):
    page = visit("sales").page
    page.goto("/notices/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_notice_is_read_by_opening_it(visit):
    page = visit("sales").page
    page.goto("/notices/")
    before = page.locator(".items li:not(.read)").count()
    assert before > 0
    page.locator(".items li:not(.read) .ttl").first.click()
    page.goto("/notices/")
    expect(page.locator(".items li").first).to_be_visible()
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.get_by_role("status")).to_contain_text("已标为已读")
    page.get_by_role("button", name="知道了").click()
    expect(page.locator("[data-toast]")).to_have_count(0)
    expect(page.locator(".items li:not(.read)")).to_have_count(0)


# --- nothing typed is lost ------------------------------------------------------------------------------------

WHY = "客户改期到下月"


def open_cancel(page) -> None:
    """The first reception of one's own that can still be cancelled, its page of the cancellation open."""
    page.goto("/visits/requests/?q=远航&status=pending")
    page.locator(".items .ttl").first.click()
    page.get_by_role("link", name="取消接待").click()
    expect(page.locator("#m-cancel")).to_be_visible()


def test_text_survives_a_killed_browser(visit):
    visitor = visit("sales")
    open_cancel(visitor.page)
    visitor.page.get_by_label("原因").first.press_sequentially(WHY)
    visitor.page.wait_for_timeout(400)
    address = visitor.page.url
    visitor.page.close()
    page = visitor.page = visitor.context.new_page()
    page.goto(address)
    box = page.locator("#m-cancel")
    expect(box.get_by_role("status")).to_contain_text("有没交完的内容")
    calm(visitor)
    box.get_by_role("button", name="恢复").click()
    expect(box.get_by_label("原因")).to_have_value(WHY)
    expect(box.get_by_label("原因")).to_be_focused()
    box.get_by_role("button", name=re.compile("取消")).click()
    expect(page.locator("[data-toast=success]")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draft:'))") == []


def test_text_survives_a_lost_token_and_counts_once(visit):
    visitor = visit("sales")
    page = visitor.page
    open_cancel(page)
    box = page.locator("#m-cancel")
    once = box.locator("[name=_once]").input_value()
    box.get_by_label("原因").fill(WHY)
    page.evaluate(
        "document.querySelectorAll('[name=csrfmiddlewaretoken]').forEach(e => e.value = 'x'.repeat(64))"
    )
    box.get_by_role("button", name=re.compile("取消")).click()
    expect(page.get_by_role("heading", name="这一页放得太久，没有提交成功")).to_be_visible()
    calm(visitor)
    page.get_by_role("link", name="重新打开").click()
    expect(box.get_by_role("status")).to_contain_text("没有收到回音")
    box.get_by_role("button", name="恢复").click()
    expect(box.get_by_label("原因")).to_have_value(WHY)
    assert box.locator("[name=_once]").input_value() == once


def test_a_draft_can_be_thrown_away(visit):
    page = visit("sales").page
    open_cancel(page)
    page.locator("#m-cancel").get_by_label("原因").fill(WHY)
    page.wait_for_timeout(400)
    page.reload()
    page.get_by_role("button", name="不用了").click()
    page.reload()
    expect(page.get_by_role("button", name="恢复")).to_have_count(0)
