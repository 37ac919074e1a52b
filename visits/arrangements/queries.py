"""The rows of a reception."""

from typing import Any

from visits.arrangements.models import MODELS, Arrangement

Rows = dict[str, list[Arrangement]]


def rows_of(reception: Any) -> Rows:
    """Kind → its rows in order, the kinds in the form's order; `row.reception` is the one given."""
    if reception.pk is None:
        return {kind: [] for kind in MODELS}
    found: Rows = {}
    for kind, model in MODELS.items():
        found[kind] = list(model._default_manager.filter(reception=reception).select_related("booked_by"))
        for row in found[kind]:
            row.reception = reception  # type: ignore[attr-defined]
    return found
