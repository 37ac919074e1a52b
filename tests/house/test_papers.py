"""Every paper is printed by a browser, measured and read back; every form opens as a workbook (D6, A9, E5.3.2)."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO

import pytest
import time_machine
from django.contrib.staticfiles.finders import find
from django.test import Client
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from playwright.sync_api import sync_playwright

from helpdesk.corrections.actions import correct
from helpdesk.log.models import Call
from reception.core.ledger.models import Event
from reception.core.paper.book import TALL, pages
from reception.core.sheets import Column
from tests.factories.helpdesk import make_call
from tests.house.papers import PAPERS
from tests.journeys.browser import ARGS, chromium

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<link rel="stylesheet" href="/static/([^"?]+)[^"]*">')
SIZE = re.compile(r"size:\s+([\d.]+) x ([\d.]+) pts")


def inline(html: str) -> str:
    """The page with its style sheets in it, as a browser without a server needs it."""

    def sheet(match: re.Match[str]) -> str:
        with open(find(match[1]), encoding="utf-8") as file:
            return f"<style>{re.sub(r'@import[^;]*;', '', file.read())}</style>"

    return LINK.sub(sheet, html)


def press(*pages: str) -> list[tuple[int, set[tuple[int, int]], str]]:
    """(pages, sizes in mm, words without spaces) of the PDF that a browser makes of each page of HTML."""
    if chromium() is None or not shutil.which("pdftotext"):
        pytest.skip("没有 Chromium 或 pdftotext · no Chromium or no pdftotext on this machine")
    made = []
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=chromium(), args=ARGS)
        page = window.new_page()
        for html in pages:
            page.set_content(inline(html))
            made.append(page.pdf(prefer_css_page_size=True))
        window.close()
    return [measured(pdf) for pdf in made]


def measured(pdf: bytes) -> tuple[int, set[tuple[int, int]], str]:
    """Pages, their sizes in mm, the words."""
    info = subprocess.run(["pdfinfo", "-l", "999", "-"], input=pdf, capture_output=True, check=True).stdout.decode()  # fmt: skip
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    sizes = {(round(float(x) / 72 * 25.4), round(float(y) / 72 * 25.4)) for x, y in SIZE.findall(info)}
    return int(re.search(r"Pages:\s+(\d+)", info)[1]), sizes, "".join(text.split())


def read(response) -> tuple[list[str], object]:
    """The words of every cell, and the first sheet."""
    data = b"".join(response.streaming_content) if response.streaming else response.content
    book = load_workbook(BytesIO(data), rich_text=True)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    return [str(cell.value) for cell in cells], book.worksheets[0]


def test_D6_A9_E5_3_2_every_paper_is_printed_on_its_sheet_and_filed_as_a_workbook(cast, at):
    with time_machine.travel(at, tick=False):
        make_call(cast, at)
        made = [(paper, paper.make(cast, at)) for paper in PAPERS]
    sheets, files = [], []
    with time_machine.travel(at.replace(hour=23), tick=False):
        for paper, url in made:
            client = Client()
            client.force_login(getattr(cast, paper.who))
            answer = client.get(f"{url}{paper.tail}")
            assert answer.status_code == 200, paper.name
            sheets.append(answer.content.decode())
            files.append(read(client.get(f"{url}{paper.file}")) if paper.file else ([], None))
    wrong = []
    for paper, (count, sizes, words), (cells, sheet) in zip(PAPERS, press(*sheets), files, strict=True):
        missing = [word for word in paper.words if word not in words]
        absent = [word for word in paper.cells if not any(word in cell for cell in cells)]
        if (count, sizes, missing, absent) != (paper.pages, {paper.size}, [], []):
            wrong.append((paper.name, count, sizes, missing, absent))
        if paper.file in ("form.xlsx", "record.xlsx"):
            a5 = paper.size == (210, 148)
            assert len(sheet._images) == (2 if "维修单" in paper.name else 0), "a code on each half"
            assert int(sheet.page_setup.paperSize) == (11 if a5 else 9), paper.name
    assert wrong == []
    mine = [one for one in PAPERS if one.who == "manager" and one.file]
    assert Event.objects.filter(verb="export").count() >= len(mine)


def test_D6_D4_3_3_what_was_corrected_is_struck_out_on_form_and_in_the_book(client, cast, at):
    call = make_call(cast, at, place="3栋大堂", content="=1+1 装修押金")
    correct(Call.objects.get(pk=call.pk), "place", "3栋1203", by=cast.clerk, at=at, reason="=听错了")
    client.force_login(cast.clerk)
    with time_machine.travel(at, tick=False):
        for file, where in (
            (f"{call.get_absolute_url()}form.xlsx", 1),
            ("/helpdesk/books/calls/2026-10/book.xlsx", 2),
        ):
            data = client.get(file)
            book = load_workbook(BytesIO(data.content), rich_text=True).active
            values = [cell for row in book.iter_rows(values_only=True) for cell in row if cell is not None]
            (told,) = [cell for cell in values if isinstance(cell, CellRichText)]
            assert (told[0].font.strike, told[0].text) == (True, "3栋大堂"), where
            assert "3栋1203" in str(told[-1]) and any("=听错了" in str(cell) for cell in values), where
            assert (
                "=1+1 装修押金" in values
                and [c for r in book.iter_rows() for c in r if c.data_type == "f"] == []
            )
        html = client.get("/helpdesk/books/calls/2026-10-21/").content.decode()
    assert "<del>3栋大堂</del> <ins>3栋1203</ins>" in html and "更正：=听错了" in html


def test_D6_a_long_story_runs_on_and_nothing_is_cut(client, cast, at):
    story = "\n".join(f"第{n}句话" for n in range(300))
    call = make_call(cast, at, content=story, handling="记")
    client.force_login(cast.clerk)
    with time_machine.travel(at, tick=False):
        paper = client.get(f"{call.get_absolute_url()}print/").content.decode()
        html = client.get("/helpdesk/books/calls/2026-10/").content.decode()
        _, sheet = read(client.get(f"{call.get_absolute_url()}form.xlsx"))
    form, book = press(paper, html)
    (place,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == story]
    (merged,) = [area for area in sheet.merged_cells.ranges if place.coordinate in area]
    heights = [sheet.row_dimensions[row].height for row in range(merged.min_row, merged.max_row + 1)]
    assert (max(heights) <= 409, sum(heights) >= 300 * 13) == (True, True), (
        "Excel shows no row higher than 409 points"
    )
    sheets = html.count('class="a4 leafpage"')
    assert (form[0] > 1, form[1], f"第{form[0]}页／共{form[0]}页" in form[2]) == (True, {(210, 148)}, True)
    assert (book[0], sheets > 1, book[1]) == (sheets, True, {(297, 210)})
    assert [n for n in range(300) for words in (form[2], book[2]) if f"第{n}句话" not in words] == []


def test_D6_a_book_s_pages_hold_every_word_once_and_are_never_too_full():
    """Rows of all lengths: the words of all pages are the words of all rows, in order."""
    columns = (Column("单号", 13), Column("事由", 40), Column("处理", 20))
    rows = [((f"DH-{n}", "字" * (n * 37 % 900), f"a{n}\nb"), "改" * (n % 7 * 200), False) for n in range(60)]
    made = pages(columns, rows)
    assert [page.number for page in made] == list(range(1, len(made) + 1))
    assert max(sum(line.height for line in page.rows) for page in made) <= TALL
    lines = [line for page in made for line in page.rows]
    for column in range(3):
        whole = "".join(run.text for line in lines for run in line.cells[column])
        assert whole.replace("\n", "") == "".join(row[0][column] for row in rows).replace("\n", "")
    assert "".join(line.note for line in lines) == "".join(row[1] for row in rows)
    assert [bool(page.blank) for page in made[:-1]] == [False] * (len(made) - 1)
    assert [len(page.rows) for page in pages(columns, [])] == [0]


def test_D6_books_are_the_desk_s_and_every_span_is_written_one_way(client, cast, at):
    pages_ = ("/helpdesk/books/", "/helpdesk/books/calls/2026-10/", "/helpdesk/books/calls/2026-10/book.xlsx")
    found = {}
    for who in ("clerk", "auditor", "sales", "repairer"):
        client.force_login(getattr(cast, who))
        found[who] = {client.get(page).status_code for page in pages_}
    assert found == {"clerk": {200}, "auditor": {200}, "sales": {403}, "repairer": {403}}
    client.force_login(cast.clerk)
    for wrong in (
        "calls/2026-13",
        "calls/2026-02-30",
        "calls/x",
        "nothing/2026-10",
        "calls/2026-1",
        "calls/1999-01",
    ):
        assert client.get(f"/helpdesk/books/{wrong}/").status_code == 404, wrong
    assert "2026年3月2日" in client.get("/helpdesk/books/?on=2026-03-02").content.decode()
    assert client.get("/helpdesk/books/?on=%00").status_code == 200


def test_D6_a_book_of_too_many_rows_is_offered_by_days_and_never_cut(client, cast, at, monkeypatch):
    monkeypatch.setattr("helpdesk.books.views.MOST", 2)
    monkeypatch.setattr("reception.core.web.lists.UNASKED", 2)
    for minute in range(3):
        make_call(cast, at.replace(minute=minute))
    client.force_login(cast.clerk)
    text = client.get("/helpdesk/books/calls/2026-10/").content.decode()
    assert "2026年10月超过 2 条" in text and "/helpdesk/books/calls/2026-10-31/" in text
    asked = client.get("/helpdesk/books/calls/2026-10/book.xlsx")
    assert (asked.status_code, asked["Location"].split("?")[0]) == (302, "/exports/new/")
    assert "导出 Excel" in client.get("/helpdesk/books/calls/2026-10-21/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_D6_a_book_costs_the_same_for_one_row_and_for_thirty(
    client, cast, at, count, django_assert_max_num_queries
):
    for minute in range(count):
        make_call(cast, at.replace(minute=minute))
    client.force_login(cast.clerk)
    client.get("/helpdesk/books/calls/2026-10/")
    with django_assert_max_num_queries(6):
        assert client.get("/helpdesk/books/calls/2026-10/").content.decode().count("问装修押金") == count


def test_D6_a_paper_of_others_is_no_paper(client, cast, at):
    """Each form's workbook is behind the same door as its page."""
    with time_machine.travel(at, tick=False):
        urls = [
            f"{paper.make(cast, at)}{paper.file}" for paper in PAPERS if paper.tail in ("print/", "record/")
        ]
    found = {}
    for url in urls:
        client.force_login(cast.stranger)
        found[url] = client.get(url).status_code
    assert {status for url, status in found.items() if "/helpdesk/" in url} <= {403, 404}
    assert Event.objects.filter(verb="export").count() == 0
