"""Native charts (they stay editable in Excel), in the house's colours."""

from collections.abc import Sequence
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.title import Title, title_maker
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties

from reception.core.sheets.sheet import Block, Sheet

GRID = "E2E5EC"
COLOURS = ("23459A", "B9862B", "B2301D", "6F8FD6", "8A94A8")


def _series(sheet: Sheet, block: Block, column: int) -> Series:
    values = Reference(sheet.page, min_col=column, min_row=block.head, max_row=block.last)
    return Series(values, title_from_data=True)


def _labels(sheet: Sheet, block: Block, column: int) -> Reference:
    return Reference(sheet.page, min_col=column, min_row=block.head + 1, max_row=block.last)


def _title(words: str) -> Title:
    title = title_maker(words)
    for paragraph in title.tx.rich.p:
        for run in paragraph.r:
            run.rPr = CharacterProperties(sz=1200, b=True)  # hundredths of a point
    title.overlay = False
    return title


def _frame(chart: Any, title: str, size: tuple[float, float]) -> None:
    chart.title, (chart.width, chart.height) = _title(title), size
    chart.legend.position = "b"
    # Excel hides axes that do not say they are there.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=GRID, w=6350))
    chart.layout = Layout(manualLayout=ManualLayout(x=0.06, y=0.16, w=0.88, h=0.6))


def _stroke(series: Any, colour: str) -> None:
    series.graphicalProperties.line.solidFill = colour
    series.graphicalProperties.line.width = 22_000  # EMU
    series.smooth = False
    series.marker.symbol, series.marker.size = "circle", 5
    series.marker.graphicalProperties.solidFill = colour
    series.marker.graphicalProperties.line.solidFill = colour


def lines(
    sheet: Sheet,
    block: Block,
    title: str,
    columns: Sequence[int],
    at: str,
    size: tuple[float, float] = (17, 7),
) -> None:
    """A line per column of a table, its first column along the bottom; `size` in centimetres."""
    chart = LineChart()
    for number, column in enumerate(columns):
        series = _series(sheet, block, column)
        _stroke(series, COLOURS[number % len(COLOURS)])
        chart.series.append(series)
    chart.set_categories(_labels(sheet, block, 1))
    _frame(chart, title, size)
    chart.y_axis.number_format, chart.y_axis.scaling.min = "#,##0", 0
    sheet.page.add_chart(chart, at)


def pareto(
    sheet: Sheet,
    block: Block,
    title: str,
    columns: tuple[int, int, int],
    at: str,
    size: tuple[float, float] = (17, 8),
) -> None:
    """Bars and, on the right axis, their running share; `columns` are label, count and running share (0–1)."""
    label, count, share = columns
    bars = BarChart()
    bar = _series(sheet, block, count)
    bar.graphicalProperties.solidFill = COLOURS[0]
    bars.series.append(bar)
    bars.gapWidth = 40
    bars.set_categories(_labels(sheet, block, label))
    line = LineChart()
    curve = _series(sheet, block, share)
    _stroke(curve, COLOURS[2])
    line.series.append(curve)
    line.y_axis.axId, line.y_axis.crosses = 200, "max"
    line.y_axis.scaling.min, line.y_axis.scaling.max = 0, 1
    line.y_axis.number_format, line.y_axis.majorGridlines, line.y_axis.delete = "0%", None, False
    _frame(bars, title, size)
    bars.y_axis.scaling.min, bars.y_axis.number_format = 0, "#,##0"
    bars += line
    sheet.page.add_chart(bars, at)
