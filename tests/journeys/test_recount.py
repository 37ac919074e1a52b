"""The demo's workbooks counted again from the raw tables: equal in every cell that carries a figure (D4.4.5)."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from zoneinfo import ZoneInfo

from openpyxl import load_workbook

from tests.journeys.house import manage
from tests.recount.compare import differences


def recounted(database, path, month, months=1):
    """(differences, how many cells were looked at)."""
    counted: list[int] = []
    with sqlite3.connect(database, timeout=20) as connection:
        found = list(differences(connection.cursor(), path, month, months, counted))
    return found, counted[0]


def test_D4_4_5_a_month_of_the_demo_equals_an_independent_recount(demo, tmp_path):
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    year, month = divmod(now.year * 12 + now.month - 2, 12)
    last, before = f"{year}-{month + 1:02d}", f"{(year * 12 + month - 1) // 12}-{(month - 1) % 12 + 1:02d}"
    for first, months in ((last, 1), (f"{now:%Y-%m}", 1), (before, 2)):
        path = tmp_path / f"{first}-{months}.xlsx"
        manage(demo, "report", first, "--months", str(months), "--out", str(path))
        found, cells = recounted(demo, path, first, months)
        assert found == []
        assert cells > 600, "so many cells of figures and times"
    # The negative control: one figure changed, one row taken away, one number added.
    book = load_workbook(path)
    page = book["5 报修时效"]
    page.cell(page.max_row, 3).value += 1
    book["13 明细"].cell(5, 1).value = "WX-0000-0000"
    book["2 总览"]["Z99"] = 7
    told = next(cell for cell in book["1 封面与结论"]["B"] if str(cell.value).startswith("本期受理"))
    told.value = told.value.replace("本期受理 ", "本期受理 9", 1)
    book["12 改进建议"].cell(4, 2).value = "超时 9 件"
    book.save(path)
    found, _ = recounted(demo, path, first, months)
    assert any("派单：表上" in line for line in found) and any("没有被重算" in line for line in found)
    assert any("1 封面与结论" in line and "本期受理 9" in line for line in found)
    assert any("12 改进建议" in line for line in found)
    assert any("WX-0000-0000" in line for line in found) and any("少了" in line for line in found)
