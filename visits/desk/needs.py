"""What receptions need day by day: the rows of all six kinds in two queries, those still to be booked marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from reception.core.clock.periods import local
from visits.arrangements.choices import Kind, Ride, TicketKind, Venue
from visits.costs.choices import Meal
from visits.models import CarRow, LodgingRow, MealRow, MeetingRow, TicketRow, TourRow

# model, when, what it is, where, how many ("" for none).
DATED: tuple[tuple[Any, str, str, str, str], ...] = (
    (MealRow, "held_on", "meal", "place", "guests"),
    (LodgingRow, "check_in", "room_type", "hotel", "rooms"),
)
TIMED: tuple[tuple[Any, str, str, str, str], ...] = (
    (CarRow, "starts", "ride", "place", "people"),
    (MeetingRow, "starts", "venue", "place", ""),
    (TourRow, "starts", "", "route", ""),
    (TicketRow, "departs", "kind", "number", ""),
)
WORDS: dict[str, Any] = {Kind.MEAL: Meal, Kind.CAR: Ride, Kind.MEETING: Venue, Kind.TICKET: TicketKind}
UNITS = {Kind.MEAL: "位来宾", Kind.LODGING: "间", Kind.CAR: "人"}


@dataclass(frozen=True)
class NeedRow:
    """One row of one reception. at: None for what has a date only; booked: somebody confirmed it."""

    reception: int
    kind: str
    day: date
    at: datetime | None
    words: str
    booked: bool

    @property
    def label(self) -> str:
        """用餐, 住宿, …."""
        return Kind(self.kind).label


def needs(receptions: Iterable[int], start: datetime, end: datetime) -> list[NeedRow]:
    """The rows of these receptions in [start, end), soonest first; what was let go again is not among them."""
    pks = list(receptions)
    first, last = local(start).date(), local(end).date()
    dated = _union([_rows(kind, pks, **{f"{kind[1]}__gte": first, f"{kind[1]}__lt": last}) for kind in DATED])
    timed = _union([_rows(kind, pks, **{f"{kind[1]}__gte": start, f"{kind[1]}__lt": end}) for kind in TIMED])
    found = [_need(row) for row in (*dated, *timed)]
    return sorted(found, key=lambda row: (row.day, row.at is not None, row.at or start, row.kind))


def _union(parts: list[QuerySet]) -> QuerySet:
    return parts[0].union(*parts[1:], all=True)


def _rows(kind: tuple[Any, str, str, str, str], pks: list[int], **within: Any) -> QuerySet:
    """One kind as columns that all kinds share."""
    model, when, what, where, many = kind
    return (
        model.objects.filter(Q(**within), reception__in=pks, freed_at__isnull=True)
        .order_by()
        .values_list(
            Value(model.KIND.value, output_field=CharField()),
            F("reception_id"),
            F(when),
            F(what) if what else Value("", output_field=CharField()),
            F(where),
            Coalesce(F(many), Value(0), output_field=IntegerField()) if many else Value(0),
            F("booked_at"),
        )
    )


def _need(row: tuple[Any, ...]) -> NeedRow:
    kind, reception, when, what, where, many, booked = row
    label = WORDS[kind](what).label if kind in WORDS and what else what
    count = f"{many}{UNITS[kind]}" if many and kind in UNITS else ""
    at = when if isinstance(when, datetime) else None
    day = local(at).date() if at else when
    words = " ".join(filter(None, (label, where, count)))
    return NeedRow(reception, kind, day, at, words, booked is not None)
