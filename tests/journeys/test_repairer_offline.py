"""维修员离线: an order mended in a basement without signal arrives once, with picture and signature (D4.4.1, E5.3)."""

from __future__ import annotations

import re
import sqlite3
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.browser import Visitor, calm
from tests.journeys.hands import choose
from tests.journeys.house import House

QUEUE = "[data-queue-count]"
PHONE = 375


def handed(house: House) -> tuple[str, str]:
    """An order that waits for its signature, and whose it is."""
    rows = sqlite3.connect(house.database).execute(
        "SELECT r.no, u.username FROM helpdesk_repair r JOIN core_user u ON u.id = r.repairer_id"
        " WHERE r.status = 'handed' ORDER BY r.id DESC LIMIT 1"
    )
    return rows.fetchone()


def photograph() -> dict[str, object]:
    """What a phone's camera makes: larger than needed."""
    out = BytesIO()
    Image.new("RGB", (3000, 2000), (196, 120, 84)).save(out, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def kept(page: Page) -> None:
    """Wait until the phone has the page and what it needs."""
    page.wait_for_function(
        "async () => { await navigator.serviceWorker.ready; const cache = await caches.open('field-1');"
        " const urls = (await cache.keys()).map(one => one.url);"
        " return urls.includes(location.href) && urls.filter(url => /field.*[.]js/.test(url)).length >= 5; }"
    )


def press(page: Page, name: str) -> None:
    page.locator("[data-card]").get_by_role("button", name=name, exact=True).click()


def sign(page: Page) -> None:
    """A finger across the screen."""
    canvas = page.locator("canvas[data-sign]")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    for x, y in ((120, 90), (180, 40), (260, 95)):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=6)
    page.mouse.up()


def finish(page: Page) -> None:
    """The result with material, picture and signature; without the signature it is not taken."""
    page.locator("#m-finish summary").click()
    form = page.locator("form[data-step=finish]")
    form.get_by_label("措施").fill("换角阀一只，试水十分钟不漏")
    form.get_by_label("材料名称").fill("角阀")
    form.locator("#id_finish_photo_after").set_input_files([photograph()])  # type: ignore[list-item]
    expect(form.locator("[data-thumbs] canvas")).to_have_count(1)
    form.get_by_role("button", name="确定完工").click()
    expect(form.locator("[data-wrong]")).to_contain_text("屏幕上签字")
    sign(page)
    form.locator("[name=signed_name]").fill("周敏")
    form.get_by_role("button", name="确定完工").click()


def mend(page: Page) -> None:
    """The house asks how many; words, picture and signature are back in the form."""
    expect(page.get_by_role("alert").filter(has_text="请填数量")).to_be_visible()
    page.get_by_role("button", name="修改后重发").click()
    form = page.locator("form[data-step=finish]")
    expect(form.locator("[data-photos=photo_after] [data-thumbs] canvas")).to_have_count(1)
    assert form.get_by_label("措施").input_value() == "换角阀一只，试水十分钟不漏"
    form.get_by_label("数量").fill("1")
    form.get_by_label("单价").fill("28")
    form.get_by_role("button", name="确定完工").click()


def forgiven(visitor: Visitor) -> None:
    """What could not be asked for while there was no signal is no fault of the page."""
    visitor.findings.lines[:] = [
        line for line in visitor.findings.lines if "INTERNET_DISCONNECTED" not in line
    ]


def recorded(house: House, no: str, verbs: tuple[str, ...]) -> list[int]:
    """How often each of the moves stands in the ledger."""
    rows = sqlite3.connect(house.database)
    ask = "SELECT count(*) FROM core_event WHERE subject_no = ? AND verb = ?"
    return [rows.execute(ask, (no, verb)).fetchone()[0] for verb in verbs]


def test_D4_4_1_mended_without_signal_it_all_arrives_once(visit, house):
    desk, phone, (no, _) = visit("assistant"), visit(None, PHONE), handed(house)
    desk.page.goto(f"/helpdesk/repairs/{no}/")
    desk.page.get_by_role("link", name="现场链接").click()
    link = desk.page.get_by_label("链接", exact=True).input_value()
    calm(desk)
    page = phone.page
    page.goto(link)
    kept(page)
    calm(phone, widths=(PHONE,))
    phone.context.set_offline(True)
    press(page, "接单")
    expect(page.locator(QUEUE)).to_have_text("待发送 1 项")
    expect(page.locator("main")).to_contain_text("没有信号")
    page.locator("#id_arrive_photo_before").set_input_files([photograph()])  # type: ignore[list-item]
    expect(page.locator("[data-card=arrive] [data-thumbs] canvas")).to_have_count(1)
    press(page, "到场")
    press(page, "开工")
    finish(page)
    expect(page.locator(QUEUE)).to_have_text("待发送 4 项")
    forgiven(phone)
    calm(phone, widths=(PHONE,))
    page.close()
    phone.page = page = phone.context.new_page()
    page.goto(link)
    expect(page.locator(QUEUE)).to_have_text("待发送 4 项")
    assert recorded(house, no, ("acknowledge", "finish")) == [0, 0]
    phone.context.set_offline(False)
    mend(page)
    expect(page.locator("[data-status]")).to_have_text("完工待验收")
    expect(page.locator("[data-queue]")).to_be_hidden()
    assert page.locator("a[href^='tel:']").count() == 0, "the customer's number went with the work"
    forgiven(phone)
    calm(phone, widths=(PHONE,))
    assert recorded(house, no, ("acknowledge", "arrive", "work", "finish", "attach")) == [1, 1, 1, 1, 3]
    desk.page.goto(f"/helpdesk/repairs/{no}/")
    for name in ("修前照片", "修后照片", "周敏的签字"):
        picture = desk.page.get_by_role("img", name=re.compile(name))
        picture.scroll_into_view_if_needed()
        desk.page.wait_for_function("one => one.naturalWidth > 0", arg=picture.element_handle())
    expect(desk.page.locator("main")).to_contain_text("经链接")
    expect(desk.page.locator("main")).to_contain_text("28.00")
    calm(desk)
    assert "台账完好" in house.manage("verify_ledger")


def test_D4_4_1_a_failing_server_and_a_lost_session_only_delay(visit, house):
    no, who = handed(house)
    phone = visit(who, PHONE)
    page, answers = phone.page, [503, 502]
    page.goto(f"/helpdesk/field/{no}/")
    kept(page)
    page.route(
        "**/steps/", lambda route: route.fulfill(status=answers.pop(0)) if answers else route.continue_()
    )
    press(page, "接单")
    expect(page.locator("[data-queue-say]")).to_contain_text("过一会儿自动再试")
    expect(page.locator("[data-queue]")).to_be_hidden(timeout=20_000)
    expect(page.locator("[data-status]")).to_have_text("已接单")
    phone.context.clear_cookies()
    press(page, "到场")
    expect(page.locator("[data-status]")).to_have_text("已到场")
    assert recorded(house, no, ("acknowledge", "arrive")) == [1, 1]
    assert [line for line in phone.findings.lines if not re.match("50[23] POST", line)] == []


def test_E5_3_3_handed_to_somebody_else_meanwhile_nothing_is_lost(visit, house):
    no, who = handed(house)
    desk, phone = visit("assistant"), visit(who, PHONE)
    page = phone.page
    page.goto(f"/helpdesk/field/{no}/")
    kept(page)
    phone.context.set_offline(True)
    press(page, "接单")
    press(page, "到场")
    page.get_by_text("给前台写说明").click()
    desk.page.goto(f"/helpdesk/repairs/{no}/#m-reassign")
    box = desk.page.locator("#m-reassign")
    choose(box, "维修员", "许志明" if who == "repairer" else "陈建国")  # type: ignore[arg-type]
    box.get_by_label("原因").fill("离得近")
    box.get_by_role("button", name="确定转派").click()
    phone.context.set_offline(False)
    expect(page.get_by_role("alert").filter(has_text="已经转派给别人")).to_be_visible()
    expect(page.locator("[data-card]:visible")).to_have_count(0)
    forgiven(phone)
    calm(phone, widths=(PHONE,))
    page.goto("/helpdesk/my/")
    expect(page.locator(QUEUE)).to_have_text("待发送 2 项")
    expect(page.get_by_role("alert").filter(has_text="已经转派给别人")).to_be_visible()
    page.get_by_role("button", name="作为说明发给前台").click()
    expect(page.locator("[data-queue]")).to_be_hidden()
    assert recorded(house, no, ("acknowledge", "arrive", "field_note")) == [0, 0, 1]
    desk.page.goto(f"/helpdesk/repairs/{no}/")
    expect(desk.page.locator("#field")).to_contain_text("没能记上的步骤")
    calm(phone, widths=(PHONE,))
    calm(desk)
