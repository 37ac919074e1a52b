"""Reads a workbook that somebody sent, and trusts nothing in it.

A workbook is a zip of XML: a small file may hold gigabytes, name a million columns, or be no workbook at all.
What is read are texts and nothing else: formulas are taken as their last result, links and macros are never opened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from reception.core.flow import Refused

MB = 1 << 20
HEAVIEST = 5 * MB  # of the file
UNPACKED = 60 * MB  # of all its parts together
PARTS = 400
COLUMNS = 40
LONGEST = 2000  # characters of one cell; more is cut, and too long for any field


@dataclass(frozen=True)
class Line:
    """One row with something in it: its number in the sheet (from 1), and its cells as text, up to the last filled one."""

    number: int
    cells: tuple[str, ...]


def read_lines(file: BinaryIO, *, most: int, size: int | None = None) -> list[Line]:
    """The rows of the first sheet that hold anything, at most `most`. Raises Refused (invalid, field "file") with what
    is wrong with the file: not .xlsx, too large, too many rows, damaged."""
    _weigh(file, size)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        return _lines(book, most)
    except Refused:
        raise
    except Exception as error:  # whatever a damaged or hostile part makes the parser raise
        raise Refused(
            "invalid", "这个文件打不开，可能已损坏。请在 Excel 里打开后另存为 .xlsx，再上传。", field="file"
        ) from error


def _weigh(file: BinaryIO, size: int | None) -> None:
    """Look at the zip's own list before anything is unpacked; a part never yields more than its entry says."""
    if size is None:
        size = file.seek(0, 2)
    file.seek(0)
    if size > HEAVIEST:
        raise Refused(
            "invalid",
            f"文件有 {size / MB:.1f} MB，最大 {HEAVIEST // MB} MB。请去掉图片和多余的工作表，或分成几个文件。",
            field="file",
        )
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused(
            "invalid", "这不是 .xlsx 工作簿。旧的 .xls 或 .csv 请在 Excel 里另存为 .xlsx。", field="file"
        ) from error
    file.seek(0)
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise Refused(
            "invalid", "这不是 .xlsx 工作簿。请在 Excel 里另存为“Excel 工作簿（.xlsx）”。", field="file"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("invalid", "工作簿加了密码，打不开。请去掉密码再上传。", field="file")
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > UNPACKED:
        raise Refused("invalid", "工作簿展开后太大。请只留要导入的那张表，另存为新的 .xlsx。", field="file")


def _lines(book: Any, most: int) -> list[Line]:
    """The first sheet's rows, however large the sheet says it is."""
    if not book.worksheets:
        raise Refused("invalid", "工作簿里没有工作表。", field="file")
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    found: list[Line] = []
    for line in _filled(sheet.iter_rows(max_col=COLUMNS, values_only=True), most):
        if len(found) >= most:
            raise Refused("invalid", f"一次最多导入 {most} 行，请分成几个文件。", field="file")
        found.append(line)
    return found


def _filled(rows: Iterator[tuple[object, ...]], most: int) -> Iterator[Line]:
    """Rows with something in them; a sheet that goes on empty is not followed for ever."""
    empty = 0
    for number, row in enumerate(rows, 1):
        cells = tuple(text_of(value) for value in row)
        if any(cells):
            empty = 0
            last = max(index for index, cell in enumerate(cells) if cell)
            yield Line(number, cells[: last + 1])
        elif (empty := empty + 1) > most:
            return


def text_of(value: object) -> str:
    """A cell as a person reads it: 13800138000 without a fraction, a date as 2026-03-25, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()[:LONGEST]
