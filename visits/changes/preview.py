"""What another date, tier or host breaks, before it is saved: every task, booking and person (records §1.2, A8.1)."""

from dataclasses import dataclass
from datetime import datetime

from reception.core.people.models import User
from visits.arrangements.fit import Misfit, misfits
from visits.changes.arranging import day_shift
from visits.hosts.free import Clash, clashes_of
from visits.itinerary.choices import TRAVEL
from visits.itinerary.models import Item
from visits.itinerary.policies import clock
from visits.requests.models import Reception
from visits.requests.people import companions
from visits.resources.following import Shift, shifts
from visits.tasks import shifting


@dataclass(frozen=True)
class Moved:
    """One task as a reader sees it: 改时限, 新增 or 不办, its old and new due time, and what to look at."""

    duty: str
    department: str
    kind: str
    old: datetime | None
    new: datetime | None
    compressed: bool
    done: bool


@dataclass(frozen=True)
class Preview:
    """tasks in the order of their new due times; rows outside the new dates; people who are not free then; items of
    the itinerary that would lie behind the new departure; booked resources that move along."""

    tasks: list[Moved]
    rows: list[Misfit]
    people: list[tuple[User, list[Clash]]]
    items: list[str]
    bookings: list[Shift]

    @property
    def compressed(self) -> int:
        """How many would be due at once."""
        return sum(task.compressed for task in self.tasks)

    @property
    def redone(self) -> int:
        """How many are done already and may have to be done again."""
        return sum(task.done for task in self.tasks)

    def __bool__(self) -> bool:
        return bool(self.tasks or self.rows or self.people or self.items or self.bookings)


def preview(reception: Reception, it: Reception, at: datetime) -> Preview:
    """What it means that `reception` becomes `it` (made by content.would_be); nothing is written. A request that is
    not approved has no tasks yet; its bookings and people count all the same."""
    return Preview(
        _tasks(reception, it, at),
        broken_rows(it, it.arrive_at, it.leave_at),
        busy(it),
        late_items(reception, it),
        moved_bookings(reception, it),
    )


def moved_bookings(reception: Reception, it: Reception) -> list[Shift]:
    """Booked resources at their new times (B4); asks nothing while the day of arrival stays."""
    if not (reception.arrive_at and it.arrive_at):
        return []
    return shifts(reception, day_shift(reception.arrive_at, it.arrive_at))


def _tasks(reception: Reception, it: Reception, at: datetime) -> list[Moved]:
    """Every task whose due time moves, that comes or that goes."""
    if not (reception.tier_id and it.arrive_at and it.leave_at and it.arrive_at < it.leave_at and it.host):
        return []
    found = shifting.preview(it, it.arrive_at, it.leave_at, it.tier, at)
    return [
        Moved(
            one.duty,
            one.department,
            one.kind,
            one.old_due,
            one.new_due,
            one.compressed and not one.done,
            one.done,
        )
        for one in found
    ]


def broken_rows(it: Reception, arrive_at: datetime | None, leave_at: datetime | None) -> list[Misfit]:
    """Arrangements that do not lie between the two (aware) times."""
    return misfits(it, arrive_at, leave_at)


def late_items(reception: Reception, it: Reception) -> list[str]:
    """What of the itinerary, moved with the arrival, would end after the departure of `it`: 11月1日 12:00–13:00 午餐.
    Asks nothing while the visit is not shorter."""
    if not (reception.arrive_at and reception.leave_at and it.arrive_at and it.leave_at):
        return []
    delta = it.arrive_at - reception.arrive_at
    if it.leave_at - delta >= reception.leave_at:
        return []
    rows = Item.objects.filter(itinerary__reception=reception.pk, end__gt=it.leave_at - delta)
    rows = rows.exclude(kind__in=TRAVEL).order_by("start", "pk")
    return [f"{clock({'start': item.start + delta, 'end': item.end + delta})} {item}" for item in rows]


def busy(it: Reception) -> list[tuple[User, list[Clash]]]:
    """The host and the companions who have something else in the time of `it`."""
    people = {person.pk: person for person in [*([it.host] if it.host else []), *companions(it)]}
    found = clashes_of(people, it.arrive_at, it.leave_at, exclude=it)
    return [(person, found[pk]) for pk, person in people.items() if found[pk]]
