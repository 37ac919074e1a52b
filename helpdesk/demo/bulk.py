"""History in bulk, for load tests: the demo's finished calls and orders once more, moved back by whole days.

Written straight into their two tables: these rows have no clocks and no events, and nothing but lists, search and reports
should be measured on them. Their numbers go on in the counters of their own years, so that what comes later meets none.
"""

from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models

from helpdesk.log.models import Call
from helpdesk.repairs.models import Repair
from reception.core.clock.periods import local
from reception.core.ledger.models import Counter

BATCH = 2000
DAYS = 1000  # over which the history is spread: a million records are thirty thousand a month
CALLS, ORDERS = "DH", "WX"


@dataclass(frozen=True)
class Shape:
    """A row to be repeated: its values as the database takes them, and where its number, key and times stand."""

    values: list[Any]
    times: list[tuple[int, models.Field, Any]]
    begun: datetime


def fill(records: int, at: datetime) -> int:
    """Add `records` calls and orders in the DAYS days before the demo's first; returns how many. Raises ValueError
    when there is no demo to repeat."""
    calls = list(Call.objects.filter(status="closed", joined=None, void_at=None).order_by("id")[:200])
    orders = {
        order.call_id: order
        for order in Repair.objects.filter(status="closed", origin=None, void_at=None, call__isnull=False)
        .select_related("call").order_by("id")[:200]
    }  # fmt: skip
    pairs: list[tuple[Call, Repair | None]] = [(call, None) for call in calls]
    pairs += [(order.call, order) for order in orders.values() if order.call]
    if not pairs:
        raise ValueError("没有可以重复的演示记录，请先装入演示数据。")
    bulk = _Bulk([(_shape(call), _shape(order) if order else None) for call, order in pairs])
    return bulk.write(records, local(at))


def _shape(record: models.Model) -> Shape:
    """What a record looks like in its table."""
    values, times = [], []
    for place, field in enumerate(record._meta.concrete_fields):
        value = getattr(record, field.attname)
        values.append(field.get_db_prep_save(value, connection))
        if isinstance(value, date):
            times.append((place, field, value))
    return Shape(values, times, record.created_at)  # type: ignore[attr-defined]


class _Bulk:
    """Numbers and keys that go on, and two tables to write into."""

    def __init__(self, pairs: Sequence[tuple[Shape, Shape | None]]) -> None:
        self.pairs = pairs
        self.last = Tally({(row.prefix, row.year): row.last for row in Counter.objects.all()})
        self.key: dict[type[models.Model], int] = {
            model: (model.objects.order_by("-pk").first() or model(pk=0)).pk for model in (Call, Repair)
        }
        self.places: dict[type[models.Model], dict[str, int]] = {
            model: {field.attname: place for place, field in enumerate(model._meta.concrete_fields)}
            for model in (Call, Repair)
        }

    def write(self, records: int, now: datetime) -> int:
        """Write in batches, oldest days mixed: no list is long because of one day."""
        done = 0
        for batch in _batches(self._rows(records, now)):
            for model in (Call, Repair):
                rows = [row for kind, row in batch if kind is model]
                _insert(model, rows)
                done += len(rows)
        for (prefix, year), last in self.last.items():
            Counter.objects.update_or_create(prefix=prefix, year=year, defaults={"last": last})
        _set_sequences()
        return done

    def _rows(self, records: int, now: datetime) -> Iterator[tuple[type[models.Model], list[Any]]]:
        made, turn = 0, 0
        while made < records:
            call, order = self.pairs[turn % len(self.pairs)]
            # 100 days back the demo has not begun; 617 and DAYS share no factor: every day gets its share.
            back = timedelta(days=100 + turn * 617 % DAYS - (now - call.begun).days)
            turn += 1
            row = self._moved(Call, CALLS, call, back)
            made += 1
            yield Call, row
            if order and made < records:
                twin = self._moved(Repair, ORDERS, order, back)
                twin[self.places[Repair]["call_id"]] = row[self.places[Call]["id"]]
                made += 1
                yield Repair, twin

    def _moved(self, model: type[models.Model], prefix: str, shape: Shape, back: timedelta) -> list[Any]:
        """A new row like `shape`, so much earlier, with the next key and the next number of its year."""
        row, places, year = list(shape.values), self.places[model], local(shape.begun - back).year
        for place, field, value in shape.times:
            row[place] = field.get_db_prep_save(value - back, connection)
        self.key[model] += 1
        self.last[prefix, year] += 1
        row[places["id"]] = self.key[model]
        row[places["no"]] = f"{prefix}-{year}-{self.last[prefix, year]:04d}"
        return row


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _insert(model: type[models.Model], rows: Sequence[Sequence[Any]]) -> None:
    """One statement, many rows."""
    if not rows:
        return
    fields = model._meta.concrete_fields
    names, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', rows)


def _set_sequences() -> None:
    """PostgreSQL counts keys apart from the rows."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Call, Repair]):
            cursor.execute(statement)
