"""纸面: a clerk prints a record and files it as a workbook, and the month's book from its list (D6, D4.3.5)."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.journeys.browser import calm


def test_D6_a_record_and_its_book_are_printed_and_filed(visit):
    clerk = visit("clerk")
    page = clerk.page
    page.goto("/helpdesk/calls/?channel=phone")
    page.locator("tbody a").first.click()
    no = page.url.rstrip("/").rsplit("/", 1)[-1]
    page.get_by_role("link", name="打印", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_have_text("电话记录")
    expect(page.locator(".form-a4")).to_contain_text(f"No. {no}")
    calm(clerk, themes=("light",), widths=(1440, 375))
    with page.expect_download() as file:
        page.get_by_role("link", name="Excel").click()
    words = [
        cell
        for row in load_workbook(BytesIO(file.value.path().read_bytes())).active.iter_rows(values_only=True)
        for cell in row
    ]
    assert (file.value.suggested_filename, f"No. {no}" in words) == (f"电话记录-{no}.xlsx", True)
    page.goto("/helpdesk/calls/")
    page.get_by_role("link", name="登记簿").click()
    calm(clerk)
    page.locator("tbody tr", has_text="电话记录").get_by_role("link", name="打印").last.click()
    leaves = page.locator(".leafpage")
    expect(leaves.first).to_contain_text("第 1 页／共")
    assert leaves.count() >= 1
    calm(clerk, themes=("light", "dark"), widths=(1440,))
    page.get_by_role("link", name="返回").click()
    page.get_by_role("link", name="空白的维修记录").click()
    expect(page.locator(".leafpage")).to_contain_text("手写后请补记到系统")
    calm(clerk, themes=("light",), widths=(1440, 375))
