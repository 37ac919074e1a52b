"""What the sheets of the report share: the heading, and how a figure stands in a cell."""

from collections.abc import Iterable

from helpdesk.report.build import Report
from helpdesk.report.figures import Figure, Rate
from reception.core.sheets import NONE, Book, Column, Sheet

NAMES = (
    "封面与结论", "总览", "分类汇总", "区域×类别", "报修时效", "投诉", "电话与查询", "回访满意度", "未关闭事项", "突发重要",
    "典型案例", "改进建议", "明细", "口径说明",
)  # fmt: skip

MOST = 50  # rows of a table on the page; the workbook has all


def begin(
    book: Book, number: int, report: Report, columns: Iterable[Column], *, landscape: bool = False
) -> Sheet:
    """Sheet `number` (1–14) with its heading and widths; its name is the title."""
    name = NAMES[number - 1]
    sheet = book.sheet(f"{number} {name}", landscape=landscape)
    sheet.widths(list(columns))
    sheet.title(f"客户反映情况报告　{name}", f"{report.span.label}　{report.span.cut_off}")
    return sheet


def shown(figure: Figure) -> object:
    """A figure as a number, — without a base."""
    value = figure.value if isinstance(figure, Rate) else figure
    return NONE if value is None else value


def known(value: float | None) -> object:
    """A number, — when there is none."""
    return NONE if value is None else value
