"""Counting many things at once, for what stands on every page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add

from django.db.models import F, Func, IntegerField, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from reception.core.people.models import User


def counted(*groups: Iterable[QuerySet]) -> list[int]:
    """How many rows the querysets of each group hold together, for all groups in one query.

    Plain filtered querysets only: neither sliced nor distinct. A row that is in two of them counts twice.
    """
    totals = [reduce(add, map(_rows, group), Value(0)) for group in groups]
    # Any table with a row will do: the selected columns say nothing of it.
    return list(User.objects.order_by().values_list(*totals)[:1].get())


def _rows(rows: QuerySet) -> Combinable:
    """The number of rows as a scalar: a plain COUNT, which needs no GROUP BY."""
    if rows.query.is_empty():
        return Value(0)  # what somebody may never see is not asked for: every page pays for each of these
    assert not (rows.query.distinct or rows.query.is_sliced), "只能数未切片、未去重的查询"
    number = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Coalesce(Subquery(rows.order_by().annotate(counted=number).values("counted")), 0)
