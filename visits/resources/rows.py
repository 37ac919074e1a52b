"""A row of the application, and the resource that it is booked with: both at once (A5.6, B4)."""

from datetime import datetime, time, timedelta
from typing import Any

from reception.core.clock.periods import SHANGHAI
from reception.core.ledger import action
from reception.core.people.models import User
from visits.arrangements.actions import book as book_row
from visits.arrangements.choices import Kind
from visits.resources.booking import book
from visits.resources.choices import BookingStatus, ResourceKind
from visits.resources.models import Resource, ResourceBooking

# From when to when a meal is; hours of the Shanghai day.
MEALS = {"breakfast": (7, 8.5), "lunch": (11.5, 13.5), "dinner": (17.5, 20)}
# How long what has only a beginning is taken to last.
LASTS = {Kind.CAR: 2, Kind.MEETING: 2, Kind.TOUR: 1}
CHECK_IN, CHECK_OUT = 14, 12


def times_of(row: Any) -> tuple[datetime | None, datetime | None]:
    """From when to when a row needs its resource (aware); None while it does not say."""
    if row.KIND == Kind.MEAL:
        a, b = MEALS.get(row.meal, MEALS["lunch"])
        return _at(row.held_on, a), _at(row.held_on, b)
    if row.KIND == Kind.LODGING:
        return _at(row.check_in, CHECK_IN), _at(row.check_out, CHECK_OUT)
    if row.KIND == Kind.TICKET:
        return row.departs, row.departs and row.departs + timedelta(hours=1)
    end = getattr(row, "ends", None) or (row.starts and row.starts + timedelta(hours=LASTS[row.KIND]))
    return row.starts, end


def people_of(row: Any) -> int | None:
    """How many it is for; a hotel and a ticket do not ask."""
    if row.KIND in (Kind.LODGING, Kind.TICKET):
        return None
    own = {Kind.CAR: "people", Kind.MEAL: "guests"}.get(row.KIND)
    return (getattr(row, own) if own else None) or row.reception.headcount


def _at(on: Any, hour: float) -> datetime | None:
    return datetime.combine(on, time(), SHANGHAI) + timedelta(hours=hour) if on else None


@action
def book_for(resource: Resource, row: Any, *, by: User, at: datetime, **wish: Any) -> ResourceBooking:
    """Book `resource` for `row` of an approved reception, and write down at the row what it was booked with. wish: as
    in `book`. A driver or guide alone does not make a car or a tour booked. Raises Refused."""
    made = book(resource, by=by, at=at, row=(row.KIND.value, row.pk), **wish)
    if made.status == BookingStatus.FIRM and not row.freed_at and _says_enough(resource, row):
        book_row(row, by=by, at=at, values=_words(resource, row, made))
    return made


def _says_enough(resource: Resource, row: Any) -> bool:
    """Whether the row may be called booked by this resource alone."""
    if row.KIND == Kind.CAR:
        return resource.kind == ResourceKind.CAR and bool(resource.phone)
    return resource.kind not in (ResourceKind.DRIVER, ResourceKind.GUIDE)


def _words(resource: Resource, row: Any, made: ResourceBooking) -> dict[str, str]:
    """What the row says of it; the number leads back to the booking."""
    note = " ".join(filter(None, (resource.name, resource.place, made.no)))[:120]
    if row.KIND != Kind.CAR:
        phone = f" {resource.keeper} {resource.phone}".rstrip()
        return {"confirmation": row.confirmation, "booking_note": f"{note}{phone}"[:120]}
    return {
        "plate": resource.name[:20], "driver": resource.keeper, "driver_phone": resource.phone, "booking_note": note,
        "confirmation": row.confirmation,
    }  # fmt: skip
