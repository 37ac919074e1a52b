"""One sheet of a workbook to be printed: written from the top down, ready for A4."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reception.core.clock.periods import local
from reception.core.sheets.archive import Source
from reception.core.sheets.stream import rows_xml
from reception.core.sheets.styles import PLAIN, TEXT, TEXTS, Column, style_name
from reception.core.sheets.text import clean, height, is_risky, lines_of

Row = Sequence[object]
ToneOf = Callable[[Row], str]
NONE = "—"  # what stands where there is nothing to divide by
_A4 = 9
PALE, DARK = "FFFFFFFF", "FF9DB4E3"  # a colour scale, readable in print under black figures


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

    def watermark(self, text: str, foot: str = "") -> None:
        """Words in small letters at the head of every printed page, and in the middle of its foot."""
        page: Any = self.page
        for part, words in ((page.oddHeader.right, text[:100]), (page.oddFooter.center, foot)):
            if words:
                part.text, part.size, part.font = words.replace("&", "&&"), 8, "宋体,Regular"

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

    def say(self, text: str) -> None:
        """A sentence in small letters, where a table would have no rows."""
        self._line(text, "说明", 16)

    def scale(self, columns: tuple[int, int], first: int, last: int) -> None:
        """Colour the cells of `columns` (from, to; from 1) in the rows `first` to `last` by size, the most the darkest."""
        if last >= first:
            area = f"{get_column_letter(columns[0])}{first}:{get_column_letter(columns[1])}{last}"
            rule = ColorScaleRule(start_type="min", start_color=PALE, end_type="max", end_color=DARK)
            self.page.conditional_formatting.add(area, rule)

    def widths(self, columns: Sequence[Column]) -> None:
        """Set the columns' widths; the sheet's first table decides them."""
        for number, column in enumerate(columns, 1):
            self.page.column_dimensions[get_column_letter(number)].width = column.width

    def head(self, columns: Sequence[Column], spans: Sequence[int] = ()) -> int:
        """The row of headings, each over its span of the sheet's columns. Returns its number."""
        self.line([column.label for column in columns], [TEXT] * len(columns), spans=spans)
        self.row -= 1
        for number in range(1, (sum(spans) or len(columns)) + 1):
            self.page.cell(self.row, number).style = "表头"
        self.page.row_dimensions[self.row].height = 30
        self.row += 1
        return self.row - 1

    def table(self, columns: Sequence[Column], rows: Iterable[Row], tone: ToneOf | None = None) -> Block:
        """Headings and rows; `tone` chooses a row's look (PLAIN, TOTAL, ALARM)."""
        head = self.head(columns)
        for row in rows:
            self.line(row, [column.kind for column in columns], tone(row) if tone else PLAIN)
        return Block(head, self.row - 1, len(columns))

    def line(
        self,
        row: Row,
        kinds: Sequence[str],
        tone: str = PLAIN,
        only: Sequence[int] = (),
        spans: Sequence[int] = (),
    ) -> None:
        """One row below the last, each value of its own kind, as high as its longest text needs.

        only: limits the tone to these columns (from 1); spans: over how many of the sheet's columns each value goes.
        """
        column, deep = 1, 1
        for number, (value, kind) in enumerate(zip(row, kinds, strict=True), 1):
            wide = spans[number - 1] if spans else 1
            look = tone if not only or number in only else PLAIN
            for more in range(wide):
                put(self.page.cell(self.row, column + more), None if more else value, kind, look)
            if wide > 1:
                self.page.merge_cells(
                    start_row=self.row, end_row=self.row, start_column=column, end_column=column + wide - 1
                )
            if kind in TEXTS and value:
                deep = max(deep, lines_of(str(value), sum(self.width(column + more) for more in range(wide))))
            column += wide
        if deep > 1:
            self.page.row_dimensions[self.row].height = height(deep)
        self.row += 1

    def width(self, column: int) -> float:
        """The width of a column in characters."""
        return float(self.page.column_dimensions[get_column_letter(column)].width)

    def stream(
        self, columns: Sequence[Column], rows: Iterable[Row], count: int, *, tall: bool = True
    ) -> Block:
        """Headings and `count` rows that are written only when the book is saved; the sheet's last table.

        tall: each row says how high its longest text makes it; else whoever opens it finds that out.
        """
        head = self.head(columns)
        looks = [self._looks(column.kind) for column in columns]
        kinds, first = [column.kind for column in columns], self.row
        widths = [self.width(number) for number in range(1, len(kinds) + 1)] if tall else []
        self._inserts[self.page.title] = lambda: rows_xml(rows, first, kinds, looks, widths)
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

    def freeze_title(self, columns: int = 0, head: int = 0) -> None:
        """Of several tables: keep the sheet's heading in sight (and the first `columns`), and print it on every page;
        or, for a long last table, the row `head`."""
        self.page.freeze_panes = f"{get_column_letter(columns + 1)}3"
        self.page.print_title_rows = f"{head}:{head}" if head else "1:2"

    def filter(self, block: Block) -> None:
        """Put the filter arrows on a table."""
        last = get_column_letter(block.columns)
        self.page.auto_filter.ref = f"A{block.head}:{last}{max(block.last, block.head)}"
