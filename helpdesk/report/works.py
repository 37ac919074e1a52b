"""Orders that were finished, what became of their slips, and which faults came back."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Q

from helpdesk.repairs.models import Repair

AGAIN = timedelta(days=30)
Spot = tuple[object, ...]


class Work(NamedTuple):
    """A finished order: who did it, where and what, when the paper came back, and which order it is."""

    crew: tuple[str, str]
    spot: Spot
    finished: datetime
    slip: datetime | None
    revisited: datetime | None
    score: int | None
    order: int


def spot(unit: int | None, place: str, category: int) -> Spot:
    """Same place and category: a unit by itself, the public area by its address."""
    return (category, unit) if unit else (category, place.strip())


def works(start: datetime, end: datetime) -> Iterator[Work]:
    """Orders finished within the 30 days before `start` or in [start, end), or with a slip of that period; one query."""
    finished = Q(finished_at__gte=start - AGAIN, finished_at__lt=end)
    slips = Q(slip_at__gte=start, slip_at__lt=end, finished_at__isnull=False)
    columns = ("trade", "repairer__trade", "repairer__name", "unit_id", "place", "category_id")
    rows = (
        Repair.objects.filter(finished | slips)
        .exclude(void_at__lt=end)
        .order_by()
        .values_list(*columns, "finished_at", "slip_at", "revisited_at", "score", "pk")
    )
    for trade, own, name, unit, place, category, *rest in rows.iterator(2000):
        yield Work((own or trade, name or ""), spot(unit, place, category), *rest)


def returned(start: datetime, end: datetime, done: Iterable[Work]) -> Iterator[tuple[str, str]]:
    """The crew of the earlier order, for each order of `reworked`."""
    yield from (crew for crew, _, _ in reworked(start, end, done))


def reworked(
    start: datetime, end: datetime, done: Iterable[Work]
) -> Iterator[tuple[tuple[str, str], int, datetime]]:
    """(crew of the earlier order, order, when it was written) of each order written in [start, end) whose fault had
    been finished within 30 days. `done` is what `works` gave for the period. One query.
    """
    before: dict[Spot, list[Work]] = defaultdict(list)
    for work in sorted(done, key=attrgetter("finished")):
        before[work.spot].append(work)
    rows = (
        Repair.objects.filter(
            Q(cancelled_at__isnull=True) | Q(cancelled_at__gte=end), created_at__gte=start, created_at__lt=end
        )
        .exclude(void_at__lt=end)
        .order_by()
    )
    found = rows.values_list("unit_id", "place", "category_id", "created_at", "pk")
    for unit, place, category, created, pk in found.iterator(2000):
        earlier = before.get(spot(unit, place, category), [])
        number = bisect_right(earlier, created, key=attrgetter("finished"))
        if number and earlier[number - 1].finished >= created - AGAIN:
            yield earlier[number - 1].crew, pk, created
