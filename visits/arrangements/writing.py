"""What writes the rows while a form can be edited, and the budget lines that follow from them."""

from collections.abc import Mapping, Sequence
from typing import Any

from visits.arrangements.choices import Kind, Payer
from visits.arrangements.models import MODELS
from visits.arrangements.queries import Rows, forget
from visits.arrangements.words import day
from visits.costs.choices import CostItem

Values = Mapping[str, Sequence[Mapping[str, Any]]]
# What is budgeted from rows, never from lines of its own.
DERIVED = (CostItem.MEAL, CostItem.LODGING)


def build(reception: Any, values: Values) -> Rows:
    """The rows that `values` (kind → keyword arguments of its model, in order) describe; nothing is written."""
    return {
        kind: [model(reception=reception, order=order, **row) for order, row in enumerate(values.get(kind, ()), 1)]
        for kind, model in MODELS.items()
    }  # fmt: skip


def replace(reception: Any, values: Values) -> Rows:
    """Put `values` in the place of all rows of `reception`. Only for a form that can be edited: a booked row
    would lose its booking."""
    made = build(reception, values)
    for kind, model in MODELS.items():
        model._default_manager.filter(reception=reception).delete()
        model._default_manager.bulk_create(made[kind])
    forget(reception)
    return made


def budget(rows: Rows, headcount: int | None) -> list[dict[str, Any]]:
    """The budget lines of `rows` as keyword arguments of a CostLine (A7a): each meal for guests and diners,
    each lodging that we pay for by rooms and nights; at the standard of its own day."""
    return [
        *(_meal(row, headcount) for row in rows[Kind.MEAL]),
        *(_lodging(row) for row in rows[Kind.LODGING] if row.payer == Payer.OURS and row.nights),
    ]


def _meal(row: Any, headcount: int | None) -> dict[str, Any]:
    guests = row.guests or headcount
    people = guests + (row.diners or 0) if guests else None
    name = " ".join(filter(None, (day(row.held_on), row.get_meal_display(), row.place)))
    return _line(CostItem.MEAL, name, 1, people, row.price, row.held_on)


def _lodging(row: Any) -> dict[str, Any]:
    return _line(CostItem.LODGING, row.hotel, row.nights, row.rooms, row.price, row.check_in)


def _line(item: CostItem, label: str, quantity: int, people: int | None, price: Any, on: Any) -> dict[str, Any]:  # fmt: skip
    return {"item": item.value, "label": label[:60], "quantity": quantity, "people": people, "unit_price": price, "on": on}  # fmt: skip


def diners(rows: Rows) -> int | None:
    """How many of us sit at the largest table; None while no row says so."""
    said = [row.diners for row in rows[Kind.MEAL] if row.diners is not None]
    return max(said, default=None)


def plain(row: Any) -> dict[str, Any]:
    """What a person typed of a row: keyword arguments of its model, without the booking."""
    skipped = {"id", "reception", "order", "confirmation", "booking_note", "booked_at", "booked_by", "freed_at", "freed_by",
               "plate", "driver", "driver_phone"}  # fmt: skip
    return {field.name: getattr(row, field.name) for field in row._meta.fields if field.name not in skipped}
