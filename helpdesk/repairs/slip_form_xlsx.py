"""The order's two halves as one sheet of A4 to be cut, each with its code (E5.3.7, D6)."""

from datetime import datetime
from io import BytesIO

import segno
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment

from reception.core.paper.form import Form
from reception.core.paper.form_xlsx import write
from reception.core.sheets import Book, Sheet
from reception.core.sheets.sheet import put

CUT = "✂ －－－－－－－－－－－－ 沿此线裁开 －－－－－－－－－－－－"
SIDE = 56  # pixels of the code's picture
HALF = 345  # points: what one half takes of the page


def workbook(halves: tuple[Form, Form], codes: tuple[str, str], at: datetime) -> Book:
    """One sheet: 底联 above, whose code is the first address, 回执 below; dated `at`."""
    upper, lower = halves
    book = Book(f"{upper.title} {upper.no}", at=at)
    sheet = book.sheet(upper.title)
    sheet.page.page_setup.fitToHeight = 1
    sheet.page.oddFooter.left.text = "本单一式两联。完工后当日交回底联；底联未返回，按未完成处理。"
    sheet.page.oddFooter.right.text = "　".join(upper.feet).replace("&", "&&")[:200]
    for form, code in zip(halves, codes, strict=True):
        if form is lower:
            _cut(sheet)
        first = sheet.row
        write(sheet, form)
        _code(sheet, code, first)
        _fill(sheet, first)
    return book


def _code(sheet: Sheet, address: str, row: int) -> None:
    """The address as a picture in the left corner of the heading in `row`."""
    file = BytesIO()
    segno.make(address, micro=False, error="m").save(file, kind="png", scale=4, border=0)
    picture = Image(file)
    picture.width = picture.height = SIDE
    sheet.page.add_image(picture, f"A{row}")
    sheet.page.row_dimensions[row].height = 46


def _fill(sheet: Sheet, first: int) -> None:
    """Make the rows since `first` as high together as half a page, so that there is room for a hand."""
    rows = [sheet.page.row_dimensions[number] for number in range(first + 2, sheet.row)]
    more = (HALF - sum(row.height for row in rows)) / len(rows)
    for row in rows:
        row.height += max(0, more)


def _cut(sheet: Sheet) -> None:
    """The line to cut along."""
    cell = sheet.page.cell(sheet.row, 1)
    put(cell, CUT)
    cell.style = "说明"
    cell.alignment = Alignment(horizontal="center", vertical="center")
    sheet.page.merge_cells(start_row=sheet.row, end_row=sheet.row, start_column=1, end_column=6)
    sheet.page.row_dimensions[sheet.row].height = 30
    sheet.row += 1
