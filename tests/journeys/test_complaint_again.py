"""投诉不满意再处理: from the call to the customer's word, who is not satisfied; the director signs the second time (D4.4.2)."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.browser import Visitor, calm


def complain(clerk: Visitor) -> str:
    """The clerk writes the call at the desk; it becomes a complaint; returns its address."""
    page = clerk.page
    page.goto("/desk/")
    page.locator("[name=kind][value=complaint]").check(force=True)
    page.locator("#id_number").fill("13800138000")
    page.locator("#id_caller_name").fill("周")
    page.locator("#id_content").fill("夜里十一点还在施工，孩子睡不着")
    expect(page.get_by_label("致歉或致谢")).to_be_visible()
    page.locator("#id_content").press("Control+Enter")
    said = page.get_by_role("status").filter(has_text=re.compile(r"TS-\d{4}-\d{4} 已受理")).first
    expect(said).to_be_visible()
    found = re.search(r"TS-\d{4}-\d{4}", said.inner_text())
    assert found
    return f"/helpdesk/complaints/{found.group()}/"


def press(page: Page, url: str, move: str, **fields: str) -> None:
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
        if field.evaluate("el => el.tagName") == "SELECT":
            field.select_option(label=words)
        else:
            field.fill(words)
    box.get_by_role("button", name=re.compile("确定")).click()
    page.wait_for_load_state()


def test_D4_4_2_not_satisfied_goes_one_level_up(visit, house):
    clerk, manager, director = visit("clerk"), visit("manager"), visit("director")
    works = visit("repairer", 375)
    url = complain(clerk)
    press(clerk.page, url, "verify", facts="巡查确认当晚在施工", nature="有效")
    for signer, opinion in ((manager, "不满意"), (director, "满意")):
        sign(signer, url)
        press(clerk.page, url, "send")
        works.page.goto("/todo/")
        expect(works.page.locator("main")).to_contain_text("夜里十一点还在施工")
        for move in ("sign", "work"):
            press(works.page, url, move)
        press(works.page, url, "finish", cause="没有约束分包队", measures="二十点后断电停工")
        press(clerk.page, url, "feedback", way="电话", opinion=opinion, opinion_words="打过电话")
        expect(clerk.page.locator("main")).to_contain_text("再处理" if opinion == "不满意" else "已反馈客户")
    press(clerk.page, url, "close")
    expect(clerk.page.locator(".chip").first).to_contain_text("已关闭")
    expect(clerk.page.locator("main")).to_contain_text("第 2 次处理")
    manager.page.goto(url)
    for visitor in (clerk, works):
        calm(visitor, widths=(visitor.page.viewport_size["width"],))
    assert "台账完好" in house.manage("verify_ledger")


def sign(signer: Visitor, url: str) -> None:
    """The signature names the department and its limit; the second time the manager's is refused."""
    tomorrow = signer.page.evaluate("new Date(Date.now() + 864e5).toLocaleDateString('sv') + 'T18:00'")
    press(
        signer.page, url, "confirm", decision="情况属实，当晚停工", nature="有效", department="工程部", due_at=tomorrow
    )  # fmt: skip
    expect(signer.page.locator("main")).to_contain_text("经理已确认")
