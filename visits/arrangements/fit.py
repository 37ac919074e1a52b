"""Which rows do not lie inside a visit (records §1.1, and the preview of a new date in §1.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reception.core.clock.periods import local
from visits.arrangements.choices import Kind
from visits.arrangements.queries import Rows, rows_of
from visits.arrangements.words import line, moment, when


@dataclass(frozen=True)
class Misfit:
    """A row outside the visit. label: 用餐第 2 行; when: 10月31日 午餐; why: a sentence without its full
    stop; text: the row in words; booked: whether somebody has booked it already (已订)."""

    label: str
    when: str
    why: str
    text: str
    kind: str
    order: int
    field: str
    booked: bool


def misfits(
    reception: Any, arrive_at: datetime | None, leave_at: datetime | None, rows: Rows | None = None
) -> list[Misfit]:
    """Rows of `reception` that do not lie between `arrive_at` and `leave_at` (aware), in the form's order;
    [] while a time is missing. A row without a date yet cannot be outside; one that was freed is no longer there.

    rows: those of rows_of(), when the caller has them already.
    """
    if not arrive_at or not leave_at:
        return []
    found = []
    for row in (row for kind in (rows or rows_of(reception)).values() for row in kind):
        field, why = OUTSIDE[row.KIND](row, arrive_at, leave_at)
        if why and not row.freed_at:
            found.append(
                Misfit(str(row), when(row), why, line(row), row.KIND.value, row.order, field, bool(row.booked_at))
            )  # fmt: skip
    return found


def _days(arrive_at: datetime, leave_at: datetime, *dates: tuple[str, Any]) -> tuple[str, str]:
    """The first of the named dates that is no day of the visit."""
    first, last = local(arrive_at).date(), local(leave_at).date()
    for field, on in dates:
        if on and on < first:
            return field, f"早于到达 {moment(arrive_at)}"
        if on and on > last:
            return field, f"晚于离开 {moment(leave_at)}"
    return "", ""


def _meal(row: Any, arrive_at: datetime, leave_at: datetime) -> tuple[str, str]:
    return _days(arrive_at, leave_at, ("held_on", row.held_on))


def _lodging(row: Any, arrive_at: datetime, leave_at: datetime) -> tuple[str, str]:
    return _days(arrive_at, leave_at, ("check_in", row.check_in), ("check_out", row.check_out))


def _car(row: Any, arrive_at: datetime, leave_at: datetime) -> tuple[str, str]:
    """On a day of the visit: who is met at the station is met before the arrival here."""
    return _days(arrive_at, leave_at, ("starts", row.starts and local(row.starts).date()))


def _meeting(row: Any, arrive_at: datetime, leave_at: datetime) -> tuple[str, str]:
    if row.starts and row.starts < arrive_at:
        return "starts", f"早于到达 {moment(arrive_at)}"
    if row.starts and row.starts >= leave_at:
        return "starts", f"晚于离开 {moment(leave_at)}"
    if row.ends and row.ends > leave_at:
        return "ends", f"晚于离开 {moment(leave_at)}"
    return "", ""


def _tour(row: Any, arrive_at: datetime, leave_at: datetime) -> tuple[str, str]:
    if row.starts and row.starts < arrive_at:
        return "starts", f"早于到达 {moment(arrive_at)}"
    if row.starts and row.starts >= leave_at:
        return "starts", f"晚于离开 {moment(leave_at)}"
    return "", ""


def _ticket(row: Any, arrive_at: datetime, leave_at: datetime) -> tuple[str, str]:
    """A train that has gone before they leave us."""
    early = row.departs and row.departs < leave_at
    return ("departs", f"早于离开 {moment(leave_at)}，赶不上") if early else ("", "")


OUTSIDE: dict[Kind, Callable[[Any, datetime, datetime], tuple[str, str]]] = {
    Kind.MEAL: _meal,
    Kind.LODGING: _lodging,
    Kind.CAR: _car,
    Kind.MEETING: _meeting,
    Kind.TOUR: _tour,
    Kind.TICKET: _ticket,
}
