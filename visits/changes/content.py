"""What a version holds, as JSON: in words for readers, as values for the reception that it becomes."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from reception.core.people.models import User
from visits.arrangements import queries
from visits.arrangements.choices import Kind
from visits.arrangements.queries import CACHE
from visits.arrangements.writing import DERIVED, budget, diners
from visits.changes import arranging
from visits.changes.arranging import standing
from visits.costs.models import CostLine
from visits.guests.models import Guest
from visits.requests.models import Reception
from visits.requests.people import named
from visits.requests.snapshot import FIELDS, Difference, compare, snapshot
from visits.tiers.models import Tier

# The columns that a change may change; everything else of the form stays as it was approved.
COLUMNS = (
    "contact_name", "contact_title", "contact_phone", "headcount", "purpose", "subject", "arrive_at", "leave_at",
    "transport", "applicant_phone", "proposed_tier", "host", "companions", "needs", "accompany", "overspend_reason", "note",
)  # fmt: skip
TIMES = ("arrive_at", "leave_at")
RELATIONS: dict[str, Any] = {"proposed_tier": Tier, "host": User}
# Columns of the rows that a version keeps, each with what an empty one is.
GUEST: dict[str, Any] = {
    "name": "", "gender": "", "organisation": "", "title": "", "phone": "", "is_leader": False, "diet": "", "care": "",
}  # fmt: skip
LINE: dict[str, Any] = {"item": "", "label": "", "quantity": 1, "people": None, "unit_price": None}
LABELS = {"拟定级别": "接待级别"}

ROWS = ("guests", "lines", "rows")

Content = dict[str, Any]


def in_force(reception: Reception) -> Reception:
    """The reception as a version: its level is the one in force, whatever was once proposed."""
    it = copy(reception)
    it.proposed_tier = reception.tier_now
    it.__dict__[CACHE] = standing(reception)
    return it


def content_of(reception: Reception) -> Content:
    """The whole version: `fields`, `guests`, `lines` in words as snapshot.py has them, and `values` behind them.
    Takes a stored reception or one made by `would_be`."""
    it = in_force(reception)
    values = {
        "fields": {name: plain(getattr(it, name)) for name in COLUMNS},
        "guests": rows_of(it.guests.all(), GUEST),
        "lines": rows_of([line for line in it.lines.all() if line.on is None], LINE),
        "rows": arranging.values_of(it),
    }
    return {**snapshot(it), "values": values}


def plain(value: Any) -> Any:
    """A value as JSON keeps it: relations by key, times in UTC by ISO 8601, amounts as text; the same moment is the
    same text, whoever wrote it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return getattr(value, "pk", value)


def rows_of(rows: Iterable[Any], columns: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of the form (objects or dicts) with only the columns that a version keeps."""
    found = []
    for row in rows:
        got = row.get if isinstance(row, Mapping) else partial(getattr, row)
        values = {name: plain(got(name, empty)) for name, empty in columns.items()}
        found.append({name: columns[name] if value is None else value for name, value in values.items()})
    return found


def values_of(content: Content) -> dict[str, Any]:
    """Column → what the reception's column holds: aware times, keys of relations under `host_id`."""
    found: dict[str, Any] = {}
    for name, value in content["values"]["fields"].items():
        if name in RELATIONS:
            found[f"{name}_id"] = value
        else:
            found[name] = datetime.fromisoformat(value) if name in TIMES and value else value
    return found


def guest_rows(content: Content) -> list[dict[str, Any]]:
    """Keyword arguments of its guests."""
    return [dict(row) for row in content["values"]["guests"]]


def line_rows(content: Content) -> list[dict[str, Any]]:
    """Keyword arguments of its cost lines, prices in 元."""
    prices = [row["unit_price"] for row in content["values"]["lines"]]
    return [
        {**row, "unit_price": None if price is None else Decimal(price)}
        for row, price in zip(content["values"]["lines"], prices, strict=True)
    ]


def would_be(reception: Reception, content: Content) -> Reception:
    """The reception as this version would have it: in memory, never to be saved. Every rule, estimate and plan
    that reads a reception reads it like a stored one."""
    it = in_force(reception)
    for name, value in values_of(content).items():
        setattr(it, name, value)
    it.tier = it.proposed_tier
    rows = arranging.arrange(it, content["values"].get("rows", {}), standing(reception))
    if rows[Kind.MEAL]:
        it.accompany = diners(rows)
    it._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "guests": [Guest(**row) for row in guest_rows(content)],
        "lines": [CostLine(**row) for row in budgeted(it, content)],
        "colleagues": named(it.companions),
    }
    return it


def budgeted(it: Reception, content: Content) -> list[dict[str, Any]]:
    """Keyword arguments of all its cost lines: those that follow from the rows of `it`, and the others as they are
    typed. A version from before there were rows has the lines of its meals and rooms as well."""
    lines = line_rows(content)
    if not content["values"].get("rows"):
        return lines
    return [
        *budget(queries.rows_of(it), it.headcount),
        *(line for line in lines if line["item"] not in DERIVED),
    ]


def with_values(reception: Reception, base: Content, fields: Mapping[str, Any], *, guests: Sequence[Any] | None = None,
                lines: Sequence[Any] | None = None, rows: Mapping[str, Any] | None = None) -> Content:  # fmt: skip
    """`base` with typed `fields` (objects, aware times), roster, lines and arrangements in place of its own; None
    keeps them. Lines of meals and rooms that stand without rows stay."""
    stray = set(fields) - set(COLUMNS)
    if stray:
        raise TypeError(f"not part of a change: {sorted(stray)}")
    old = base["values"]
    own = any(line["item"] in DERIVED for line in lines or ())
    derived = [] if own else [line for line in old["lines"] if line["item"] in DERIVED]
    values = {
        "fields": {**old["fields"], **{name: plain(value) for name, value in fields.items()}},
        "guests": old["guests"] if guests is None else rows_of(guests, GUEST),
        "lines": old["lines"] if lines is None else [*derived, *rows_of(lines, LINE)],
        "rows": old.get("rows", {}) if rows is None else arranging.typed(rows),
    }
    return content_of(would_be(reception, {"values": values}))


def rebased(reception: Reception, base: Content, proposed: Content) -> Content:
    """What the applicant touched, on top of what is in force now; the rest follows the reception."""
    now = content_of(reception)
    old, new = base["values"], proposed["values"]
    touched = {name: value for name, value in new["fields"].items() if value != old["fields"].get(name)}
    values = {
        "fields": {**now["values"]["fields"], **touched},
        **{name: new.get(name) if new.get(name) != old.get(name) else now["values"][name] for name in ROWS},
    }
    return content_of(would_be(reception, {"values": values}))


def same(one: Content, other: Content) -> bool:
    """Whether two versions hold the same, whatever things are called by now."""
    return one.get("values") == other.get("values")


def changed(base: Content, proposed: Content) -> list[Difference]:
    """What differs, in the form's order, by the labels of an approved reception."""
    return [Difference(LABELS.get(row.label, row.label), row.old, row.new) for row in compare(base, proposed)]


def unchanged(base: Content, proposed: Content) -> list[tuple[str, str]]:
    """What stays, label by label; empty fields are left out."""
    old, new = base.get("fields", {}), proposed.get("fields", {})
    same_ones = [(name, old[name]) for name in FIELDS if old.get(name) and old.get(name) == new.get(name)]
    found = [(label_of(name), value) for name, value in same_ones]
    for kind, key in (("来宾", "guests"), ("费用", "lines"), ("安排", "rows")):
        found += [
            (f"{kind} {name}", text) for name, text in old.get(key, []) if [name, text] in new.get(key, [])
        ]
    return found


def label_of(name: str) -> str:
    """The Chinese label of a column."""
    label = str(getattr(Reception._meta.get_field(name), "verbose_name", name))
    return LABELS.get(label, label)
