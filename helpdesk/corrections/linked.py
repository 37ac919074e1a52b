"""The same mistake on what hangs together: a call and the order or case that came of it each keep their own words (D4.3.3)."""

from collections.abc import Iterator
from typing import Any

from helpdesk.cases.voiding import VOID
from helpdesk.corrections.models import Correction
from helpdesk.corrections.registry import kind_of, raw

# Columns that say the same, whatever the noun calls them.
SAME = ({"place"}, {"phone", "number"}, {"content"})


def still_wrong(record: Any, row: Correction) -> list[Any]:
    """The linked records that still say what was just set right on `record`; a query a noun."""
    names = next((group for group in SAME if row.field in group), set())
    return [one for one in _linked(record) if names and _says(one, names, row.old_value)] if names else []


def _says(record: Any, names: set[str], value: Any) -> bool:
    """Whether one of the columns holds the old value, and could be set right."""
    kind = kind_of(record)
    fields = [field for field in kind.fields if field.name in names] if kind else []
    return record.status != VOID and any(raw(field.value(record)) == value for field in fields)


def _linked(record: Any) -> Iterator[Any]:
    """The call it came from, and what came of the same call."""
    call = record if record._meta.model_name == "call" else getattr(record, "call", None)
    if call is None:
        return
    if call is not record:
        yield call
    for link in call._meta.related_objects:
        if link.field.name == "call" and hasattr(link.related_model, "void_at"):
            rows = link.related_model._default_manager.filter(call=call)
            yield from (one for one in rows if one != record)
