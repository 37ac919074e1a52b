"""集体反映: three households call, the desk and the manager see one matter, everybody is called back (D4.4.4);
其他问题: praise reaches the phone of the praised, a suggestion is given out, answered and fed back (D4.4.3)."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.browser import Visitor, calm
from tests.journeys.test_complaint_again import press


def call(clerk: Visitor, place: str, words: str, name: str) -> None:
    """A repair that is written down at the desk, and not yet dispatched."""
    page = clerk.page
    page.goto("/desk/")
    page.locator("#id_number").fill("13900007777")
    page.locator("#id_place").fill(place)
    page.locator("#id_caller_name").fill(name)
    page.locator("#id_content").fill(words)
    page.get_by_role("button", name="只保存").click()
    expect(page.get_by_role("status").filter(has_text=re.compile(r"WX-\d{4}-\d{4}")).first).to_be_visible()


def other(page: Page, kind: str, words: str) -> None:
    """A call of the kinds behind 其他, as far as what happened is typed."""
    page.goto("/desk/")
    page.locator("[name=kind][value=other]").check(force=True)
    page.locator("#id_other_kind").select_option(kind)
    page.locator("#id_number").fill("13800138000")
    page.locator("#id_caller_name").fill("周")
    page.locator("#id_content").fill(words)


def test_D4_4_4_three_households_are_one_matter(visit, house):
    clerk, manager = visit("clerk"), visit("manager", 375)
    for place, name in (("5-201", "吴"), ("5-302", "郑"), ("5-401", "王")):
        call(clerk, place, "空调不制冷", name)
    page = clerk.page
    page.goto("/desk/?show=emergency")
    expect(page.locator("#open")).to_contain_text("5栋 不制冷 已有 3 户反映")
    manager.page.goto("/todo/")
    manager.page.get_by_role("link", name=re.compile("5栋 不制冷 已有 3 户反映")).click()
    expect(manager.page.locator("main")).to_contain_text("5栋302")
    url = manager.page.url
    press(manager.page, url, "accept")
    expect(manager.page.get_by_role("status").first).to_contain_text(re.compile(r"TF-\d{4}-\d{4} 已同时报告"))
    call(clerk, "5-502", "空调不制冷", "孙")
    page.goto(url)
    expect(page.locator("main")).to_contain_text("5栋502")
    for _ in range(4):
        page.goto(url)
        page.get_by_role("link", name=re.compile("回访 5栋")).first.click()
        box = page.locator("#m-call_back")
        box.locator("[name=result]").select_option(label="已告知进展")
        box.locator("[name=words]").fill("主机今晚修好")
        box.get_by_role("button", name=re.compile("确定")).click()
        page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("4/4 户")
    calm(clerk)
    press(page, url, "finish")
    expect(page.locator("main")).to_contain_text("回访完毕")
    calm(manager, widths=(375,))
    assert "台账完好" in house.manage("verify_ledger")


def test_D4_4_3_praise_arrives_and_a_suggestion_is_answered(visit, house):
    clerk, works = visit("clerk"), visit("repairer", 375)
    page = clerk.page
    other(page, "praise", "陈师傅修得又快又好")
    page.locator("[name=handling][value=later]").check(force=True)
    page.locator("#id_praised").select_option(label="陈建国")
    page.locator("#id_content").press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="已转达").first).to_be_visible()
    works.page.goto("/notices/")
    works.page.get_by_role("link", name=re.compile("表扬 .*陈师傅修得又快又好")).click()
    expect(works.page.locator("main")).to_contain_text("已转达本人和负责人")
    page.goto("/desk/")
    page.locator("[name=kind][value=advice]").check(force=True)
    page.locator("#id_number").fill("13800138000")
    page.locator("#id_caller_name").fill("周")
    page.locator("#id_content").fill("建议在北门装一个伞架")
    page.locator("[name=handling][value=later]").check(force=True)
    page.locator("#id_content").press("Control+Enter")
    said = page.get_by_role("status").filter(has_text=re.compile(r"QT-\d{4}-\d{4} 已登记")).first
    expect(said).to_be_visible()
    found = re.search(r"QT-\d{4}-\d{4}", said.inner_text())
    assert found
    url = f"/helpdesk/matters/{found.group()}/"
    tomorrow = page.evaluate("new Date(Date.now() + 864e5).toLocaleDateString('sv') + 'T18:00'")
    press(page, url, "assign", department="工程部", due_at=tomorrow)
    works.page.goto("/todo/")
    expect(works.page.locator("main")).to_contain_text("建议在北门装一个伞架")
    press(works.page, url, "sign")
    press(works.page, url, "note", words="已量好尺寸")
    press(works.page, url, "finish", verdict="采纳", result="北门伞架已装好")
    expect(works.page.locator("main")).to_contain_text("已办结")
    press(page, url, "feedback", way="电话", opinion="认可", opinion_words="真快")
    press(page, url, "close")
    expect(page.locator(".chip").first).to_contain_text("已关闭")
    calm(clerk)
    calm(works, widths=(375,))
    page.goto("/helpdesk/matters/praise/")
    expect(page.locator("main")).to_contain_text("陈建国")
    calm(clerk)
    assert "台账完好" in house.manage("verify_ledger")
