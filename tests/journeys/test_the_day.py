"""The day itself, in a browser: twenty minutes late on a phone, the lobby screen, an absence, and what is printed (A4, A5, A6, A9)."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.browser import barriers, calm, sideways


def ask(house, sql: str, *values):
    """Rows of the house's database; what is changed is kept."""
    with sqlite3.connect(house.database, timeout=20) as connection:
        return connection.execute(sql, values).fetchall()


def underway(house) -> str:
    """The number of the reception whose guests are here."""
    return ask(house, "SELECT no FROM visits_reception WHERE status = 'receiving' ORDER BY id LIMIT 1")[0][0]


def pages(page: Page) -> int:
    """How many sheets the page prints on."""
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def quiet(*visitors) -> None:
    """Nothing went wrong on the way."""
    assert [line for visitor in visitors for line in visitor.findings.lines] == []


def test_A5_1_twenty_minutes_late_on_a_phone_and_back(visit, house):
    no, now = underway(house), datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    last = ask(house, "SELECT i.id FROM visits_item i JOIN visits_itinerary t ON t.id = i.itinerary_id"
               " JOIN visits_reception r ON r.id = t.reception_id WHERE r.no = ? AND NOT i.fixed"
               " ORDER BY i.start DESC LIMIT 1", no)[0][0]  # fmt: skip
    start = now + timedelta(minutes=1)
    ask(house, "UPDATE visits_item SET what = '座谈', start = ?, planned_start = ?, end = ? WHERE id = ?",
        f"{start}", f"{start}", f"{start + timedelta(minutes=30)}", last)  # fmt: skip
    host = visit("vgm", width=375)
    host.page.goto(f"/visits/requests/{no}/itinerary/")
    assert barriers(host.page) + sideways(host.page) == []
    row = host.page.locator(".days li", has_text="座谈")
    before = row.locator(".when").inner_text()
    host.page.get_by_role("link", name="20 分钟", exact=True).click()
    expect(host.page.get_by_text("今天余下的会这样")).to_be_visible()
    assert barriers(host.page) + sideways(host.page) == []
    host.page.get_by_role("button", name="确定晚 20 分钟").click()
    expect(row.get_by_text("原 ")).to_be_visible()
    front = visit("clerk")
    front.page.goto("/notices/")
    expect(front.page.get_by_text(re.compile(f"{no}.*日程晚 20 分钟")).first).to_be_visible()
    host.page.get_by_role("button", name="撤回").click()
    expect(row.locator(".when")).to_have_text(before)
    quiet(host, front)


def test_A5_6_the_lobby_screen_shows_and_goes_dark_by_itself(visit, house):
    no = underway(house)
    maker = visit("general")
    maker.page.goto("/visits/screens/")
    calm(maker)
    maker.page.get_by_label("屏幕").fill("一楼大厅屏")
    maker.page.get_by_role("button", name="生成地址").click()
    address = maker.page.get_by_label("新的大屏地址").input_value()
    screen = visit(None)
    screen.page.goto(address)
    expect(screen.page.get_by_text("热烈欢迎")).to_be_visible()
    assert barriers(screen.page) + sideways(screen.page) == []
    screen.page.goto(f"{address}?dark=1")
    assert barriers(screen.page) + sideways(screen.page) == []
    maker.page.goto(f"/visits/requests/{no}/welcome/")
    calm(maker)
    maker.page.get_by_role("button", name="从大屏撤下").click()
    expect(screen.page.get_by_text("热烈欢迎")).to_have_count(0, timeout=15_000)
    maker.page.get_by_role("button", name="重新上屏").click()
    expect(screen.page.get_by_text("热烈欢迎")).to_be_visible(timeout=15_000)
    maker.page.goto("/visits/screens/")
    maker.page.get_by_role("button", name="停用").click()
    expect(screen.page.get_by_text("已停用")).to_be_visible(timeout=15_000)
    quiet(maker, screen)


def test_A5_6_a_second_person_proofreads(visit, house):
    no = ask(house, "SELECT r.no FROM visits_reception r JOIN core_user u ON u.id = r.applicant_id"
             " WHERE r.status = 'preparing' AND NOT r.secret AND r.needs LIKE '%sign%' AND u.username = 'sales'"
             " ORDER BY r.arrive_at DESC LIMIT 1")[0][0]  # fmt: skip
    writer, second = visit("sales"), visit("general", width=375)
    writer.page.goto(f"/visits/requests/{no}/welcome/")
    writer.page.get_by_role("button", name=re.compile("^存为第")).click()
    expect(writer.page.get_by_text("请同事来校对")).to_be_visible()
    second.page.goto(f"/visits/requests/{no}/welcome/")
    assert barriers(second.page) + sideways(second.page) == []
    second.page.get_by_role("button", name="校对无误").click()
    expect(second.page.get_by_text("到达前 1 小时自动上屏")).to_be_visible()
    quiet(writer, second)


def test_A4_an_absence_hits_a_host_and_a_change_begins(visit, house):
    no = ask(house, "SELECT r.no FROM visits_reception r JOIN visits_absence a ON a.user_id = r.host_id"
             " JOIN core_user u ON u.id = r.applicant_id WHERE u.username = 'sales' AND r.status = 'preparing' AND a.start < r.leave_at AND a.end > r.arrive_at LIMIT 1")[0][0]  # fmt: skip
    sales = visit("sales")
    sales.page.goto(f"/visits/requests/{no}/")
    expect(sales.page.get_by_text("建议改请").first).to_be_visible()
    sales.page.get_by_role("button", name="发起变更，换主陪").click()
    sales.page.wait_for_url("**/changes/1/edit/")
    host = visit("vgm2", width=375)
    host.page.goto("/visits/absences/")
    assert barriers(host.page) + sideways(host.page) == []
    host.page.get_by_role("button", name="撤销").click()
    expect(host.page.get_by_text("的外出已撤销")).to_be_visible()
    quiet(sales, host)


def test_A5_2_the_rows_are_edited_with_the_keyboard_alone(visit, house):
    no = underway(house)
    sales = visit("sales")
    sales.page.goto(f"/visits/requests/{no}/itinerary/edit/")
    calm(sales)
    sales.page.locator("summary", has_text="签会议纪要").focus()
    sales.page.keyboard.press("Enter")
    field = sales.page.locator("details[open] >> input[name$=-what]").first
    field.fill("签合作备忘录")
    field.press("Enter")
    sales.page.wait_for_url("**/itinerary/")
    expect(sales.page.get_by_text("签合作备忘录")).to_be_visible()
    quiet(sales)


def test_A9_long_lists_are_printed_on_further_pages_and_never_cut(visit, house):
    no = underway(house)
    reception = ask(house, "SELECT id FROM visits_reception WHERE no = ?", no)[0][0]
    for number in range(60):
        ask(house, "INSERT INTO visits_guest (reception_id, \"order\", name, gender, organisation, title, phone, is_leader, diet, care)"
            " VALUES (?, ?, ?, '', '', '工程师', '', 0, '', '')", reception, 100 + number, f"增补来宾{number:02d}")  # fmt: skip
    sales = visit("sales")
    counted = {}
    for tail in ("briefing", "plan", "badges", "cards"):
        sales.page.goto(f"/visits/requests/{no}/{tail}/")
        sales.page.emulate_media(media="print")
        names = sales.page.get_by_text("增补来宾59", exact=False)
        expect(names.first).to_be_visible()
        counted[tail] = pages(sales.page)
        sales.page.emulate_media(media="screen")
    guests = ask(house, "SELECT COUNT(*) FROM visits_guest WHERE reception_id = ?", reception)[0][0]
    assert counted["badges"] == -(-(guests + 3) // 8)
    assert (counted["briefing"] >= 2, counted["plan"] >= 3) == (True, True), counted
    quiet(sales)
