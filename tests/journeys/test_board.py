"""从看板到记录: the manager opens the board, follows a bar to its records and comes back; the wall stays up signed out (D4.4.5)."""

from tests.journeys.browser import calm


def test_D4_4_5_from_the_board_to_the_records_and_onto_the_wall(visit):
    visitor = visit("manager")
    page = visitor.page
    assert page.url.endswith("/board/")
    calm(visitor)
    # The month before has records on any day of this one.
    page.locator("#mon").select_option(index=1)
    page.get_by_role("button", name="看这个月").click()
    month = page.url
    page.locator("details summary", has_text="逐日的数字").click()
    row = page.locator("details tbody tr").last
    number = int(row.locator("a").inner_text())
    row.locator("a").focus()
    page.keyboard.press("Enter")
    assert page.locator("h2").first.inner_text().endswith(f"：{number} 条")
    page.go_back()
    bar = page.locator("svg[aria-label^='到场用时'] a").first
    said = int(bar.get_attribute("aria-label").split()[1])
    bar.focus()
    page.keyboard.press("Enter")
    assert page.locator("h2").first.inner_text().endswith(f"：{said} 条")
    page.locator(".tbl a").first.click()
    assert "/helpdesk/repairs/WX-" in page.url
    page.goto(month)
    page.get_by_role("link", name="上墙").click()
    page.context.clear_cookies()
    page.reload()
    assert "每日受理" in page.inner_text("main")
    calm(visitor)
