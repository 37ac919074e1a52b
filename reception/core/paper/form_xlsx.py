"""A form as a workbook of one sheet, in the layout of the printed one; words that people typed never run (D6)."""

import math
from datetime import datetime

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Side

from reception.core.paper.form import Cell, Form, Mended, Part, Row
from reception.core.paper.measure import lines
from reception.core.sheets import Book, Sheet
from reception.core.sheets.sheet import put
from reception.core.sheets.styles import INK, SONG, TEXT, WORD
from reception.core.sheets.text import clean, is_risky

WIDTHS = (11, 19, 11, 19, 11, 19)  # characters: label, value, three times
LETTERS = "ABCDEF"
LINE, TALL, PAD = 13.5, 46, 6  # points: a line of words, the least height of a row to sign, above and below
HIGHEST = 400  # points: a row of a sheet can be no higher
A5, LYING = 11, "landscape"
EMPTY = "（空）"
RULED = Border(**dict.fromkeys(("left", "right", "top", "bottom"), Side(style="thin", color=INK)))


def workbook(form: Form, at: datetime) -> Book:
    """The workbook of `form`, dated `at`."""
    book = Book(f"{form.title} {form.no}", at=at)
    sheet = book.sheet(form.title[:31])
    _page(sheet, form)
    write(sheet, form)
    return book


def write(sheet: Sheet, form: Form) -> None:
    """The form from the sheet's next row on: its heading, its rows."""
    for letter, width in zip(LETTERS, WIDTHS, strict=True):
        sheet.page.column_dimensions[letter].width = width
    _across(sheet, form.title, "大标题", 30, "center")
    _head(sheet, form)
    if form.void:
        _across(sheet, form.void, "说明", 18, "left")
    for row in form.rows:
        _row(sheet, row)


def _page(sheet: Sheet, form: Form) -> None:
    """The paper, and the line at its foot; "&" would begin a code there."""
    page = sheet.page
    if form.size == "A5":
        page.page_setup.paperSize, page.page_setup.orientation = A5, LYING
    page.oddFooter.left.text = clean("　".join(form.feet)).replace("&", "&&")[:200]


def _across(sheet: Sheet, text: str, style: str, height: float, side: str) -> None:
    """One line over the whole width."""
    cell = sheet.page.cell(sheet.row, 1)
    put(cell, text)
    cell.style = style
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    sheet.page.merge_cells(start_row=sheet.row, end_row=sheet.row, start_column=1, end_column=6)
    sheet.page.row_dimensions[sheet.row].height = height
    sheet.row += 1


def _head(sheet: Sheet, form: Form) -> None:
    """Whose form it is, and its number."""
    for column, text, side in ((1, form.company, "left"), (4, f"No. {form.no}", "right")):
        cell = sheet.page.cell(sheet.row, column)
        put(cell, text)
        cell.style = "说明"
        cell.alignment = Alignment(horizontal=side, vertical="center")
        sheet.page.merge_cells(
            start_row=sheet.row, end_row=sheet.row, start_column=column, end_column=column + 2
        )
    sheet.page.row_dimensions[sheet.row].height = 16
    sheet.row += 1


def _row(sheet: Sheet, row: Row) -> None:
    """One row: each label in one column, each value over its span; what is higher than a row may be goes over several."""
    high = _height(row)
    deep = math.ceil(high / HIGHEST)
    column = 1
    for cell in row.cells:
        last = column + cell.span
        for line in range(sheet.row, sheet.row + deep):
            for number in range(column, last + 1):
                put(sheet.page.cell(line, number), None, WORD if number == column else TEXT)
                sheet.page.cell(line, number).border = RULED
        put(sheet.page.cell(sheet.row, column), cell.label.replace(" ", ""), WORD)
        _value(sheet, column + 1, cell)
        for place in (sheet.page.cell(sheet.row, column), sheet.page.cell(sheet.row, column + 1)):
            place.border = RULED
        _merge(sheet, column, column, deep)
        _merge(sheet, column + 1, last, deep)
        column = last + 1
    for line in range(sheet.row, sheet.row + deep):
        sheet.page.row_dimensions[line].height = high / deep
    sheet.row += deep


def _height(row: Row) -> float:
    """Points that its longest cell needs; a character of Excel is about half a 字."""
    column, height = 1, TALL if row.tall else LINE + PAD
    for cell in row.cells:
        last = column + cell.span
        height = max(height, LINE * lines(words(cell), sum(WIDTHS[column:last]) / 2.1) + PAD)
        column = last + 1
    return height


def _merge(sheet: Sheet, first: int, last: int, deep: int) -> None:
    """Columns `first` to `last` of the next `deep` rows as one cell, where that is more than one."""
    if last > first or deep > 1:
        end = sheet.row + deep - 1
        sheet.page.merge_cells(start_row=sheet.row, end_row=end, start_column=first, end_column=last)


def _value(sheet: Sheet, column: int, cell: Cell) -> None:
    """The words of one cell, with what was struck out where there is any."""
    place = sheet.page.cell(sheet.row, column)
    mended = any(isinstance(part, Mended) for part in cell.parts)
    put(place, "" if mended else cell.text, TEXT)
    place.border = RULED
    if mended:
        tail = [f"\n{cell.sign}"] if cell.sign else []
        place.value = CellRichText(*(run for part in [*cell.parts, *tail] for run in _runs(part)))
        place.quotePrefix = is_risky(words(cell))


def _runs(part: Part) -> list[TextBlock]:
    """Plain words, or the old ones struck out, why, and the new."""
    if isinstance(part, str):
        return [_run(part)]
    found = []
    for one in part.old:
        found += [_run(one.old or EMPTY, True), _run(f"（{one.why}）" if one.why else " ")]
    return [*found, _run(part.now or EMPTY)]


def _run(text: str, struck: bool = False) -> TextBlock:
    return TextBlock(InlineFont(rFont=SONG, sz=10, strike=struck or None), clean(text))


def words(cell: Cell) -> str:
    """All that stands in the cell, struck out or not, to measure it."""
    runs = [run.text for part in cell.parts for run in _runs(part)]
    return "".join(runs) + (f"\n{cell.sign}" if cell.sign else "")
