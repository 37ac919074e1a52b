"""The workbook's tables on the page: the same rows, as words (D4.4.5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helpdesk.report.build import Report
from helpdesk.report.sheets import alarms, grievances, phones, places, revisits
from helpdesk.report.sheets.grid import Grid, is_total
from helpdesk.report.tables import names
from reception.core.clock.periods import local
from reception.core.sheets import DECIMAL, MOMENT, RATE, TEXT, WHOLE

RIGHT = (WHOLE, DECIMAL, RATE)
SHADES, LONG, WIDE = (
    4,
    15,
    8,
)  # shades of a colour scale; characters of a column of words; columns of a wide table
# What a number begins with → where the record stands, below /helpdesk/.
PLACES = {
    "DH": "calls", "WX": "repairs", "TS": "complaints", "TF": "emergencies", "QT": "matters", "CX": "enquiries",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One cell in words: css its classes, url where its number leads, rows where the records behind it are listed."""

    text: str
    css: str
    url: str = ""
    rows: str = ""


def said(value: object, kind: str) -> str:
    """A value of the workbook as the page writes it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{local(value):%m-%d %H:%M}" if kind == MOMENT else f"{local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, int | float) and kind in RIGHT:
        looks = {RATE: "{:.1%}", DECIMAL: "{:,.1f}", WHOLE: "{:,}"}
        return looks[kind].format(value)
    return str(value)


def link(no: str) -> str:
    """The page of the record of that number; "" when it is none."""
    place = PLACES.get(no.partition("-")[0], "")
    return f"/helpdesk/{place}/{no}/" if place else ""


def shades(grid: Grid) -> int:
    """The largest coloured number; 0 without a colour scale."""
    first, last = grid.heat
    numbers = (
        [value for row in grid.rows if not is_total(row) for value in row[first - 1 : last]] if first else []
    )
    return max((value for value in numbers if isinstance(value, int)), default=0)


def cells(grid: Grid, at: int, most: int) -> list[Cell]:
    """Row `at`, from 0."""
    row = grid.rows[at]
    first, last = grid.heat
    found = []
    for number, (value, column) in enumerate(zip(row, grid.columns, strict=True), 1):
        css = (
            "r nw"
            if column.kind in RIGHT
            else "nw"
            if column.kind != TEXT
            else "wd"
            if column.width > LONG
            else ""
        )
        if most and first <= number <= last and isinstance(value, int) and not is_total(row):
            css += f" heat{round(value / most * SHADES)}"
        behind = grid.links.get((at, number - 1), "") if value else ""
        found.append(
            Cell(said(value, column.kind), css, link(str(value)) if column.label == "单号" else "", behind)
        )
    return found


def table(grid: Grid) -> dict[str, Any]:
    """One grid for `_grid.html`; what does not fit is in the workbook."""
    most = shades(grid)
    rows = grid.rows[: grid.shown]
    return {
        "code": grid.code,
        "title": grid.title,
        "note": grid.note,
        "empty": grid.empty,
        "heads": [(column.label, "r" if column.kind in RIGHT else "") for column in grid.columns],
        "rows": [(cells(grid, at, most), is_total(row)) for at, row in enumerate(rows)],
        "wide": len(grid.columns) > WIDE or bool(grid.spans),
        "all": len(grid.rows),
        "more": len(grid.rows) > grid.shown,
    }


def sections(report: Report) -> list[dict[str, Any]]:
    """区域×类别, 投诉, 电话与查询, 回访满意度, 突发重要: (anchor, title, where it is explained, tables)."""
    found: tuple[tuple[str, str, str, list[Grid]], ...] = (
        ("s-areas", "区域×类别", "area", places.grids(report)),
        ("s-complaints", "投诉", "complaint", grievances.grids(report)),
        ("s-phones", "电话与查询", "hour", phones.grids(report)),
        ("s-revisits", "回访满意度", "told", revisits.grids(report)),
        ("s-alarms", "突发重要", "alarm", alarms.grids(report, names())),
    )
    return [
        {"anchor": anchor, "title": title, "how": how, "tables": [table(grid) for grid in grids]}
        for anchor, title, how, grids in found
    ]
