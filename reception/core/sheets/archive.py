"""A zip whose bytes depend on nothing but what is put in: no clock, no file dates.

The same month exported twice must be the same file, so that a hash can prove it.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DAWN = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20
_SIZE = re.compile(rb"<dimension [^>]*/>")
Source = Callable[[], Iterable[bytes]]
Late = Callable[[bytes], bytes]


def _quick() -> Any:
    """What deflates long tables: a tenth of the work of the usual level 6, and a quarter more bytes.

    Machines that the fast library is not made for do it with the standard one at level 3 (ADR 0018).
    """
    try:
        from isal import isal_zlib
    except ImportError:
        return zlib.compressobj(3, zlib.DEFLATED, -zlib.MAX_WBITS)
    return isal_zlib.compressobj(2, zlib.DEFLATED, -zlib.MAX_WBITS)


class StableZip(ZipFile):
    """A ZipFile with fixed dates; `inserts` maps a part's name to rows put before its `</sheetData>`.

    Long tables come in through `inserts`, as a stream: a month of records never stands in memory.
    """

    def __init__(self, file: Any, inserts: Mapping[str, Source], late: Late | None = None) -> None:
        super().__init__(file, "w", ZIP_DEFLATED, allowZip64=True)
        self.inserts, self.late, self._behind = inserts, late, False

    def _entry(self, name: str) -> ZipInfo:
        entry = ZipInfo(name, _DAWN)
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        return entry

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **kwargs: Any) -> None:
        """Add a part from memory (called by openpyxl)."""
        if self.late and self._behind:
            data = self.late(data.encode() if isinstance(data, str) else data)
        super().writestr(self._entry(str(zinfo_or_arcname)), data)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **kwargs: Any) -> None:
        """Add a part from a temporary file (called by openpyxl for each sheet)."""
        name = str(arcname).lstrip("/")
        with open(filename, "rb") as source, self.open(self._entry(name), "w") as target:
            if name in self.inserts:
                target._compressor = _quick()  # type: ignore[attr-defined]
                _splice(source.read(), self.inserts[name](), target, self.late)
                self._behind = True
            else:
                while chunk := source.read(_CHUNK):
                    target.write(chunk)


def _splice(part: bytes, rows: Iterable[bytes], target: Any, late: Late | None) -> None:
    """Write `part` with `rows` before the end of its data."""
    before, mark, after = part.partition(b"</sheetData>")
    if not mark:
        raise ValueError("a sheet without data cannot take streamed rows")
    target.write(_SIZE.sub(b"", before))  # it counts only the rows openpyxl knows of, and is optional
    for row in rows:
        target.write(row)
    target.write(mark + (late(after) if late else after))
