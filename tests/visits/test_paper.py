"""接待申请表 on paper: all sections, one A4 page for a usual visit, an 附页 for a long one, nothing cut (A9)."""

import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles.finders import find
from playwright.sync_api import sync_playwright

from tests.factories.visits import approve, make_reception, set_standards
from tests.journeys.browser import ARGS, chromium
from tests.visits.pages import browser, frozen, html
from visits.requests.paper_fit import MORE, lay_out, lines

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<link rel="stylesheet" href="/static/([^"?]+)[^"]*">')
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


@pytest.fixture(autouse=True)
def standing(at):
    with frozen(at):
        yield


def rows(at, meals=3):
    """A usual visit: three meals, a hotel, two cars, a meeting, a tour, the train home."""
    came = at + timedelta(days=10)
    day = came.date()
    return {
        "meals": [
            {"held_on": day, "meal": meal, "place": "公司食堂", "guests": 6, "diners": 3, "diner_names": "何志远、邱实、方可"}
            for meal in ("lunch", "dinner", "tea", "breakfast") * meals
        ][:meals],
        "lodgings": [{"hotel": "湖景楼", "room_type": "单间", "rooms": 6, "check_in": day, "check_out": day + timedelta(days=1)}],
        "cars": [{"ride": ride, "starts": came, "place": "湖滨站", "people": 6} for ride in ("pick_up", "see_off")],
        "meetings": [{"place": "一号会议室", "starts": came, "ends": came + timedelta(hours=2), "projector": True}],
        "tours": [{"starts": came + timedelta(hours=3), "route": "展厅、总装线、检测中心", "guide": "方可"}],
        "tickets": [{"number": "G1835", "departs": came + timedelta(hours=31), "passengers": "全体来宾"}],
    }  # fmt: skip


def written(cast, at, **over):
    """An approved visit with all its sections."""
    guests = [{"name": f"来宾{n}", "organisation": "远航重工集团", "title": "工程师"} for n in range(6)]
    values = {
        "guests": guests, "rows": rows(at), "needs": ["pick", "room", "sign", "meal", "bed", "tour", "docs", "ticket"],
        "letter_no": "湖工信函〔2026〕12号", "companions": "邱实、方可、邓文", "note": "陆总监不饮酒；一位来宾吃素。",
        "lines": [{"item": "wine", "label": "白酒", "quantity": 2}],
    }  # fmt: skip
    reception = make_reception(cast, "pending", at=at, **{**values, **over})
    return approve(reception, cast, at)


def text_of(reception, who):
    return html(browser(who).get(f"/visits/requests/{reception.no}/print/"))


def printed(page_html):
    """Pages of the PDF that the browser makes of it."""
    if chromium() is None:
        pytest.skip("没有 Chromium · no Chromium on this machine")

    def inline(match):
        with open(find(match[1]), encoding="utf-8") as sheet:
            return f"<style>{re.sub(r'@import[^;]*;', '', sheet.read())}</style>"

    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=chromium(), args=ARGS)
        page = window.new_page()
        page.set_content(LINK.sub(inline, page_html))
        pdf = page.pdf(prefer_css_page_size=True)
        window.close()
    return len(PAGE.findall(pdf))


def test_A9_every_section_stands_on_the_form(cast, at):
    page = text_of(written(cast, at), cast.sales)
    for words in (
        "公函字号</th><td>湖工信函〔2026〕12号", "用餐（陪餐 3 人）", "公司食堂 来宾 6 陪餐 3（何志远、邱实、方可）", "白酒 2 瓶 按标准",
        "湖景楼 单间 6 间 我方", "接站 湖滨站 6 人", "送站 湖滨站 6 人", "一号会议室 茶水、投影", "展厅、总装线、检测中心 讲解 方可",
        "高铁、动车 G1835 全体来宾 我方", "同意，定为嘉宾级。", "签名：沈国栋",
    ):  # fmt: skip
        assert words in page, words
    assert 'class="mark"' not in page and "附页" not in page


def test_A9_what_is_not_asked_for_says_so(cast, at):
    page = text_of(written(cast, at, rows={}, lines=(), needs=["room"]), cast.sales)
    assert '<th>会议</th><td colspan="5">需要，具体由承办部门安排' in page
    assert '<th>返程票</th><td colspan="5">无' in page


def test_A9_secret_and_retroactive_are_marked(cast, at):
    late = {
        "retroactive": True,
        "retro_reason": "临时到访",
        "retro_agreed_by": "何志远",
        "retro_agreed_at": at,
    }
    page = text_of(written(cast, at, secret=True, **late), cast.sales)
    assert '<b class="mark">涉密</b>' in page and '<b class="mark">补办</b>' in page
    assert "临时到访（何志远" in page


def test_A9_a_usual_visit_is_one_page(cast, at):
    set_standards("guest", meal=180, lodging=480)
    assert printed(text_of(written(cast, at), cast.sales)) == 1


def test_A9_a_full_one_is_still_one_page(cast, at):
    """Everything that may stand on the page at once."""
    set_standards("guest", meal=1)
    late = {
        "retroactive": True,
        "retro_reason": "因" * 70,
        "retro_agreed_by": "何志远",
        "retro_agreed_at": at,
    }
    over = {
        "subject": "长" * 149,
        "note": "备" * 149,
        "overspend_reason": "超" * 120,
        "companions": "邱实、" * 30,
    }
    page = text_of(written(cast, at, **over, **late), cast.sales)
    front = page.split('<div class="a4 form-a4 annex">')[0]
    assert printed(front) == 1


def test_A9_a_long_one_continues_and_loses_nothing(cast, at):
    guests = [{"name": f"来宾{n:02d}", "title": "工程师"} for n in range(40)]
    subject = "".join(f"第{n}点要谈的内容；" for n in range(120))
    reception = written(cast, at, guests=guests, subject=subject, rows=rows(at, meals=12), headcount=40)
    page = text_of(reception, cast.sales)
    assert all(guest["name"] in page for guest in guests)
    assert subject in page and MORE in page
    assert page.count("公司食堂 来宾 6") >= 12
    assert printed(page.split('<div class="a4 form-a4 annex">')[0]) == 1
    assert printed(page) == 3  # the annex alone takes two


def test_A9_paper_and_workbook_agree_on_what_continues(cast, at):
    from io import BytesIO

    from openpyxl import load_workbook

    guests = [{"name": f"来宾{n:02d}"} for n in range(30)]
    reception = written(cast, at, guests=guests)
    response = browser(cast.sales).get(f"/visits/requests/{reception.no}/form.xlsx")
    book = load_workbook(BytesIO(response.content))
    assert book.sheetnames == ["接待申请表", "附页"]
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {guest["name"] for guest in guests} <= cells
    assert any("湖景楼 单间 6 间 我方" in str(cell) for cell in cells)


def test_A9_nothing_is_dropped_whatever_is_written():
    """Each line stands on the page or on the 附页, whatever the amounts."""
    for many in (0, 1, 3, 7, 40):
        sections = [
            (f"节{n}", [f"第{i}行" + "字" * (i * 9 % 70) for i in range(many)] or ["无"]) for n in range(8)
        ]
        sheet = lay_out([("subject", "事由", "字" * many * 30)], sections, list(range(many)))
        annex = dict(sheet.annex)
        for (label, rows_), (_, shown) in zip(sections, sheet.sections, strict=True):
            assert shown == rows_ or annex[label] == rows_
        assert sheet.guests + sheet.annex_guests == list(range(many))
        assert sheet.texts["subject"] == "字" * many * 30 or annex["事由"] == ["字" * many * 30]
    assert (lines(""), lines("字" * 50), lines("字" * 51), lines("a" * 89)) == (1, 1, 2, 1)
