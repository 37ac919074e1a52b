"""What stands in the way of a booking, what could be had instead, and when it is free next (B4). Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from reception.core.clock.periods import local
from visits.resources.choices import BookingStatus, ResourceKind
from visits.resources.models import Resource, ResourceBooking

DAY_BEGINS, DAY_ENDS = 7, 21  # hours of the board, and of what is proposed
MOST = 4
KINDS = [str(kind) for kind in ResourceKind.values]


@dataclass(frozen=True)
class Found:
    """One resource for a wish. firm, tentative: bookings in the way; doubts: sentences why it does not fit
    (capacity, level, closed); next_free: when it could begin that day, None when it is free or not at all."""

    resource: Resource
    firm: list[ResourceBooking] = field(default_factory=list)
    tentative: list[ResourceBooking] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    next_free: datetime | None = None

    @property
    def free(self) -> bool:
        """Whether it can simply be booked."""
        return not (self.firm or self.doubts)


def held(resource: Resource, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """[start, end) with the minutes of preparation and of clearing up."""
    before, after = timedelta(minutes=resource.setup_before), timedelta(minutes=resource.setup_after)
    return start - before, end + after


def in_the_way(
    resource: Resource, start: datetime, end: datetime, exclude: int | None = None
) -> list[ResourceBooking]:
    """Bookings that a booking for [start, end) would touch, firm ones and tentative ones; of what is shared none."""
    if not resource.exclusive:
        return []
    rows = resource.bookings.holding().touching(*held(resource, start, end)).exclude(pk=exclude or 0)
    return list(rows.for_page().order_by("start", "id"))


def span(start: datetime, end: datetime) -> str:
    """10月31日 09:00–11:00; the second date only when it is another."""
    a, b = local(start), local(end)
    until = f"{b:%H:%M}" if a.date() == b.date() else f"{b.month}月{b.day}日 {b:%H:%M}"
    return f"{a.month}月{a.day}日 {a:%H:%M}–{until}"


def whose(booking: ResourceBooking) -> str:
    """Who has it, in words that anybody may read: 销售部顾清（JD-2026-0037）; of a secret reception no number."""
    person = booking.created_by
    reception = booking.reception
    no = f"（{reception.no}）" if reception and not reception.secret else ""
    return f"{person.department.name if person.department else ''}{person}{no}"


def sentence(booking: ResourceBooking) -> str:
    """10月31日 09:00–11:00 已订，销售部顾清（JD-2026-0037）."""
    return f"{span(booking.start, booking.end)} {booking.get_status_display()}，{whose(booking)}"


def doubts(resource: Resource, start: datetime, end: datetime, people: int | None, tier: Any,
           allowed: Iterable[int] | None = None) -> list[str]:  # fmt: skip
    """Why it does not fit, each a sentence without its full stop. allowed: keys of its 适用级别 when known."""
    found = []
    if resource.is_closed(local(end - timedelta(microseconds=1)).date()):
        found.append(f"{resource}从 {resource.closed_on} 起停用")
    if people and resource.capacity and people > resource.capacity:
        found.append(f"{resource}最多 {resource.capacity} 人，您要 {people} 人")
    if tier is not None:
        keys = list(resource.tiers.values_list("pk", flat=True)) if allowed is None else list(allowed)
        if keys and tier.pk not in keys:
            found.append(f"{resource}不供{tier}使用")
    return found


def look(rows: Sequence[Resource], start: datetime, end: datetime, *, people: int | None = None, tier: Any = None,
         exclude: int | None = None) -> list[Found]:  # fmt: skip
    """Each of `rows` (with `tiers` prefetched) for [start, end), free ones first, the smallest that holds so many
    people first. One query for all bookings of that day."""
    wide = timedelta(hours=24)
    taken = ResourceBooking.objects.filter(resource__in=[one.pk for one in rows], exclusive=True).holding()
    taken = (
        taken.touching(start - wide, end + wide).exclude(pk=exclude or 0).for_page().order_by("start", "id")
    )
    of: dict[int, list[ResourceBooking]] = {}
    for booking in taken:
        of.setdefault(booking.resource_id, []).append(booking)
    found = [_found(one, of.get(one.pk, []), start, end, people, tier) for one in rows]
    return sorted(
        found,
        key=lambda one: (
            not one.free,
            bool(one.tentative),
            bool(one.doubts),
            KINDS.index(one.resource.kind),
            one.resource.capacity or 0,
        ),
    )


def _found(resource: Resource, taken: list[ResourceBooking], start: datetime, end: datetime, people: int | None,
           tier: Any) -> Found:  # fmt: skip
    a, b = held(resource, start, end)
    near = [one for one in taken if one.held_from < b and one.held_until > a]
    firm = [one for one in near if one.status == BookingStatus.FIRM]
    return Found(
        resource, firm, [one for one in near if one.status == BookingStatus.TENTATIVE],
        doubts(resource, start, end, people, tier, [level.pk for level in resource.tiers.all()]),
        next_free(resource, taken, start, end) if firm else None,
    )  # fmt: skip


def next_free(
    resource: Resource, taken: Iterable[ResourceBooking], start: datetime, end: datetime
) -> datetime | None:
    """The earliest begin from `start` on, the same Shanghai day and before the board ends, at which as long a
    booking would touch no firm one."""
    length, begin = end - start, start
    latest = local(start).replace(hour=DAY_ENDS, minute=0, second=0, microsecond=0)
    for other in sorted(taken, key=lambda one: one.held_from):
        a, b = held(resource, begin, begin + length)
        if other.status == BookingStatus.FIRM and other.held_from < b and other.held_until > a:
            begin = _quarter(other.held_until + timedelta(minutes=resource.setup_before))
    return begin if begin != start and begin + length <= latest else None


def _quarter(at: datetime) -> datetime:
    """The next full quarter of an hour."""
    over = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at + (timedelta(minutes=15) - over) if over else at


def instead(resource: Resource, start: datetime, end: datetime, *, people: int | None = None, tier: Any = None,
            exclude: int | None = None) -> list[Found]:  # fmt: skip
    """Others of its kind that are free then, at most MOST; and itself later that day, when it has an hour."""
    rows = list(Resource.objects.filter(kind=resource.kind).prefetch_related("tiers"))
    found = look(rows, start, end, people=people, tier=tier, exclude=exclude)
    own = [one for one in found if one.resource.pk == resource.pk and one.next_free]
    others = [one for one in found if one.free and not one.tentative and one.resource.pk != resource.pk]
    return [*own, *others[:MOST]]


def advice(found: Iterable[Found]) -> str:
    """可改用二号会议室、贵宾厅；或一号会议室 14:00 起; "" without any."""
    rows = list(found)
    later = [f"{one.resource} {local(one.next_free):%H:%M} 起" for one in rows if one.next_free]
    others = [str(one.resource) for one in rows if not one.next_free]
    parts = [f"可改用{'、'.join(others)}"] if others else []
    return "，".join([*parts, *(f"或{one}" for one in later)])
