"""Rows of a long table as sheet XML, straight from the query: about twenty times as fast as cells as objects."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from reception.core.sheets.styles import DATES, SONG, TEXTS
from reception.core.sheets.text import Struck, clean, is_risky

_EPOCH = date(1899, 12, 30).toordinal()
_BATCH = 500
EMPTY = "（空）"


def serial(value: date) -> float:
    """Excel's day number of a date or of a naive wall-clock time."""
    days = value.toordinal() - _EPOCH
    if not isinstance(value, datetime):
        return days
    return days + (value.hour * 3600 + value.minute * 60 + value.second) / 86_400


def _text(ref: str, value: object, style: int, quoted: int) -> str:
    text = clean(value)
    look = quoted if is_risky(text) else style
    return f'<c r="{ref}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _runs(ref: str, value: Struck, style: int) -> str:
    """Old values struck out, then the present one, in one cell; text, so it never runs."""
    look = f'<rPr>%s<sz val="10"/><rFont val="{SONG}"/></rPr>'
    struck = "".join(_run(look % "<strike/>", f"{old or EMPTY}") + _run(look % "", " ") for old in value.old)
    return (
        f'<c r="{ref}" s="{style}" t="inlineStr"><is>{struck}{_run(look % "", value.now or EMPTY)}</is></c>'
    )


def _run(look: str, value: object) -> str:
    return f'<r>{look}<t xml:space="preserve">{escape(clean(value))}</t></r>'


def _cell(ref: str, value: object, kind: str, style: int, quoted: int) -> str:
    if isinstance(value, Struck):
        return _runs(ref, value, quoted if kind in TEXTS else style)
    if value is None or value == "":
        return f'<c r="{ref}" s="{style}"/>'
    if kind in DATES and isinstance(value, date):
        return f'<c r="{ref}" s="{style}"><v>{serial(value):.14g}</v></c>'
    if kind not in TEXTS and isinstance(value, int | float):
        return f'<c r="{ref}" s="{style}"><v>{value!r}</v></c>'
    return _text(ref, value, style, quoted)


def rows_xml(
    rows: Iterable[Sequence[object]], first: int, kinds: Sequence[str], looks: Sequence[tuple[int, int]]
) -> Iterator[bytes]:
    """UTF-8 XML of `rows`, numbered from `first`; `looks` holds per column (style, style of a risky text)."""
    letters = [get_column_letter(i) for i in range(1, len(kinds) + 1)]
    plan = [(a, k, s, q) for a, k, (s, q) in zip(letters, kinds, looks, strict=True)]
    batch: list[str] = []
    for number, row in enumerate(rows, first):
        cells = "".join(_cell(f"{a}{number}", v, k, s, q) for v, (a, k, s, q) in zip(row, plan, strict=True))
        batch.append(f'<row r="{number}">{cells}</row>')
        if len(batch) == _BATCH:
            yield "".join(batch).encode()
            batch = []
    yield "".join(batch).encode()
