"""打断与返回: a walk-in half typed, a telephone that rings, and back to the very letter (D4.2, E5.2.1d)."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import ARGS, calm, chromium
from tests.journeys.test_repair_half_hour import known_number

WALK_IN = "想问一下装修押金，上个月十五号就验收过了，到现在还没有退"
MIDDLE = WALK_IN.index("验收") + 1  # between 验 and 收
SAVED = re.compile(r"\d\d:\d\d:\d\d 已存")
# The server has answered for every begun call, and for the one at hand with the place of the hand in the word.
ON_THE_SERVER = """caret => {
  const shelf = Object.keys(localStorage).find(name => name.startsWith("park:"));
  const rows = JSON.parse(localStorage.getItem(shelf) || "[]");
  return rows.length === 2 && rows.every(row => row.ok) && rows.some(row => row.caret === caret);
}"""


def typed(page: Page, name: str):
    return page.locator(f"#call [name={name}]")


def walk_in(page: Page) -> None:
    """Somebody stands at the desk; half of it is typed, and the hand is in the middle of a word."""
    page.goto("/desk/")
    typed(page, "channel").select_option("visit")
    page.locator("#call [name=kind][value=enquiry]").check(force=True)
    typed(page, "caller_name").fill("欧阳")
    typed(page, "company").fill("知行科技")
    typed(page, "content").press_sequentially(WALK_IN)
    typed(page, "content").evaluate("(el, at) => el.setSelectionRange(at, at)", MIDDLE)


def is_back(page: Page) -> None:
    """Every word of it, the field and the place in the word."""
    expect(typed(page, "content")).to_have_value(WALK_IN)
    expect(typed(page, "content")).to_be_focused()
    expect(typed(page, "caller_name")).to_have_value("欧阳")
    expect(typed(page, "company")).to_have_value("知行科技")
    expect(typed(page, "channel")).to_have_value("visit")
    assert page.locator("#call [name=kind]:checked").input_value() == "enquiry"
    assert typed(page, "content").evaluate("el => [el.selectionStart, el.selectionEnd]") == [MIDDLE, MIDDLE]


def test_D4_2_E5_2_1d_the_telephone_interrupts_and_the_walk_in_goes_on(visit, house):
    visitor = visit("clerk")
    page, keys = visitor.page, visitor.page.keyboard
    walk_in(page)
    keys.press("Alt+p")
    expect(page.locator("#parked")).to_contain_text("暂挂")
    expect(page.locator("#parked")).to_contain_text(WALK_IN[:20])
    expect(typed(page, "content")).to_have_value("")
    expect(typed(page, "channel")).to_have_value("phone")
    calm(visitor)
    page.locator("[name=rings]").first.focus()
    for key in ("2", "1"):
        keys.press(key)
    keys.type(known_number(house)[0])
    keys.press("Enter")
    expect(typed(page, "content")).to_be_focused()
    keys.type("卫生间顶上滴水")
    keys.press("Control+Enter")
    expect(page.locator("[data-toast=success]")).to_contain_text(re.compile(r"WX-\d{4}-\d{4,} 已派给"))
    expect(page.locator("#parked li")).to_have_count(1)
    keys.press("Alt+r")
    is_back(page)
    keys.type("、")  # the hand goes on where it was
    expect(typed(page, "content")).to_have_value(f"{WALK_IN[:MIDDLE]}、{WALK_IN[MIDDLE:]}")
    page.locator("#call [name=handling][value=transfer]").check(force=True)
    typed(page, "transfer_to").fill("财务")
    keys.press("Control+Enter")
    expect(page.locator("[data-toast=success]")).to_contain_text(re.compile(r"(DH|CX)-\d{4}-\d{4,}"))
    expect(page.locator("#parked")).to_be_hidden()
    calm(visitor, widths=(1440,))


def test_D4_2_several_are_parked_listed_and_taken_in_turn(visit):
    page = visit("clerk").page
    page.goto("/desk/")
    for words in ("第一件", "第二件", "第三件"):
        typed(page, "content").fill(words)
        page.keyboard.press("Alt+p")
    expect(page.locator("#parked li")).to_have_count(3)
    seen = []
    for _ in range(4):
        page.keyboard.press("Alt+r")
        seen.append(typed(page, "content").input_value())
    assert seen == ["第三件", "第二件", "第一件", "第三件"]
    page.locator("#parked li", has_text="第一件").get_by_role("button", name="接着办").click()
    expect(typed(page, "content")).to_have_value("第一件")
    # E5.2.1d: no record only with a reason.
    row = page.locator("#parked li", has_text="第二件")
    row.get_by_role("button", name="不登记…").click()
    page.keyboard.press("Enter")
    expect(page.locator("#parked [role=alert]")).to_contain_text("不登记要写明原因")
    page.keyboard.type("打错了")
    page.keyboard.press("Enter")
    expect(page.locator("#parked li")).to_have_count(1)
    page.goto("/helpdesk/calls/begun/")
    expect(page.locator("main")).to_contain_text("打错了")


def test_D4_2_nobody_else_sees_it_and_its_writer_finds_it_on_another_machine(visit):
    first, other = visit("clerk"), visit("assistant")
    walk_in(first.page)
    expect(first.page.locator("[data-draft-status]")).to_have_text(SAVED)
    other.page.goto("/desk/")
    expect(other.page.locator("#parked")).to_be_hidden()
    other.page.goto("/helpdesk/calls/begun/")
    expect(other.page.locator("main")).to_contain_text("只有本人看得到")
    expect(other.page.locator("main")).not_to_contain_text("装修押金")
    calm(other)
    second = visit("clerk")
    second.page.goto("/desk/")
    expect(second.page.locator("#parked")).to_contain_text("没登记完")
    second.page.keyboard.press("Alt+r")
    is_back(second.page)


@contextmanager
def own_browser(browser: Browser, folder: Path):
    """A Chromium of our own on that profile, to be killed: (its page, the process)."""
    port = folder / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    command = [chromium(), "--headless", "--remote-debugging-port=0", f"--user-data-dir={folder}", *ARGS]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while not (port.exists() and port.read_text().strip()):
            assert time.monotonic() < until
            time.sleep(0.05)
        address = f"http://127.0.0.1:{port.read_text().splitlines()[0]}"
        joined = browser.browser_type.connect_over_cdp(address)
        yield joined.contexts[0].new_page(), process
    finally:
        process.kill()
        process.wait()


def test_D4_2_a_killed_browser_loses_nothing(browser, house, tmp_path):
    with own_browser(browser, tmp_path / "profile") as (page, process):
        page.goto(f"{house.url}/login/")
        page.fill("input[name=username]", "clerk")
        page.fill("input[name=password]", "demo")
        page.press("input[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        page.goto(f"{house.url}/desk/")
        typed(page, "content").fill("先暂挂的一件")
        page.keyboard.press("Alt+p")
        page.evaluate("location.href = '/helpdesk/calls/'")
        page.wait_for_url("**/helpdesk/calls/")
        page.goto(f"{house.url}/desk/")
        expect(page.locator("#parked li")).to_have_count(1)
        page.locator("#call [name=channel]").select_option("visit")
        page.locator("#call [name=kind][value=enquiry]").check(force=True)
        typed(page, "caller_name").fill("欧阳")
        typed(page, "company").fill("知行科技")
        typed(page, "content").press_sequentially(WALK_IN)
        typed(page, "content").evaluate("(el, at) => el.setSelectionRange(at, at)", MIDDLE)
        page.keyboard.press("Shift")
        expect(page.locator("[data-draft-status]")).to_have_text(SAVED)
        page.wait_for_function(ON_THE_SERVER, arg=MIDDLE)  # a pause of the hand, however slow the machine
        process.send_signal(signal.SIGKILL)
        process.wait()
    with own_browser(browser, tmp_path / "profile") as (page, _):
        page.goto(f"{house.url}/desk/")
        if "/login/" in page.url:  # the session's cookie died with it: it is the same person who signs in
            page.fill("input[name=username]", "clerk")
            page.fill("input[name=password]", "demo")
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda url: "/login/" not in url)
            page.goto(f"{house.url}/desk/")
        expect(page.locator("#parked li")).to_have_count(2)
        page.keyboard.press("Alt+r")
        is_back(page)
        page.keyboard.press("Alt+r")
        expect(typed(page, "content")).to_have_value("先暂挂的一件")


def test_E5_2_1d_leaving_with_a_begun_call_asks_and_keeps_it(visit):
    page = visit("clerk").page
    page.goto("/desk/")
    typed(page, "content").press_sequentially("电梯口的灯")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="来电记录").first.click()
    expect(typed(page, "content")).to_have_value("电梯口的灯")
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="来电记录").first.click()
    page.wait_for_url("**/helpdesk/calls/")
    assert asked == ["beforeunload", "beforeunload"]
    page.goto("/desk/")
    expect(page.locator("#parked")).to_contain_text("电梯口的灯")


@pytest.mark.parametrize("key", ["Enter", "F9", "Alt+p"])
def test_a_chinese_input_method_is_never_cut(visit, key):
    """While pinyin is being chosen the browser says keyCode 229: no key submits, jumps, parks or opens anything."""
    page = visit("clerk").page
    page.goto("/desk/")
    typed(page, "content").focus()
    cdp = page.context.new_cdp_session(page)
    cdp.send("Input.imeSetComposition", {"text": "loushui", "selectionStart": 7, "selectionEnd": 7})
    name = key.rpartition("+")[2]
    event = {"windowsVirtualKeyCode": 229, "key": name, "code": {"p": "KeyP"}.get(name, name)}
    modifiers = 1 if key.startswith("Alt") else 0
    cdp.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "modifiers": modifiers, **event})
    cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", "modifiers": modifiers, **event})
    assert page.locator("dialog[open]").count() == 0
    expect(typed(page, "content")).to_be_focused()
    cdp.send("Input.insertText", {"text": "漏水"})
    expect(typed(page, "content")).to_have_value("漏水")
    expect(page).to_have_url(re.compile("/desk/$"))
    assert page.locator(".errs").count() == 0
