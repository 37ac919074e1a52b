"""Movements: what comes in and goes out. Each is one row, and the rows' sum is the stock (A5.2). Each raises Refused.

An action holds the ledger's lock from its first statement on, and reads the stock below it: two people cannot take
the same last piece. The table refuses a stock below nought besides.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Sum

from reception.core.clock.periods import local
from reception.core.flow import Refused, stale
from reception.core.ledger import action, record, touch
from reception.core.notices import tell
from reception.core.people.models import Department, User
from reception.core.spelling import tidy
from visits.materials.choices import MOST, StockKind
from visits.materials.models import Material, StockMove
from visits.materials.policies import (
    check_back,
    check_count,
    check_enough,
    check_gives,
    check_good,
    check_in_use,
    check_keeps,
    stewards,
)

K = StockKind


@action
def receive(material: Material, *, by: User, at: datetime, count: int, note: str = "") -> StockMove:
    """入库: `count` 件 more."""
    now = _kept(material, by)
    check_count(count)
    check_in_use(now)
    return _move(now, K.IN, count, by=by, at=at, note=note)


@action
def take(
    material: Material, *, by: User, at: datetime, count: int, department: Department | None, note: str = ""
) -> StockMove:
    """领用: a department takes `count` 件 along."""
    now = _kept(material, by)
    check_count(count)
    if department is None:
        raise Refused("missing", "请选择领用部门。", field="department")
    _check_out(now, count, at)
    return _move(now, K.TAKE, -count, by=by, at=at, note=note, department=department)


@action
def give(
    reception: Any, *, by: User, at: datetime, counts: Mapping[int, int], recipient: str, note: str = ""
) -> list[StockMove]:
    """发放 at a reception: counts: material → 件, all of them or none; recipient: to whom."""
    now = type(reception).objects.select_related("applicant").get(pk=reception.pk)
    check_gives(now, by)
    whom = tidy(recipient)[:60]
    if not whom:
        raise Refused("missing", "请写发给谁。", field="recipient")
    wanted = {pk: count for pk, count in counts.items() if count}
    if not wanted:
        raise Refused("missing", "请至少给一种资料填上件数。")
    found = list(Material.objects.filter(pk__in=wanted).select_related("department__head").order_by("pk"))
    if len(found) != len(wanted):
        raise Refused("stale", "有一种资料已经不在了，请刷新再填。")
    for one in found:
        check_count(wanted[one.pk], f"count_{one.pk}")
        _check_out(one, wanted[one.pk], at, f"count_{one.pk}")
    rows = [
        _move(one, K.GIVE, -wanted[one.pk], by=by, at=at, note=note, reception=now, recipient=whom)
        for one in found
    ]
    said = "、".join(f"{row.material} {-row.change} 件" for row in rows)
    record(now, "materials", "发放资料", by=by, at=at, reason=f"{said}，给{whom}"[:500])
    return rows


@action
def bring_back(origin: StockMove, *, by: User, at: datetime, count: int, note: str = "") -> StockMove:
    """退回: what was taken or handed out comes back, as far as it went."""
    now = _kept(origin.material, by)
    check_count(count)
    returned = StockMove.objects.filter(origin=origin).aggregate(all=Sum("change"))["all"] or 0
    check_back(origin, returned, count)
    return _move(now, K.BACK, count, by=by, at=at, note=note, origin=origin, reception=origin.reception, recipient=origin.recipient)  # fmt: skip


@action
def count(
    material: Material,
    *,
    by: User,
    at: datetime,
    counted: int | None,
    note: str = "",
    expect: int | None = None,
) -> StockMove:
    """盘点: `counted` 件 really lie there; the difference is the movement, and says why where there is one. Counted
    against the stock that the page showed. Raises Refused (stale) too."""
    now = _kept(material, by)
    if expect not in (None, now.revision):
        raise stale(now)
    if counted is None or not 0 <= counted <= MOST:
        raise Refused("invalid", f"实有件数要填 0 到 {MOST} 的整数。", field="counted")
    if counted != now.stock and not tidy(note):
        raise Refused("missing", f"账上 {now.stock} 件，实有 {counted} 件，请说明差在哪里。", field="note")
    return _move(now, K.COUNT, counted - now.stock, by=by, at=at, note=note)


@action
def scrap(material: Material, *, by: User, at: datetime, count: int, note: str) -> StockMove:
    """报废: `count` 件 are thrown away, and why."""
    now = _kept(material, by)
    check_count(count)
    if not tidy(note):
        raise Refused("missing", "报废要写明原因。", field="note")
    check_enough(now, count)
    return _move(now, K.SCRAP, -count, by=by, at=at, note=note)


def _kept(material: Material, by: User) -> Material:
    """The row as it is now, below the lock, for one of its keepers."""
    now = Material.objects.select_related("department__head").get(pk=material.pk)
    check_keeps(by, now.department_id)
    return now


def _check_out(material: Material, count: int, at: datetime, field: str = "count") -> None:
    """Whether `count` 件 may go: in use, still good, and there."""
    check_in_use(material)
    check_good(material, local(at).date())
    check_enough(material, count, field)


def _move(
    material: Material, kind: StockKind, change: int, *, by: User, at: datetime, note: str, **more: Any
) -> StockMove:
    """The row, the new stock and the event; whoever keeps it hears when it falls below its minimum."""
    before, after = material.stock, material.stock + change
    if after > MOST:
        raise Refused("invalid", f"一种资料最多 {MOST} 件，这样会有 {after} 件，请核对。", field="count")
    last = material.moves.order_by("-number").values_list("number", flat=True).first() or 0
    row = StockMove.objects.create(
        material=material, number=last + 1, kind=kind, change=change, balance=after, moved_at=at, moved_by=by,
        note=tidy(note)[:200], **more,
    )  # fmt: skip
    touch(material, stock=after)
    record(
        material,
        f"stock_{kind}",
        kind.label,
        by=by,
        at=at,
        detail={"change": change, "balance": after, "number": row.number},
    )
    if after < material.minimum <= before:
        title = f"{material}只剩 {after} 件，低于最低库存 {material.minimum} 件，请补"
        tell(stewards(material), title=title, url=material.get_absolute_url(), at=at, level="warn")
    return row
