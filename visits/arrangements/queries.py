"""The rows of a reception, all six kinds in one query."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import JSONObject

from visits.arrangements.models import MODELS

Rows = dict[str, list[Any]]
CACHE = "_arranged"


def rows_of(reception: Any) -> Rows:
    """Kind → its rows in order, the kinds in the form's order; `row.reception` is the one given, `row.booker`
    the name of whoever booked it. Read once for each object: forget() after a change."""
    if CACHE not in reception.__dict__:
        reception.__dict__[CACHE] = _read(reception) if reception.pk else {kind: [] for kind in MODELS}
    return reception.__dict__[CACHE]


def forget(reception: Any) -> None:
    """What was read is no longer true."""
    reception.__dict__.pop(CACHE, None)


def all_rows(reception: Any) -> list[Any]:
    """The same in one list."""
    return [row for rows in rows_of(reception).values() for row in rows]


def _read(reception: Any) -> Rows:
    """One query for all six tables: each row as an object of its columns."""
    found: Rows = {kind: [] for kind in MODELS}
    parts = [_part(kind, model, reception.pk) for kind, model in MODELS.items()]
    for kind, _, _, values in parts[0].union(*parts[1:], all=True).order_by("kind_", "order", "id"):
        found[kind].append(_row(MODELS[kind], reception, values))
    return found


def _part(kind: str, model: Any, pk: int) -> models.QuerySet:
    columns = {field.attname: F(field.attname) for field in model._meta.concrete_fields}
    rows = model._default_manager.filter(reception_id=pk).order_by()
    return rows.annotate(
        kind_=Value(kind), values_=JSONObject(**columns, booker=F("booked_by__name"))
    ).values_list("kind_", "order", "id", "values_")


def _row(model: Any, reception: Any, values: dict[str, Any]) -> Any:
    """The object that Django would have made of its own query."""
    booker = values.pop("booker") or ""
    row = model(
        **{field.attname: _value(field, values[field.attname]) for field in model._meta.concrete_fields}
    )
    row._state.adding = False
    row.reception = reception
    row.booker = booker
    return row


def _value(field: models.Field, value: Any) -> Any:
    """JSON knows neither dates nor decimals; SQLite writes moments in UTC without saying so."""
    if value is None:
        return None
    if isinstance(field, models.DateTimeField):
        at = datetime.fromisoformat(value)
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date.fromisoformat(value)
    if isinstance(field, models.DecimalField):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places))
    return bool(value) if isinstance(field, models.BooleanField) else value
