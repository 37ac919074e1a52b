"""4 区域×类别."""

from collections.abc import Callable

from helpdesk.cases.choices import Kind
from helpdesk.report.areas import Matrix
from helpdesk.report.build import Report
from helpdesk.report.links import rows_url
from helpdesk.report.sheets.grid import Grid, lay_all
from helpdesk.report.sheets.shared import begin
from helpdesk.report.spans import Span
from reception.core.sheets import WHOLE, Book, Column

Narrow = Callable[[str], dict[str, str]]
KINDS = {kind.label: kind.value for kind in Kind}
AREA, COUNT = Column("区域", 16), Column("合计", 8, WHOLE)


def grids(report: Report) -> list[Grid]:
    """受理 by area and kind, and the repairs of it by area and field; the darker the more."""
    return [
        _grid("area", "区域×大类", report.areas.kinds, "这一期没有新受理的事项。", report.span, kind_of),
        _grid(
            "area_repairs",
            "区域×维修类别",
            report.areas.repairs,
            "这一期没有新受理的报修。",
            report.span,
            field_of,
        ),
    ]


def kind_of(head: str) -> dict[str, str]:
    """What narrows a list to a column of 区域×大类; "" is all of them."""
    return {"of": "received", "kind": KINDS.get(head, "")}


def field_of(head: str) -> dict[str, str]:
    """The same of 区域×维修类别."""
    return {"of": "repairs", "field": head}


def _grid(code: str, title: str, matrix: Matrix, empty: str, span: Span, narrow: Narrow) -> Grid:
    columns = (AREA, *(Column(head, 8, WHOLE) for head in matrix.heads), COUNT)
    rows = [(area, *(counts := matrix.row(area)), sum(counts)) for area in matrix.areas]
    total = [("合计", *matrix.sums(), matrix.total)] if rows else []
    links = {
        (row, column): rows_url(span, area=area, **narrow(head))
        for row, area in enumerate([*matrix.areas, ""])
        for column, head in enumerate([*matrix.heads, ""], 1)
    }
    return Grid(code, title, columns, [*rows, *total], empty, heat=(2, len(matrix.heads) + 1), links=links)


def by_area(book: Book, report: Report) -> None:
    """4 区域×类别: where it came from, with a colour scale."""
    found = grids(report)
    widest = max(found, key=lambda grid: len(grid.columns))
    sheet = begin(book, 4, report, widest.columns, landscape=True)
    lay_all(sheet, found)
    sheet.freeze_title(1)
