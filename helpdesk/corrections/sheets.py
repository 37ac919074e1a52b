"""Workbooks of records: what was corrected stands struck out beside the new value, and in the last column who and why (D4.3.3)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from helpdesk.corrections.chains import by_field, chain_of, said, words
from helpdesk.corrections.models import Correction
from helpdesk.corrections.registry import Kind, kind_of, shown
from reception.core.people.models import User
from reception.core.sheets import Column, Struck

NOTES = Column("更正", 44)
CHUNK = 500
Cells = tuple[object, ...]


def with_corrections(
    records: Iterable[Any],
    cells: Callable[[list[Any]], Iterable[Cells]],
    columns: Sequence[Column],
    places: Mapping[str, str],
    user: User,
) -> Iterator[Cells]:
    """The rows that `cells` makes of `records`, for `columns` and NOTES behind them; one query a CHUNK of records.

    places: heading of a column → the corrected field that stands in it.
    """
    at = [(index, places[column.label]) for index, column in enumerate(columns) if column.label in places]
    source = iter(records)
    while chunk := list(islice(source, CHUNK)):
        found: dict[int, list[Correction]] = {}
        for row in Correction.objects.of_many(chunk[0]._meta.label_lower, [one.pk for one in chunk]):
            found.setdefault(row.subject_id, []).append(row)
        for record, line in zip(chunk, cells(chunk), strict=True):
            rows = record.__dict__["_corrections"] = found.get(record.pk, [])
            yield _marked(record, line, rows, at, user) if rows else (*line, "")


def corrected(
    records: Iterable[Any],
    cells: Callable[[list[Any]], Iterable[Cells]],
    columns: Sequence[Column],
    places: Mapping[str, str],
    user: User,
) -> dict[str, Any]:
    """`columns` and `rows` of a workbook with what was corrected; see `with_corrections`."""
    return {
        "columns": (*columns, NOTES),
        "rows": with_corrections(records, cells, columns, places, user),
    }


def _marked(record: Any, line: Cells, rows: list[Correction], at: list[tuple[int, str]], user: User) -> Cells:
    """One row with its old values struck out."""
    out, fields = list(line), by_field(rows)
    for index, name in at:
        if name in fields:
            old = tuple(one.old for one in chain_of(record, name, user))
            out[index] = Struck(old, shown(line[index]))
    kind = kind_of(record)
    return (*out, "；".join(_note(row, kind, record, user) for row in rows))


def _note(row: Correction, kind: Kind | None, record: Any, user: User) -> str:
    """地址：3栋1202→3栋1203（林晓雯 …更正：听错）."""
    old, new = words(row, bool(kind and kind.sees_phone(record, user)))
    return f"{row.label}：{old or '（空）'}→{new or '（空）'}（{said(row)}）"
