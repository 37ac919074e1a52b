"""公务接待 with its limits: refused for 公函, 接站, 烟酒 and diners, then right, approved, on paper (A1, A9)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.core.hostile_files import pdf
from tests.journeys.applying import answer, begin, days_from_now, level, refused, section, stay, submit, tick
from tests.journeys.browser import calm

LETTER = "湖工信函〔2026〕12号"


def wrong_for_an_official_visit(page) -> None:
    """As for a business visit: met at the station, with wine, five of us at a table of six."""
    begin(page, "湖滨市工业和信息化局", "严正", 6, "智能制造试点工作调研")
    stay(page, days_from_now(12), 6)
    level(page, "商务级", "何志远")
    tick(page, "接站送站", "会议室", "用餐")
    section(page, "五、用餐").get_by_label("地点").fill("公司食堂")
    section(page, "五、用餐").get_by_label("陪餐人数").fill("5")
    section(page, "六、酒、烟").get_by_label("酒（瓶）").fill("2")
    section(page, "八、车辆").get_by_label("用车地点").fill("湖滨站")


@pytest.mark.parametrize("width", [1440, 375])
def test_A1_an_official_visit_keeps_its_limits(visit, house, width):
    sales = visit("sales", width)
    page = sales.page
    page.goto("/visits/requests/new/")
    tick(page, "用餐")
    expect(section(page, "六、酒、烟")).to_be_visible()
    page.get_by_label("接待性质").select_option(label="公务")
    expect(section(page, "六、酒、烟")).to_be_hidden()
    expect(page.locator("#id_need_pick")).to_be_hidden()
    wrong_for_an_official_visit(page)
    page.get_by_label("接待性质").select_option(label="公务")
    expect(page.locator("#rule-why")).to_contain_text("公务接待不安排接站送站，不提供烟、酒")
    expect(page.locator("#rule")).to_contain_text("来宾 6 人时最多 3 人")
    refused(sales, "须有公函", "接站送站", "不得提供酒", "陪餐 5 人，来宾 6 人时最多 3 人")
    page.get_by_label("公函字号").fill(LETTER)
    page.locator("#id_needs label.tick").filter(has_text="接站送站").click()
    section(page, "六、酒、烟").get_by_label("酒（瓶）").fill("")
    section(page, "五、用餐").get_by_label("陪餐人数").fill("3")
    expect(page.locator("#id_need_pick")).to_be_hidden()
    refused(sales, "须上传公函或邀请函")
    letter = {"name": "公函.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.get_by_label("选择文件").set_input_files(letter)
    expect(page.locator("[data-attach-say]")).to_contain_text("公函.pdf 已上传")
    no = submit(sales)
    answer(visit("sales_head", width), no, "同意")
    leader = visit("vgm", width)
    leader.page.goto(f"/visits/requests/{no}/decide/")
    expect(leader.page.locator("main")).to_contain_text(f"符合公务接待的规定：公函 {LETTER}；陪餐 3 人")
    calm(leader, widths=(width,))
    answer(leader, no, "同意")
    page.goto(f"/visits/requests/{no}/print/")
    expect(page.locator(".form-a4").first).to_contain_text(LETTER)
    expect(page.locator(".form-a4").first).to_contain_text("用餐（陪餐 3 人）")
    calm(sales, widths=(width,))
