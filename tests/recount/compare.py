"""The workbook against the recount: every cell that carries a figure, or one that was not counted, is named."""

from collections.abc import Iterator
from datetime import UTC, datetime
from math import isclose
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook

from tests.recount.raw import read, shifted, span
from tests.recount.sheets import all_tables
from tests.recount.written import COVER, written

WORDS = "14 口径说明"  # no figure of a month
FIRST = {"班组": 2, "大类": 2, "问题": 3, "上期承诺": 3}  # tables whose rows one column does not tell apart


def differences(
    cursor: Any, path: Path | BinaryIO, month: str, many: int = 1, counted: list[int] | None = None
) -> Iterator[str]:
    """counted: takes the number of cells that were recounted. A line for every cell that differs, for every row missing or too many, and for every number nobody recounted."""
    house, book = read(cursor), load_workbook(path)
    start, end = span(month, many)
    made = book.properties.created
    if made:  # a month that is not over is cut off when the workbook was made
        end = min(end, made.replace(tzinfo=UTC))
    before, year = ((shifted(start, by), shifted(start, by + many)) for by in (-many, -12))
    seen: set[tuple[str, int, int]] = set()
    for sheet, first, second, rows in all_tables(house, start, end, before, year):
        yield from table(book[sheet], first, second, rows, seen)
    if COVER in book.sheetnames:  # the figures alone are a book without what people say
        for sheet, first, second, rows in written(house, start, end, before, many):
            yield from table(book[sheet], first, second, rows, seen)
    if counted is not None:
        counted.append(sum(column > 0 for *_, column in seen))
    for page in book.worksheets:
        if page.title != WORDS:
            yield from uncounted(page, seen)


def table(
    page: Any, first: str, second: str, rows: list[dict[str, Any]], seen: set[tuple[str, int, int]]
) -> Iterator[str]:
    """The next table on `page` that begins with these headings, row by row by what stands in its first columns."""
    heads = (
        n
        for n in range(1, page.max_row + 1)
        if begins(page, n, first, second) and (page.title, n, 0) not in seen
    )
    head = next(heads, 0)
    if not head and rows:
        yield f"{page.title}：没有“{first}、{second}”这张表"
    if not head:
        return
    seen.add((page.title, head, 0))
    columns = {str(cell.value): cell.column for cell in page[head] if cell.value is not None}
    wanted: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        wanted.setdefault(key(row, first), []).append(row)
    for number in range(head + 1, page.max_row + 1):
        there = {label: page.cell(number, column).value for label, column in columns.items()}
        if not any(wanted.values()) or set(there.values()) == {None}:
            break
        name = key(there, first, list(columns))
        alike = wanted.get(name)
        if not alike:
            yield f"{page.title} 第{number}行 {name}：记录里没有这一行"
        yield from cells(page, number, columns, alike.pop(0) if alike else {}, seen)
    yield from (f"{page.title}：少了 {name}" for name, rows in wanted.items() for _ in rows)


def cells(
    page: Any, number: int, columns: dict[str, int], row: dict[str, Any], seen: set[tuple[str, int, int]]
) -> Iterator[str]:
    """The cells of one row; ... stands for a word that is no record's."""
    for label, value in row.items():
        if label not in columns:
            yield f"{page.title}：没有“{label}”这一栏"
            continue
        cell = page.cell(number, columns[label])
        seen.add((page.title, number, cell.column))
        if value is not ... and not same(cell.value, value):
            yield f"{page.title} {cell.coordinate} {row_name(row)} {label}：表上 {cell.value}，重算 {value}"


def row_name(row: dict[str, Any]) -> str:
    """What a row is called when one of its cells differs."""
    return "、".join(str(value) for value in list(row.values())[:2])


def begins(page: Any, number: int, first: str, second: str) -> bool:
    """Whether the row holds the headings; the second may stand behind merged columns."""
    cells = [str(cell.value) for cell in page[number] if cell.value is not None]
    return cells[:1] == [first] and (not second or cells[1:2] == [second])


def key(row: dict[str, Any], first: str, columns: list[str] | None = None) -> tuple[str, ...]:
    """What tells rows apart: nothing where the first column is a figure itself."""
    names = list(columns or row)[: FIRST.get(first, 1)]
    told = (row.get(name) for name in names)
    return tuple("" if isinstance(value, int | float) else str(value or "") for value in told)


def same(cell: Any, value: Any) -> bool:
    """Equal as shown: — for nothing to divide by, an empty cell for nothing."""
    if value is None:
        return cell in (None, "—", "")
    if isinstance(value, datetime):
        return isinstance(cell, datetime) and abs((cell - value).total_seconds()) <= 1
    if isinstance(value, int | float):
        return isinstance(cell, int | float) and isclose(cell, value, rel_tol=1e-9, abs_tol=1e-9)
    return str(cell or "") == value


def uncounted(page: Any, seen: set[tuple[str, int, int]]) -> Iterator[str]:
    """Numbers and times in cells that no recount looked at."""
    for row in page.iter_rows():
        for cell in row:
            there = isinstance(cell.value, int | float | datetime) and not isinstance(cell.value, bool)
            if there and (page.title, cell.row, cell.column) not in seen:
                yield f"{page.title} {cell.coordinate}：{cell.value} 没有被重算"
