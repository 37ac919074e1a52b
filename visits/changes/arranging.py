"""The arrangements of a version: as JSON, as rows in memory, and written without losing what somebody booked."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models

from reception.core.clock.periods import local
from reception.core.people.models import User
from visits.arrangements.models import MODELS, Arrangement
from visits.arrangements.queries import CACHE, Rows, all_rows, forget, rows_of
from visits.arrangements.writing import build
from visits.arrangements.writing import plain as typed_of

Values = dict[str, list[dict[str, Any]]]


def standing(reception: Any) -> Rows:
    """Its rows but those that were called off."""
    return {kind: [row for row in rows if not row.freed_at] for kind, rows in rows_of(reception).items()}


def values_of(reception: Any) -> Values:
    """Kind → what a person typed of each standing row, as JSON; kinds without rows are left out."""
    found = {kind: [_plain(typed_of(row)) for row in rows] for kind, rows in standing(reception).items()}
    return {kind: rows for kind, rows in found.items() if rows}


def typed(values: Mapping[str, Sequence[Mapping[str, Any]]]) -> Values:
    """The same of what a form sends; columns that it leaves out are as empty as the table makes them."""
    rows = build(None, {kind: list(rows) for kind, rows in values.items()})
    return {kind: [_plain(typed_of(row)) for row in found] for kind, found in rows.items() if found}


def arrange(it: Any, values: Values, now: Rows) -> Rows:
    """Give a reception in memory the rows of a version; a row that one of `now` becomes has its booking."""
    rows = build(it, {kind: [_read(kind, row) for row in found] for kind, found in values.items()})
    for kind, found in rows.items():
        pairs, _ = paired(now[kind], values.get(kind, []))
        for row, before in zip(found, pairs, strict=True):
            if before:
                row.booked_at, row.booked_by_id = before.booked_at, before.booked_by_id
    it.__dict__[CACHE] = rows
    return rows


def paired(now: Sequence[Arrangement], wanted: Sequence[dict[str, Any]]) -> tuple[list[Arrangement | None], list[Arrangement]]:  # fmt: skip
    """Which row of `now` becomes each wanted one (None: a new one), and the rows that go. Equal rows first, then the
    others pair by pair in their order."""
    left = list(now)
    found: list[Arrangement | None] = []
    for row in wanted:
        same = next((one for one in left if _plain(typed_of(one)) == row), None)
        found.append(same)
        if same:
            left.remove(same)
    for number, kept in enumerate(found):
        if kept is None and left:
            found[number] = left.pop(0)
    return found, left


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _json(value) for name, value in row.items()}


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def _read(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments of the row's model."""
    fields = {field.name: field for field in MODELS[kind]._meta.fields}
    return {name: _value(fields[name], value) for name, value in row.items() if name in fields}


def _value(field: models.Field, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(field, models.DateField):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(field, models.DecimalField) else value


def moved(values: Values, base: Values, days: int) -> Values:
    """`values` with every row whose times are still those of `base` moved by so many days; a row that a person
    already gave another date keeps it."""
    found: Values = {}
    for kind, rows in values.items():
        names = [
            f.name
            for f in MODELS[kind]._meta.fields
            if isinstance(f, models.DateField) and not f.name.endswith("_at")
        ]
        known = [[row.get(name) for name in names] for row in base.get(kind, [])]
        found[kind] = [
            {**row, **{name: _days(row[name], days) for name in names if row.get(name)}}
            if [row.get(name) for name in names] in known
            else row
            for row in rows
        ]
    return found


def _days(text: str, days: int) -> str:
    """That date or moment, the same clock time in Shanghai so many days later."""
    if len(text) == len("2026-10-31"):
        return (date.fromisoformat(text) + timedelta(days=days)).isoformat()
    return (datetime.fromisoformat(text) + timedelta(days=days)).isoformat()


def day_shift(old: datetime, new: datetime) -> int:
    """Calendar days in Shanghai between two arrivals."""
    return (local(new).date() - local(old).date()).days


def write(reception: Any, values: Values, *, by: User, at: datetime) -> None:
    """Bring the stored rows up to `values`. A row that stays as it is keeps its booking untouched; one that changes
    keeps it too, and whoever booked it reads so in the notice of the new version; one that goes is called off when it
    was booked."""
    for kind in MODELS:
        _write_kind(reception, kind, standing(reception)[kind], values.get(kind, []), by, at)
    forget(reception)


def _write_kind(reception: Any, kind: str, rows: list[Arrangement], wanted: list[dict[str, Any]], by: User,
                at: datetime) -> None:  # fmt: skip
    """One kind: changed in place, new ones behind the others, gone ones freed or deleted."""
    pairs, gone = paired(rows, wanted)
    last = max((row.order for row in rows_of(reception)[kind]), default=0)
    table = MODELS[kind]._default_manager
    for values, row in zip(wanted, pairs, strict=True):
        if row:
            table.filter(pk=row.pk).update(**_read(kind, values))
        else:
            last += 1
            table.create(reception=reception, order=last, **_read(kind, values))
    table.filter(pk__in=[row.pk for row in gone if row.booked_at]).update(freed_at=at, freed_by=by)
    table.filter(pk__in=[row.pk for row in gone if not row.booked_at]).delete()


def bookers(reception: Any, proposed: Values) -> list[int]:
    """Keys of the people who booked a row that does not stay as it was."""
    return [
        row.booked_by_id
        for row in all_rows(reception)
        if row.booked_by_id
        and not row.freed_at
        and _plain(typed_of(row)) not in proposed.get(row.KIND.value, [])
    ]
