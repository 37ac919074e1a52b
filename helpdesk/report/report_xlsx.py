"""客户反映情况报告.xlsx: sheets 2, 3, 5, 9, 13 and 14 of records §2.4, from one calculated report."""

from helpdesk.report import sheets_xlsx as sheets
from helpdesk.report.build import Report
from reception.core.sheets import Book

TITLE = "客户反映情况报告"


def workbook(report: Report) -> Book:
    """The workbook of a report; the same data gives the same bytes. 明细 is read while it is saved."""
    book = Book(f"{TITLE} {report.span.label}", at=report.span.end)
    for write in (
        sheets.overview,
        sheets.by_category,
        sheets.by_crew,
        sheets.leftovers,
        sheets.details,
        sheets.words,
    ):
        write(book, report)
    return book


def filename(report: Report) -> str:
    """客户反映情况报告-2026-10.xlsx."""
    return f"{TITLE}-{report.span.name}.xlsx"
