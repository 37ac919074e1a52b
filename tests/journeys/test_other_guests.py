"""其他来宾 → 办公室: who receives them is said, chosen, and does the responsible department's work (A8.2)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.applying import answer, begin, days_from_now, level, stay, submit, tick
from tests.journeys.browser import calm


def test_A8_2_other_guests_are_received_by_the_office(visit, house):
    sales = visit("sales")
    page = sales.page
    begin(page, "临溪商会", "俞广生", 8, "商会会员企业参观")
    page.get_by_label("接待性质").select_option(label="其他来宾")
    expect(page.locator("#rule")).to_contain_text(
        "其他来宾接待由办公室负责（A8.2），批准后由办公室组织安排。"
    )
    expect(page.locator("#id_department option:checked")).to_have_text("办公室")
    page.get_by_label("接待性质").select_option(label="商务")
    expect(page.locator("#id_department option:checked")).to_have_text("营销部")
    page.get_by_label("接待性质").select_option(label="其他来宾")
    expect(page.locator("#id_department option:checked")).to_have_text("办公室")
    stay(page, days_from_now(12, 14), 3)
    level(page, "业务级", "何志远")
    tick(page, "会议室", "资料样册")
    page.locator("#id_department").select_option(label="营销部")
    page.get_by_role("button", name="提交审批").click()
    expect(page.locator("#errors")).to_contain_text("请把责任部门改为办公室")
    page.locator("#id_department").select_option(label="办公室")
    calm(sales, widths=(1440,))
    no = submit(sales)
    answer(visit("vgm"), no, "同意")
    office = visit("office")
    office.page.goto(f"/visits/requests/{no}/?by=mine")
    expect(office.page.locator("#tasks")).to_contain_text("组织安排接待")
    expect(office.page.locator("#tasks")).to_contain_text("样册、资质文件提供发放")
    expect(office.page.get_by_role("button", name="开始接待")).to_be_visible()
    calm(office, widths=(1440,))
