"""A table that stands in the workbook and on the page with the same rows: written once, shown twice."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from helpdesk.report.sheets.shared import MOST
from reception.core.sheets import ALARM, PLAIN, TOTAL, Block, Column, Row, Sheet

TOTALS = ("合计", "小计")


@dataclass(frozen=True)
class Grid:
    """One table: code is its anchor on the page, empty the sentence that stands for no rows.

    heat: the first and the last column (from 1) that are coloured by size, without the total; red: the numbers
    (from 0) of the rows that stand out. shown: so many rows at most on the page, where the workbook has all.
    spans: over how many of the sheet's columns each goes. links: (row, column), both from 0 → where the page lists
    the records behind that number.
    """

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: list[Row]
    empty: str
    note: str = ""
    heat: tuple[int, int] = (0, 0)
    red: frozenset[int] = field(default_factory=frozenset)
    shown: int = MOST
    spans: tuple[int, ...] = ()
    links: dict[tuple[int, int], str] = field(default_factory=dict)

    def tone(self, number: int) -> str:
        """How row `number` looks."""
        return ALARM if number in self.red else TOTAL if is_total(self.rows[number]) else PLAIN


def is_total(row: Row) -> bool:
    """Whether it sums up the others."""
    return any(word in TOTALS for word in row[:2])


def lay(sheet: Sheet, grid: Grid, *, first: bool = False) -> Block:
    """Write a table below what stands there, under its title unless it is the sheet's first; without rows the sentence."""
    if not first:
        sheet.part(grid.title, grid.note)
    if not grid.rows:
        head = sheet.head(grid.columns, grid.spans)
        sheet.say(grid.empty)
        return Block(head, head, len(grid.columns))
    head, kinds = sheet.head(grid.columns, grid.spans), [column.kind for column in grid.columns]
    for number, row in enumerate(grid.rows):
        sheet.line(row, kinds, grid.tone(number), spans=grid.spans)
    block = Block(head, sheet.row - 1, len(grid.columns))
    if grid.heat[0]:
        last = block.last - is_total(grid.rows[-1])
        sheet.scale(grid.heat, head + 1, last)
    return block


def lay_all(sheet: Sheet, grids: Iterable[Grid]) -> list[Block]:
    """One below the other; where each landed."""
    return [lay(sheet, grid, first=number == 0) for number, grid in enumerate(grids)]
