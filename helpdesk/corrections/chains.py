"""The corrections of one field in order: what stood there first, what it was set to, and what it says now (D4.3.3)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helpdesk.corrections.models import Correction
from helpdesk.corrections.registry import kind_of
from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.templatetags.core import masked


@dataclass(frozen=True)
class Struck:
    """One value that is struck out, and who did that when and why; `why` is empty where a later step wrote over it."""

    old: str
    why: str


def corrections_of(record: Any) -> list[Correction]:
    """All corrections of `record` in order; one query an object, however many fields ask."""
    found = record.__dict__.get("_corrections")
    if found is None:
        found = record.__dict__["_corrections"] = list(Correction.objects.of(record))
    return found


def said(row: Correction) -> str:
    """林晓雯（前台接待员） 2026-03-19 14:05 更正：听错房号."""
    return f"{row.signature} {local(row.corrected_at):%Y-%m-%d %H:%M} 更正：{row.reason}"


def words(row: Correction, clear: bool) -> tuple[str, str]:
    """(old, new) as this reader may see them."""
    veil = str if clear or not row.secret else masked
    return veil(row.old), veil(row.new)


def struck(rows: Iterable[Correction], now: str | None = None, clear: bool = True) -> list[Struck]:
    """What to strike out before the present value, oldest first.

    Where a step of the procedure wrote another value between two corrections, or after the last (`now`, in words),
    the value it wrote over is struck out too: the line always begins with the first value and ends with the present.
    """
    found: list[Struck] = []
    last: Correction | None = None
    for row in rows:
        if last is not None and last.new_value != row.old_value:
            found.append(Struck(words(last, clear)[1], ""))
        found.append(Struck(words(row, clear)[0], said(row)))
        last = row
    if last is not None and now is not None and last.new != now:
        found.append(Struck(words(last, clear)[1], ""))
    return found


def by_field(rows: Iterable[Correction]) -> dict[str, list[Correction]]:
    """field → its chain."""
    found: dict[str, list[Correction]] = defaultdict(list)
    for row in rows:
        found[row.field].append(row)
    return found


def chain_of(record: Any, name: str, user: User | None) -> list[Struck]:
    """What to strike out before the present value of the column `name`, as `user` may see it."""
    rows = [row for row in corrections_of(record) if row.field == name]
    if not rows:
        return []
    kind = kind_of(record)
    field = kind.field(name) if kind else None
    clear = bool(kind is None or (user and kind.sees_phone(record, user)))
    return struck(rows, field.words(record) if field else None, clear)
