"""A workbook: sheets in order, fixed metadata, saved so that the same content gives the same bytes."""

import os
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from reception.core.sheets.archive import Late, Source, StableZip
from reception.core.sheets.sheet import Sheet
from reception.core.sheets.styles import all_styles

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Book:
    """A new workbook titled `title`, dated `at` (aware): the data's cut-off, never the clock on the wall."""

    def __init__(self, title: str, *, at: datetime, maker: str = "迎候") -> None:
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        for style in all_styles():
            self.book.add_named_style(style)
        made = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        facts = self.book.properties
        facts.title, facts.creator, facts.lastModifiedBy = title, maker, maker
        facts.created = facts.modified = made
        self._inserts: dict[str, Source] = {}

    def sheet(self, name: str, *, landscape: bool = False) -> Sheet:
        """The next sheet, A4, one page wide."""
        page = self.book.create_sheet(name)
        return Sheet(page, self._inserts, landscape)

    def save(self, file: BinaryIO, late: Late | None = None) -> None:
        """Write the workbook into an open binary file. A book is saved once: its streamed rows are used up.

        late: changes what is written behind the streamed rows, for what is known only then.
        """
        parts = {
            f"xl/worksheets/sheet{number}.xml": self._inserts[name]
            for number, name in enumerate(self.book.sheetnames, 1)
            if name in self._inserts
        }
        with StableZip(file, parts, late) as archive:
            ExcelWriter(self.book, archive).write_data()

    def save_as(self, path: Path) -> None:
        """Write to `path` whole or not at all."""
        save_whole(path, self.save)


def save_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """What `write` writes, at `path`: a reader sees the old file or the new, never half of one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
