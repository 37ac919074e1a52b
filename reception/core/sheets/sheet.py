"""One sheet of a workbook to be printed: written from the top down, ready for A4."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reception.core.clock.periods import local
from reception.core.sheets.archive import Source
from reception.core.sheets.stream import rows_xml
from reception.core.sheets.styles import PLAIN, TEXT, TEXTS, Column, style_name
from reception.core.sheets.text import clean, is_risky

Row = Sequence[object]
ToneOf = Callable[[Row], str]
NONE = "—"  # what stands where there is nothing to divide by
_A4 = 9


@dataclass(frozen=True)
class Block:
    """Where a table landed: the heading's row, the last row, the number of columns (all from 1)."""

    head: int
    last: int
    columns: int


def wall(value: object) -> object:
    """An aware time as Asia/Shanghai wall clock, which is all that a cell can hold; anything else as it is."""
    if isinstance(value, datetime) and value.tzinfo:
        return local(value).replace(tzinfo=None, microsecond=0)
    return value


def put(cell: Cell, value: object, kind: str = TEXT, tone: str = PLAIN) -> None:
    """Write one value. Text is always stored as text, whatever it begins with; None leaves the cell empty."""
    cell.style = style_name(kind, tone)
    value = wall(value)
    if value is None or value == "":
        return
    if isinstance(value, int | float | date) and not isinstance(value, bool):
        cell.value = value
        cell.number_format = cell.number_format if kind not in TEXTS else "General"
        return
    text = clean(value)
    cell.value = text
    cell.data_type = "s"
    if is_risky(text) and text != NONE:
        cell.quotePrefix = True


class Sheet:
    """Writes into one worksheet; `row` is the next free row."""

    def __init__(self, page: Worksheet, inserts: dict[str, Source], landscape: bool) -> None:
        self.page, self._inserts, self.row = page, inserts, 1
        page.sheet_view.showGridLines = False
        self._print_setup(landscape)

    def _print_setup(self, landscape: bool) -> None:
        page: Any = self.page
        page.page_setup.paperSize = _A4
        page.page_setup.orientation = "landscape" if landscape else "portrait"
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.print_options.horizontalCentered = True
        page.page_margins.left = page.page_margins.right = 0.5
        page.page_margins.top, page.page_margins.bottom = 0.6, 0.75
        page.oddFooter.left.text = "制表：　　　　　审核："
        page.oddFooter.right.text = "第 &P 页／共 &N 页"
        for part in (page.oddFooter.left, page.oddFooter.right):
            part.size, part.font = 9, "宋体,Regular"

    def title(self, text: str, note: str = "") -> None:
        """The sheet's heading and, in small letters, what it covers."""
        self._line(text, "大标题", 26)
        if note:
            self._line(note, "说明", 16)

    def part(self, text: str, note: str = "") -> None:
        """A heading inside the sheet, after an empty row."""
        self.row += 1
        self._line(text, "小标题", 20)
        if note:
            self._line(note, "说明", 16)

    def _line(self, text: str, style: str, height: float) -> None:
        cell = self.page.cell(self.row, 1)
        put(cell, text)
        cell.style = style
        self.page.row_dimensions[self.row].height = height
        self.row += 1

    def widths(self, columns: Sequence[Column]) -> None:
        """Set the columns' widths; the sheet's first table decides them."""
        for number, column in enumerate(columns, 1):
            self.page.column_dimensions[get_column_letter(number)].width = column.width

    def head(self, columns: Sequence[Column]) -> int:
        """The row of headings. Returns its number."""
        for number, column in enumerate(columns, 1):
            cell = self.page.cell(self.row, number)
            put(cell, column.label)
            cell.style = "表头"
        self.page.row_dimensions[self.row].height = 30
        self.row += 1
        return self.row - 1

    def table(self, columns: Sequence[Column], rows: Iterable[Row], tone: ToneOf | None = None) -> Block:
        """Headings and rows; `tone` chooses a row's look (PLAIN, TOTAL, ALARM)."""
        head = self.head(columns)
        for row in rows:
            self.line(row, [column.kind for column in columns], tone(row) if tone else PLAIN)
        return Block(head, self.row - 1, len(columns))

    def line(self, row: Row, kinds: Sequence[str], tone: str = PLAIN, only: Sequence[int] = ()) -> None:
        """One row below the last, each value of its own kind; `only` limits the tone to these columns (from 1)."""
        for number, (value, kind) in enumerate(zip(row, kinds, strict=True), 1):
            put(self.page.cell(self.row, number), value, kind, tone if not only or number in only else PLAIN)
        self.row += 1

    def stream(self, columns: Sequence[Column], rows: Iterable[Row], count: int) -> Block:
        """Headings and `count` rows that are written only when the book is saved; the sheet's last table."""
        head = self.head(columns)
        looks = [self._looks(column.kind) for column in columns]
        kinds, first = [column.kind for column in columns], self.row
        naive = ([wall(value) for value in row] for row in rows)
        self._inserts[self.page.title] = lambda: rows_xml(naive, first, kinds, looks)
        self.row += count
        return Block(head, self.row - 1, len(columns))

    def _looks(self, kind: str) -> tuple[int, int]:
        """The style numbers of a kind, plain and quoted, asked of a cell that is then thrown away."""
        cell = self.page.cell(self.row, 1)
        cell.style = style_name(kind)
        plain = cell.style_id
        cell.quotePrefix = True
        quoted = cell.style_id
        del self.page._cells[(self.row, 1)]
        return plain, quoted

    def freeze(self, block: Block, columns: int = 0) -> None:
        """Keep the heading (and the first `columns`) in sight, and print the heading on every page."""
        self.page.freeze_panes = f"{get_column_letter(columns + 1)}{block.head + 1}"
        self.page.print_title_rows = f"{block.head}:{block.head}"

    def filter(self, block: Block) -> None:
        """Put the filter arrows on a table."""
        last = get_column_letter(block.columns)
        self.page.auto_filter.ref = f"A{block.head}:{last}{max(block.last, block.head)}"
