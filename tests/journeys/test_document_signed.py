"""文件发布与签收: written, published, read from 待办, reminded, found where it is needed, filled and printed (issue 6.4)."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.browser import Visitor, calm

TITLE = "门禁临时卡领用办法"


def write(visitor: Visitor, title: str, kind: str, text: str, *ticks: tuple[str, str]) -> str:
    """Draft a document by the form; returns its address."""
    page = visitor.page
    page.goto("/documents/new/")
    page.get_by_label("标题").fill(title)
    page.get_by_label("种类").select_option(kind)
    page.get_by_label("正文", exact=True).fill(text)
    for group, name in ticks:
        page.get_by_role("group", name=group).get_by_label(name, exact=True).check()
    calm(visitor, widths=(1440, 375), themes=("light",))
    page.get_by_role("button", name="存为草稿").click()
    expect(page.locator("main")).to_contain_text("已存为草稿")
    return page.url


def publish(visitor: Visitor) -> None:
    """发布 the draft that is open."""
    page = visitor.page
    page.locator("#m-publish > summary").click()
    page.get_by_role("button", name="确定发布").click()


def test_B3b_published_signed_for_and_one_click_away(visit, house):
    manager, clerk = visit("manager"), visit("clerk")
    url = write(
        manager, TITLE, "制度", "一、领用\n凭证件登记，当天归还。",
        ("须阅读的岗位", "前台接待员"), ("用在哪一步", "报修"),
    )  # fmt: skip
    publish(manager)
    expect(manager.page.locator("main")).to_contain_text("已发布")

    page = clerk.page
    page.goto("/todo/")
    page.get_by_role("link", name=f"请阅读《{TITLE}》").click()
    page.get_by_role("button", name="已阅").click()
    expect(page.locator("main")).to_contain_text("已记为您阅读过")
    page.goto("/todo/")
    expect(page.get_by_role("link", name=f"请阅读《{TITLE}》")).to_have_count(0)
    page.goto("/helpdesk/repairs/")
    page.get_by_role("link", name="这一步怎么办").click()
    expect(page).to_have_url(re.compile("/documents/for/repair/"))
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    calm(clerk, widths=(1440, 375))

    page = manager.page
    page.goto(url)
    page.get_by_role("link", name="修改").click()
    page.get_by_label("正文", exact=True).fill("一、领用\n凭证件登记，三天内归还。")
    page.get_by_label("这一版改了什么").fill("三天内归还")
    page.get_by_role("button", name="保存").click()
    publish(manager)
    page.goto("/documents/unread/")
    calm(manager, widths=(1440, 375))
    page.get_by_role("button", name=f"催阅 {TITLE}").click()
    expect(page.locator("li").filter(has_text=TITLE)).to_contain_text("今天催过")
    clerk.page.goto("/todo/")
    expect(clerk.page.get_by_role("link", name=f"请阅读《{TITLE}》")).to_be_visible()
    assert "台账完好" in house.manage("verify_ledger")


def test_B3b_a_template_is_filled_from_a_reception(visit):
    reception, sales = visit("reception"), visit("sales")
    write(reception, "停车安排告知", "模板", "{{客户名}}：请停东区。")
    publish(reception)
    page = reception.page
    expect(page.locator("main")).to_contain_text("不认识的字段 {{客户名}}，是不是 客户名称")
    page.get_by_role("link", name="修改").click()
    page.get_by_label("正文", exact=True).fill("{{客户名称}}：请停东区。公函 {{公函字号}}")
    page.get_by_role("button", name="保存").click()
    publish(reception)
    expect(page.locator("main")).to_contain_text("已发布")

    page = sales.page
    page.goto("/visits/requests/")
    page.locator(".items a.ttl, .rows a.ttl, main a[href*='/visits/requests/JD-']").first.click()
    page.get_by_role("link", name="文书").click()
    calm(sales, widths=(1440, 375))
    page.get_by_role("link", name="停车安排告知").click()
    expect(page.locator("article")).to_contain_text("：请停东区。")
    expect(page.get_by_label("文字", exact=True)).to_have_value(re.compile("请停东区"))
    calm(sales, widths=(1440, 375))
    page.get_by_role("button", name="复制文字").click()
    expect(page.locator("#copied")).to_contain_text(re.compile("已复制|已选中"))
