"""报修半小时: a call becomes an order, is reached, mended, signed and closed; one that is late climbs (D4.4.1, E5.3)."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import Visitor, calm
from tests.journeys.hands import choose
from tests.journeys.house import House

FAULT = "厨房水槽下面的水管接口一直漏水，总阀已经关了"


def known_number(house: House) -> tuple[str, str]:
    """A number that belongs to one resident only, and that resident's surname."""
    rows = sqlite3.connect(house.database).execute(
        "SELECT p.digits, min(r.name) FROM helpdesk_phone p JOIN helpdesk_resident r ON r.id = p.resident_id"
        " GROUP BY p.digits HAVING count(*) = 1 ORDER BY 1 LIMIT 1"
    )
    digits, name = rows.fetchone()
    return f"{digits[:3]}-{digits[3:7]} {digits[7:]}", name


def log_call(visitor: Visitor, house: House) -> str:
    """From the keyboard alone: rings, kind, number, what it is, Ctrl+Enter; returns the order's number."""
    page, keys = visitor.page, visitor.page.keyboard
    number, name = known_number(house)
    page.goto("/desk/")
    page.locator("[name=rings]:checked, [name=rings]").first.focus()
    keys.press("2")  # picked up at the second ring
    keys.press("1")  # 报修
    keys.type(number)
    expect(page.locator("#hit")).to_contain_text(name[0])
    keys.press("Enter")
    expect(page.locator("#id_content")).to_be_focused()
    keys.type(FAULT)
    expect(page.locator("#suggest")).to_contain_text("水")
    choose(page, "派给", "陈建国")
    calm(visitor, widths=(page.viewport_size["width"],))
    page.locator("#id_content").focus()
    keys.press("Control+Enter")
    said = page.get_by_role("status").filter(has_text=re.compile(r"WX-\d{4}-\d{4}")).first
    expect(said).to_be_visible()
    number = re.search(r"WX-\d{4}-\d{4}", said.inner_text())
    assert number
    return number.group()


def press(page: Page, name: str) -> None:
    """A button that needs nothing more."""
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def fill(page: Page, move: str, fields: dict[str, str]) -> None:
    """Open a move's form, fill it, confirm it."""
    box = page.locator(f"#m-{move}")
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    for label, text in fields.items():
        box.get_by_label(label, exact=False).first.fill(text)
    box.get_by_role("button", name=re.compile("确定")).click()
    page.wait_for_load_state()


def mend(visitor: Visitor, no: str) -> None:
    """The repairer on the phone: 接单, 到场, 完工; without measures the form is refused and keeps its words."""
    page = visitor.page
    page.goto(f"/helpdesk/repairs/{no}/")
    press(page, "接单")
    press(page, "到场")
    expect(page.locator("main")).to_contain_text("已到场")
    fill(page, "finish", {"客户意见": "很快"})
    expect(page.locator("#m-finish")).to_contain_text("措施")
    assert page.locator("#m-finish").get_by_label("客户意见").input_value() == "很快"
    fill(page, "finish", {"措施": "换角阀一只，试水十分钟不漏", "客户签字": "周敏"})
    expect(page.locator("main")).to_contain_text("完工待验收")
    calm(visitor, widths=(page.viewport_size["width"],))


def close(visitor: Visitor, no: str) -> None:
    """The clerk: the slip comes back, a call to the customer, the customer's word."""
    page = visitor.page
    page.goto(f"/helpdesk/repairs/{no}/")
    for move, fields in (
        ("slip", {}),
        ("revisit", {"回访": "不漏了，满意"}),
        ("close", {"客户": "修得很好"}),
    ):
        fill(page, move, fields) if page.locator(f"#m-{move}").count() else press(page, "登记底联返回")
    expect(page.locator(".chip").first).to_contain_text("已关闭")


@pytest.mark.parametrize("width", [1440, 375])
def test_D4_4_1_a_call_is_mended_within_half_an_hour(visit, house, width):
    clerk = visit("clerk", width)
    no = log_call(clerk, house)
    mend(visit("repairer", width), no)
    close(clerk, no)
    calm(clerk)
    assert "台账完好" in house.manage("verify_ledger")


def an_hour_passes(house: House, no: str) -> None:
    """Set the order's arrival an hour back: what the worker then sees is an order that nobody reached. It may be night
    while this runs: nobody keeps quiet."""
    now = datetime.now(UTC)
    moments = [(now - timedelta(minutes=ago)).strftime("%Y-%m-%d %H:%M:%S.%f") for ago in (60, 30, 45)]
    with sqlite3.connect(house.database, timeout=20) as connection:
        connection.execute("UPDATE core_quiethours SET active=0")
        connection.execute(
            "UPDATE core_clock SET started_at=?, due_at=?, next_at=? WHERE subject_no=? AND rule='repair.arrive'"
            " AND stopped_at IS NULL",
            [*moments, no],
        )


def test_D4_4_1_nobody_comes_and_it_climbs_by_itself(visit, house):
    clerk = visit("clerk")
    no = log_call(clerk, house)
    an_hour_passes(house, no)
    director = visit("director")
    director.page.goto("/notices/")
    until = datetime.now(UTC) + timedelta(seconds=40)
    while not director.page.get_by_text(no).count():
        assert datetime.now(UTC) < until, house.log.read_text()
        director.page.wait_for_timeout(1000)
        director.page.goto("/notices/")
    for who, lines in (("repairer", 2), ("assistant", 1), ("manager", 1), ("director", 1)):
        inbox = visit(who)
        inbox.page.goto("/notices/")
        heard = inbox.page.locator("main li").filter(has_text=no).filter(has_text=re.compile("超时|时限已用"))
        assert heard.count() == lines, who
    mend(visit("repairer", 375), no)
    close(clerk, no)
    expect(clerk.page.locator("main")).to_contain_text("超时")
