"""贵宾接待: from the application to the archive, by the people who do it, in a browser (A2, A3, A4, A5, A7)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from reception.core.clock.periods import local
from tests.journeys.browser import Visitor, calm
from tests.journeys.hands import choose

ROSTER = """姓名\t职务\t手机\t备注
陆远\t董事长\t13900001111\t带队
贺明\t总工程师\t13900002222\t素食
沈一帆\t采购总监\t13900003333\t
"""
SUBJECT = "看总装线与检测中心，谈2027年框架协议"
WORKERS = ("gm", "sales", "tech", "make", "quality", "general", "reception", "office")


def fill_application(page: Page) -> None:
    """Sections one to four, as somebody at a desk fills them."""
    arrive = (local(datetime.now().astimezone()) + timedelta(days=12)).replace(hour=9, minute=40)
    page.goto("/visits/requests/new/")
    page.get_by_label("来访单位", exact=True).fill("远航重工集团")
    page.get_by_label("来访单位", exact=True).press("Tab")
    expect(page.locator("#customer-hint")).to_contain_text("来访")
    page.get_by_label("对方联系人").fill("陆远")
    page.get_by_label("职务", exact=True).first.fill("董事长")
    page.get_by_label("人数", exact=True).first.fill("3")
    page.get_by_label("目的", exact=True).select_option(label="考察")
    page.get_by_label("事由").fill(SUBJECT)
    page.locator("#roster > summary").click()
    page.locator("#id_roster_text").fill(ROSTER)
    page.get_by_role("button", name="识别名单").click()
    expect(page.locator("#roster-preview")).to_contain_text("贺明")
    page.get_by_role("button", name="填入名单").click()
    expect(page.locator("#roster > summary")).to_contain_text("已填3人")
    page.get_by_label("到达", exact=True).fill(arrive.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("离开", exact=True).fill((arrive + timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_text("贵宾级", exact=True).click()
    choose(page, "主陪领导", "沈国栋")
    for need in ("接站送站", "会议室", "欢迎词", "用餐", "参观"):
        page.locator("#needs label.tick").filter(has_text=need).click()


def spend(page: Page) -> None:
    """One lunch for the three of them within the standard: the estimate follows while it is typed."""
    meals, cars = page.locator("#rows-meals"), page.locator("#rows-cars")
    meals.get_by_label("地点").fill("公司食堂")
    meals.get_by_label("元/人").fill("100")
    expect(page.get_by_role("heading", name="费用估算").locator("..")).to_contain_text("¥300")
    cars.get_by_label("用车地点").fill("湖滨站")


def apply_for(visitor: Visitor) -> str:
    """The whole form, submitted; returns the number."""
    fill_application(visitor.page)
    spend(visitor.page)
    calm(visitor, widths=(visitor.page.viewport_size["width"],))
    visitor.page.get_by_role("button", name="提交审批").click()
    visitor.page.wait_for_url(re.compile(r"/visits/requests/JD-\d{4}-\d{4}/$"))
    return visitor.page.url.rstrip("/").rsplit("/", 1)[1]


def agree(visitor: Visitor, no: str) -> None:
    """The department's head, from 待办."""
    visitor.page.goto("/todo/")
    visitor.page.locator(f"a[href*='{no}']").first.click()
    visitor.page.get_by_role("button", name="同意", exact=True).click()
    visitor.page.wait_for_url(lambda url: "/decide/" not in url, wait_until="load")


def give_back(visitor: Visitor, no: str) -> None:
    """The general manager, on the way: without a reason it is refused, and nothing typed is lost."""
    page = visitor.page
    page.goto("/todo/")
    page.locator(f"a[href*='{no}']").first.click()
    page.wait_for_url(re.compile(r"/decide/$"), wait_until="load")
    calm(visitor, widths=(page.viewport_size["width"],))
    page.get_by_role("button", name="退回").click()
    expect(page.get_by_role("textbox", name="意见")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("textbox", name="意见").fill("请补上洽谈要点")
    page.get_by_role("button", name="退回").click()
    page.wait_for_url(re.compile(r"/todo/|/visits/requests/"))


def change(visitor: Visitor, no: str) -> None:
    """The applicant changes what was asked and submits again."""
    page = visitor.page
    page.goto(f"/visits/requests/{no}/")
    expect(page.locator("main")).to_contain_text("请补上洽谈要点")
    page.goto(f"/visits/requests/{no}/edit/")
    page.get_by_label("事由").fill(SUBJECT + "，要点：价格、交期、质保")
    page.get_by_role("button", name="提交审批").click()
    page.wait_for_url(re.compile(rf"{no}/$"))


def approve_in_admin(visitor: Visitor, no: str) -> None:
    """The second door: the pending list, the decide page with what changed, and the same action behind it."""
    page = visitor.page
    page.goto("/admin/visits/reception/")
    page.get_by_role("link", name=no).click()
    page.goto(page.url if "decide" in page.url else page.url.replace("change", "decide"))
    expect(page.locator("body")).to_contain_text("要点：价格、交期、质保")
    calm(visitor, widths=(page.viewport_size["width"],))
    page.get_by_role("textbox", name="意见").fill("同意，按贵宾接待")
    page.get_by_role("button", name="同意", exact=True).click()
    page.goto(f"/visits/requests/{no}/")
    expect(page.locator("main")).to_contain_text("筹备中")
    expect(page.locator("main")).to_contain_text("同意，按贵宾接待")


def tick_lines(page: Page) -> None:
    """Every line of the checklist that is due with the task itself; timed ones wait for their own hour."""
    due = page.locator("#checks li", has_text="还没有打勾")
    while left := due.count():
        due.first.get_by_role("button", name="打勾").click()
        expect(due).to_have_count(left - 1)


def finish_tasks(visitor: Visitor, no: str) -> int:
    """Every open task of this reception that is this person's department's; returns how many were finished."""
    page, done = visitor.page, 0
    page.goto(f"/visits/requests/{no}/?by=mine")
    links = page.locator("#tasks .tk a")
    for path in [link.get_attribute("href") for link in links.all()]:
        page.goto(path)
        if done == 0:  # the first is taken, then finished with a word; the rest are finished at once
            page.get_by_role("button", name="领取").click()
            expect(page.locator(".chip").first).to_contain_text("进行中")
            calm(visitor, widths=(page.viewport_size["width"],))
        box = page.locator("#m-finish")
        if not box.count():
            continue  # 归档 is finished by archiving
        tick_lines(page)
        box.locator("summary").click()
        if (asked := box.locator("[name=evidence]")).count():
            asked.fill("已与对方电话确认")
        box.get_by_label("办理情况").fill("办妥")
        box.get_by_role("button", name="完成").click()
        expect(page.locator(".chip").first).to_contain_text("完成")
        done += 1
    return done


def press(visitor: Visitor, no: str, button: str, state: str) -> None:
    """One button of the reception's page, and the state it leads to."""
    visitor.page.goto(f"/visits/requests/{no}/")
    visitor.page.get_by_role("button", name=button, exact=True).first.click()
    expect(visitor.page.locator("main .chip").first).to_contain_text(state)


def settle(visitor: Visitor, no: str) -> None:
    """The list of what was really spent, one dinner within the standard, handed in."""
    page = visitor.page
    page.goto(f"/visits/requests/{no}/costs/")
    row = page.locator("[data-cost-row]").first
    row.get_by_label("日期").fill(local(datetime.now().astimezone()).strftime("%Y-%m-%d"))
    row.get_by_label("类别").select_option(label="用餐")
    row.get_by_label("费用（元）").fill("300")
    row.get_by_label("我方人数").fill("2")
    row.get_by_label("对方人数").fill("3")
    row.get_by_label("凭证号").fill("FP-0001")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("main")).to_contain_text("FP-0001")
    calm(visitor, widths=(page.viewport_size["width"],))
    page.get_by_role("button", name="提交结算").click()
    expect(page.locator("main .chip").first).to_contain_text("待审核")


@pytest.mark.parametrize("width", [1440, 375])
def test_A3_A4_a_vip_is_received(visit, house, width):
    sales, head, gm = visit("sales", width), visit("sales_head", width), visit("gm", width)
    no = apply_for(sales)
    agree(head, no)
    give_back(gm, no)
    change(sales, no)
    agree(head, no)
    approve_in_admin(gm, no)
    counts = {name: finish_tasks(visit(name, width), no) for name in WORKERS}
    assert all(counts[name] for name in ("gm", "sales", "tech", "make", "quality", "general"))
    press(sales, no, "开始接待", "接待中")
    press(sales, no, "结束接待", "待结算")
    settle(sales, no)
    press(visit("office", width), no, "审核通过", "待归档")
    press(sales, no, "归档", "已归档")
    calm(sales)
    assert "台账完好" in house.manage("verify_ledger")
