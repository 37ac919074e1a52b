"""14 口径说明."""

from helpdesk.report.build import Report
from helpdesk.report.definitions import explained
from helpdesk.report.sheets.shared import begin
from reception.core.sheets import Book, Column

WORDS = (Column("名称", 18), Column("口径", 92))


def words(book: Book, report: Report) -> None:
    """14 口径说明: what every figure means, in the words the page shows."""
    sheet = begin(book, 14, report, WORDS)
    block = sheet.table(WORDS, [(word, text) for _, word, text in explained()])
    sheet.freeze(block)
