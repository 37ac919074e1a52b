"""客户反映情况报告.xlsx: the sheets of records §2.4, from one calculated report."""

from collections.abc import Mapping

from helpdesk.report.build import Report
from helpdesk.report.sheets.registry import WRITERS, Writer
from reception.core.sheets import Book

TITLE = "客户反映情况报告"


def workbook(report: Report, more: Mapping[int, Writer] | None = None) -> Book:
    """The workbook of a report; the same data gives the same bytes. 明细 is read while it is saved.

    more: sheets by their number (1, 11, 12) that others write, put where they belong.
    """
    book = Book(f"{TITLE} {report.span.label}", at=report.span.end)
    for _, write in sorted((WRITERS | dict(more or {})).items()):
        write(book, report)
    return book


def filename(report: Report) -> str:
    """客户反映情况报告-2026-10.xlsx."""
    return f"{TITLE}-{report.span.name}.xlsx"
