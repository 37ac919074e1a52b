"""The form as it was submitted, in words, and what changed between two submissions (records §1.2 退回)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from reception.core.clock.periods import local
from reception.core.ledger import events_of
from visits.arrangements import words
from visits.arrangements.queries import all_rows
from visits.costs.estimate import money
from visits.requests.choices import Need
from visits.requests.models import Reception

FIELDS = (
    "nature", "secret", "department", "applicant_phone", "retroactive", "retro_reason", "retro_agreed_by", "retro_agreed_at",
    "customer_name", "letter_no", "contact_name", "contact_title", "contact_phone", "headcount", "purpose", "subject",
    "arrive_at", "leave_at", "transport", "proposed_tier", "host", "companions", "needs", "accompany", "note", "overspend_reason",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One thing that changed: its Chinese label, how it was and how it is; "" is not there."""

    label: str
    old: str
    new: str


def snapshot(reception: Reception) -> dict[str, Any]:
    """The whole form as plain text: what a reader would have seen, whatever is renamed later."""
    return {
        "fields": {name: _text(reception, name) for name in FIELDS},
        "guests": [[guest.name, _guest(guest)] for guest in reception.guests.all()],
        "lines": [[_line_name(line), _line(line)] for line in reception.lines.all() if line.on is None],
        "rows": [[row.KIND.label, words.line(row)] for row in all_rows(reception)],
    }


def differences(reception: Reception) -> list[Difference]:
    """What the last submission changed against the one before it, guests and cost lines included;
    [] when there is nothing to compare."""
    submitted = list(
        events_of(reception).filter(verb="submit").order_by("-seq").values_list("detail", flat=True)[:2]
    )
    if len(submitted) < 2:
        return []
    return compare(submitted[1].get("form", {}), submitted[0].get("form", {}))


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """The differences of two snapshots, in the form's order."""
    before, after = old.get("fields", {}), new.get("fields", {})
    changed = [
        Difference(_label(name), before.get(name, ""), after.get(name, ""))
        for name in FIELDS
        if before.get(name, "") != after.get(name, "")
    ]
    changed += _rows("来宾", old.get("guests", []), new.get("guests", []))
    changed += _rows("费用", old.get("lines", []), new.get("lines", []))
    changed += _rows("安排", old.get("rows", []), new.get("rows", []))
    return changed


def _rows(kind: str, old: Iterable[list[str]], new: Iterable[list[str]]) -> list[Difference]:
    """Rows paired by name (a name's second row with its second): added, gone or changed."""
    before, after = _numbered(old), _numbered(new)
    names = list(dict.fromkeys([*before, *after]))
    return [
        Difference(f"{kind} {name}", before.get((name, nth), ""), after.get((name, nth), ""))
        for name, nth in names
        if before.get((name, nth), "") != after.get((name, nth), "")
    ]


def _numbered(rows: Iterable[list[str]]) -> dict[tuple[str, int], str]:
    """(name, how manieth of that name) → text."""
    seen: Counter[str] = Counter()
    found = {}
    for name, text in rows:
        found[name, seen[name]] = text
        seen[name] += 1
    return found


def _label(name: str) -> str:
    return str(getattr(Reception._meta.get_field(name), "verbose_name", name))


def _text(reception: Reception, name: str) -> str:
    """One field in words."""
    value = getattr(reception, name)
    if name == "needs":
        return "、".join(label for key, label in Need.choices if key in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    display = getattr(reception, f"get_{name}_display", None)
    return str(display()) if display else "" if value is None else str(value)


def _guest(guest: Any) -> str:
    """A roster row in words."""
    parts = [guest.name, guest.get_gender_display(), guest.organisation, guest.title, guest.phone]
    parts += ["带队" if guest.is_leader else "", guest.diet, guest.care]
    return " ".join(part for part in parts if part)


def _line_name(line: Any) -> str:
    return f"{line.get_item_display()} {line.label}".strip()


def _line(line: Any) -> str:
    """A cost line in words."""
    people = f"×{line.people}" if line.people else ""
    price = "按标准" if line.unit_price is None else f"{money(Decimal(line.unit_price))} 元"
    return f"{_line_name(line)} {line.quantity}{people} {price}"
