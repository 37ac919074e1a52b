"""查询承诺回电: promised on the telephone, rung up the ladder, answered by a specialist, called back, closed (E5.2.1)."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.browser import Visitor, calm
from tests.journeys.house import House


def promised(clerk: Visitor) -> str:
    """The clerk notes the question and promises to call back; returns the record's address."""
    page = clerk.page
    page.goto("/desk/")
    page.locator("[name=kind][value=enquiry]").check(force=True)
    page.locator("#id_number").fill("139 0000 4201")
    page.locator("#id_caller_name").fill("孙")
    page.locator("#id_content").fill("4 栋能不能装 7 千瓦的充电桩")
    page.locator("[name=handling][value=promise]").check(force=True)
    later = page.evaluate("new Date(Date.now() + 4 * 36e5 + 288e5).toISOString().slice(0, 16)")
    page.locator("#id_reply_due_at").fill(later)
    page.locator("#id_content").press("Control+Enter")
    said = (
        page.get_by_role("status")
        .filter(has_text=re.compile(r"CX-\d{4}-\d{4} 已登记.*前回电，到时提醒"))
        .first
    )
    expect(said).to_be_visible()
    found = re.search(r"CX-\d{4}-\d{4}", said.inner_text())
    assert found
    return f"/helpdesk/enquiries/{found.group()}/"


def press(page: Page, url: str, move: str, **fields: str | bool) -> None:
    """Open the page, fill the move's form (a list by its words), confirm it."""
    page.goto(url)
    box = page.locator(f"#m-{move}")
    if not box.count():
        page.locator(f"#f-{move} button[type=submit]").click()
        page.wait_for_load_state()
        return
    box.locator("summary").click()
    for name, words in fields.items():
        field = box.locator(f"[name={name}]")
        if isinstance(words, bool):
            field.set_checked(words)
        elif field.evaluate("el => el.tagName") == "SELECT":
            field.select_option(label=words)
        else:
            field.fill(words)
    box.get_by_role("button", name=re.compile("确定")).click()
    page.wait_for_load_state()


def time_passes(house: House, no: str) -> None:
    """As if it had been promised a day ago for three hours ago, whatever the hour is."""
    now = datetime.now(UTC).replace(tzinfo=None)
    begun, due = now - timedelta(days=1), now - timedelta(hours=3)
    with sqlite3.connect(house.database, timeout=20) as database:
        database.execute(
            "UPDATE core_clock SET started_at=?, due_at=?, next_at=?, calendar_id=NULL WHERE subject_no=? AND stopped_at IS NULL",
            (begun, due, begun, no),
        )
        row = "(SELECT id FROM helpdesk_enquiry WHERE no=?)"
        database.execute(
            f"UPDATE helpdesk_callback SET made_at=?, due_at=? WHERE enquiry_id={row}", (begun, due, no)
        )
        database.execute("UPDATE helpdesk_enquiry SET reply_due_at=? WHERE no=?", (due, no))
        # The night is quiet; the journey minds no hour.
        database.execute("UPDATE core_rulesetting SET loud=1 WHERE rule='enquiry.reply'")
    database.close()


def test_E5_2_1b_a_promised_call_back_rings_until_it_is_done(visit, house):
    clerk, manager, phone = visit("clerk"), visit("manager"), visit("energy", 375)
    page, url = clerk.page, promised(clerk)
    no = url.split("/")[3]
    # A named specialist has it on the telephone, with the same promise.
    press(page, url, "hand", specialist="罗一鸣（能源中心）", note="请看配电容量")
    phone.page.goto("/todo/")
    expect(phone.page.locator("main")).to_contain_text("4 栋能不能装 7 千瓦的充电桩")
    press(phone.page, url, "accept")
    # Its time passes: it rings at the top of the desk, and in the manager's inbox.
    time_passes(house, no)
    house.manage("sweep")
    manager.page.goto("/notices/")
    expect(manager.page.locator("main")).to_contain_text(
        re.compile(f"{no} 孙.*：答应.*前回电，已过时，请马上回")
    )
    page.goto("/desk/?show=reply")
    expect(page.locator("#open .items > li").first).to_contain_text("回电：4 栋能不能装 7 千瓦的充电桩")
    expect(page.locator("#open .items > li").first).to_contain_text("该回电了")
    # The specialist answers the desk; nobody picks up, then the customer is told.
    press(phone.page, url, "advise", words="余量够，可以装，先签安全承诺书")
    expect(phone.page.locator("main")).to_contain_text("待回复")
    calm(phone, widths=(375,))
    press(page, url, "attempt", note="响了八声没人接")
    expect(page.locator("main")).to_contain_text("没打通 1 次")
    page.goto(url)
    page.locator("#m-reply summary").click()
    expect(page.locator("#m-reply [name=words]")).to_have_value("余量够，可以装，先签安全承诺书")
    page.locator("#m-reply").get_by_role("button", name="确定回复").click()
    expect(page.locator("h1 ~ .chip").first).to_contain_text("已关闭")
    expect(page.locator("main")).to_contain_text("逾期回复")
    calm(clerk, widths=(1440, 375))
    # Both are closed, and what was late stays late in the count of promises.
    page.get_by_role("link", name=re.compile(r"DH-")).first.click()
    expect(page.locator("main")).to_contain_text("已关闭")
    house.manage("sweep")
    page.goto("/desk/?show=reply")
    expect(page.locator("#open")).not_to_contain_text("4 栋能不能装")
    page.goto("/helpdesk/enquiries/promises/")
    expect(page.locator("main tbody")).to_contain_text("林晓雯")
    assert "台账完好" in house.manage("verify_ledger")


def test_E5_2_2_a_visitor_is_received_by_whoever_presses_first(visit):
    clerk, assistant = visit("clerk", 375), visit("assistant")
    page = clerk.page
    page.goto("/helpdesk/enquiries/new/")
    page.locator("#id_caller_name").fill("丁")
    page.locator("#id_content").fill("想租地库车位，问价格和手续")
    page.locator("#id_handling").select_option(label="通知管家、客服经理来接待")
    expect(page.locator("#id_reply")).to_be_hidden()
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("status").filter(has_text="等人接待").first).to_be_visible()
    calm(clerk, widths=(375,))
    assistant.page.goto("/notices/")
    first = assistant.page.locator("li").filter(has_text="前台有来客查询").first
    first.get_by_role("button", name="我来接待").click()
    page.reload()
    expect(page.locator("main")).to_contain_text("赵敏")
    # The answer is taken from a document and says which version.
    page.locator("#m-answer summary").click()
    look = page.locator("#m-answer [name=look]")
    look.fill("装修押金")
    ticked = page.locator("#m-answer [name=sources]").first
    expect(ticked).to_be_visible()
    ticked.check()
    page.locator("#m-answer [name=words]").fill("三百元一个月，带行驶证来办")
    page.locator("#m-answer").get_by_role("button", name="确定当场答复").click()
    expect(page.locator("main")).to_contain_text("依据文件")
    expect(page.locator("main")).to_contain_text(re.compile("第 \\d+ 版"))
    calm(clerk, widths=(375,))
