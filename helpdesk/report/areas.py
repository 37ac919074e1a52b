"""Where what was reported came from: buildings against kinds, and against what was to be repaired (records §2.4, sheet 4)."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from helpdesk.cases.choices import Kind
from helpdesk.cases.models import Category
from helpdesk.directory.models import Building
from helpdesk.report.flows import grouped

ELSEWHERE, UNSORTED = "公共区域与其他", "未分类"


@dataclass(frozen=True)
class Matrix:
    """Counts by area and column; both name what they hold, in order. Areas without a count are left out."""

    heads: list[str]
    areas: list[str]
    counts: dict[tuple[str, str], int]

    def row(self, area: str) -> list[int]:
        """The counts of one area, in the order of the heads."""
        return [self.counts.get((area, head), 0) for head in self.heads]

    def sums(self) -> list[int]:
        """The sum of each column."""
        return [sum(self.counts.get((area, head), 0) for area in self.areas) for head in self.heads]

    @property
    def total(self) -> int:
        """Everything."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Areas:
    """受理 by 楼栋 × 大类, and the repairs of it by 楼栋 × 维修类别 (their first level)."""

    kinds: Matrix
    repairs: Matrix


def areas_named() -> list[str]:
    """Every building's name, in order; one query."""
    return list(Building.objects.values_list("name", flat=True))


def areas(start: datetime, end: datetime) -> Areas:
    """What was received in [start, end) by area; four queries.

    A unit belongs to its building; without one the address decides when it begins with a building's name.
    """
    buildings, roots = areas_named(), fields()
    kinds, repairs = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    of_calls, of_orders = grouped(start, end)
    for rows in (of_calls.filter(recorded_at__gte=start), of_orders.filter(received__gte=start)):
        for area, kind, category, number in _counted(rows, buildings):
            kinds[area, Kind(kind).label] += number
            if kind == Kind.REPAIR:
                repairs[area, roots.get(category, UNSORTED)] += number
    named = list(dict.fromkeys([*roots.values(), UNSORTED]))
    order = [*buildings, ELSEWHERE]
    return Areas(_matrix(kinds, [kind.label for kind in Kind], order), _matrix(repairs, named, order))


def _matrix(counts: Counter[tuple[str, str]], heads: list[str], order: list[str]) -> Matrix:
    """Only the areas and, of the repairs, the fields that have something."""
    there, used = {area for area, _ in counts}, {head for _, head in counts}
    return Matrix(
        [head for head in heads if head in used], [area for area in order if area in there], dict(counts)
    )


def located(rows: QuerySet[Any], buildings: list[str]) -> QuerySet[Any]:
    """Calls or orders with `area`: a building's name, or ELSEWHERE."""
    # The longest name first: 3栋A座 before 3栋.
    by_name = sorted(buildings, key=lambda name: (-len(name), name))
    begins = [When(Q(unit__isnull=True, place__istartswith=name), then=Value(name)) for name in by_name]
    return rows.annotate(area=Coalesce(F("unit__building__name"), Case(*begins, default=Value(ELSEWHERE))))


def fields() -> dict[int, str]:
    """The first level of every category of repairs; one query."""
    return {row.pk: row.root.name for row in Category.objects.filter(kind=Kind.REPAIR)}


def _counted(rows: QuerySet[Any], buildings: list[str]) -> QuerySet[Any]:
    """(area, kind, category, how many)."""
    found = located(rows, buildings).values("area", "group_kind", "group_category").annotate(n=Count("pk"))
    return found.values_list("area", "group_kind", "group_category", "n")
