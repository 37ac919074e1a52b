"""A long list as a workbook of one sheet, straight from the query into a file: nothing of it stands in memory.

How many rows there are is known only at the end. The places that say it (the foot of the page, the filter's range) come behind the rows in the file, and are filled in then.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import BinaryIO

from reception.core.flow import Refused
from reception.core.sheets.book import Book
from reception.core.sheets.sheet import Row
from reception.core.sheets.styles import Column

LAST = 1_048_576  # the last row that a sheet can have
MOST_ROWS = LAST - 10
_RANGE = re.compile(rb"(:\$?[A-Z]+\$?)%d" % LAST)
_ROWS = "\ue0f1"  # private to this file: stands where the number will


def dump(
    file: BinaryIO,
    *,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    at: datetime,
    mark: str,
    reason: str = "",
) -> int:
    """Write `rows` under their headings; returns how many. mark: who took it out and when; it stands with the reason
    under the title and at the head of every printed page, the number of rows at the foot. Raises Refused."""
    book = Book(title, at=at)
    sheet = book.sheet(title[:31], landscape=True)
    said = f"{mark}。用途：{reason}" if reason else mark
    sheet.title(title, said)
    sheet.watermark(said, foot=f"共 {_ROWS} 行")
    sheet.widths(columns)
    count = _Count(rows)
    block = sheet.stream(columns, count, LAST - sheet.row, tall=False)
    sheet.freeze(block)
    sheet.filter(block)
    book.save(file, late=lambda part: count.fill(part, block.head))
    return count.seen


class _Count:
    """Counts what it hands on."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows, self.seen = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.seen += 1
            if self.seen > MOST_ROWS:
                raise Refused("invalid", f"超过 {MOST_ROWS:,} 行，一张工作表放不下。请缩小筛选再导出。")
            yield row

    def fill(self, part: bytes, head: int) -> bytes:
        """Put the number and the last row where they are waited for."""
        number = f"{self.seen:,}".encode()
        for written in (_ROWS.encode(), _ROWS.encode("ascii", "xmlcharrefreplace")):
            part = part.replace(written, number)
        return _RANGE.sub(rb"\g<1>%d" % max(head + self.seen, head), part)
