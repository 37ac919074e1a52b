"""Hearing that several households report the same, and proposing it as one (D4.4.4 重要问题)."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Q, Subquery, Value

from helpdesk.cases.models import Category
from helpdesk.collective.choices import OPEN
from helpdesk.collective.models import Collective, CollectiveRule, Household
from helpdesk.log.choices import Status as CallStatus
from helpdesk.log.models import Call
from reception.core.ledger import next_no, record
from reception.core.notices import tell
from reception.core.people.models import User

PREFIX = "JT"


def listen(call: Any, category: Category, by: User, at: datetime) -> None:
    """`call` is about `category`: it joins what is open, or is the one that makes the house propose.

    Runs in the call's own transaction, under the ledger's lock: two last calls at once propose once. Several calls
    of one household are one household; calls from no known unit count for nobody.
    """
    if call.unit_id is None:
        return
    root, building = category.root, call.unit.building_id
    same = Collective.objects.filter(building=building, category=OuterRef("root"))
    rule = (
        CollectiveRule.objects.filter(kind=root.kind)
        .annotate(root=Value(root.pk, BigIntegerField()))
        .annotate(
            open=Subquery(same.filter(status__in=OPEN).values("pk")[:1]),
            ended=Subquery(same.exclude(status__in=OPEN).order_by("-ended_at").values("ended_at")[:1]),
        )
        .first()
    )
    if rule is None:
        return
    if rule.open:
        join(Collective.objects.get(pk=rule.open), call, at)
        return
    calls = calls_of(building, root, at - timedelta(hours=rule.hours), rule.ended)
    if len({one.unit_id for one in calls}) >= rule.households:
        propose(calls, category, by=by, at=at)


def calls_of(building: int, root: Category, since: datetime, ended: datetime | None) -> list[Call]:
    """Calls from the building about the root category since then, the oldest first; what an earlier report had is
    not counted again."""
    about = Q()
    for path in ("category", "repairs__category", "joined__category"):
        about |= Q(**{path: root}) | Q(**{f"{path}__parent": root})
    rows = Call.objects.filter(about, unit__building=building, recorded_at__gte=since)
    rows = rows.exclude(status=CallStatus.VOID)
    if ended:
        rows = rows.filter(created_at__gt=ended)
    return list(rows.distinct().select_related("unit", "category__parent").order_by("recorded_at", "pk"))


def propose(calls: list[Call], category: Category, *, by: User, at: datetime) -> Collective:
    """A new proposal JT-… with its households; the desk and the manager read of it. Only inside an action."""
    unit = calls[-1].unit
    assert unit
    found = Collective(
        no=next_no(PREFIX, at), created_at=at, created_by=by, building=unit.building, category=category.root,
        word=called(calls, category),
    )  # fmt: skip
    found.save(force_insert=True)
    for call in calls:
        _add(found, call)
    record(
        found,
        "record",
        "提出集体反映",
        by=None,
        at=at,
        reason=found.title,
        detail={"calls": [c.no for c in calls]},
    )
    people = User.objects.in_role("manager", "clerk", "assistant")
    tell(
        people,
        title=f"集体反映 {found.title}，请确认是否立为重要问题",
        url=found.get_absolute_url(),
        at=at,
        level="urgent",
    )
    return found


def called(calls: list[Call], category: Category) -> str:
    """What it is called: the second level when all say the same, else the first."""
    names = {
        (one.category.root.name, one.category.name)
        for one in calls
        if one.category_id and one.category and one.category.root.pk == category.root.pk
    } | {(category.root.name, category.name)}
    return category.name if len(names) == 1 else category.root.name


def join(found: Collective, call: Call, at: datetime) -> None:
    """A later caller stands on the list at once; a household that still waits for its call stands there already."""
    if _add(found, call):
        record(
            found,
            "join",
            "加入名单",
            by=None,
            at=at,
            reason=f"{call.unit} {call.caller_name}",
            detail={"call": call.no},
        )


def forget(case: Any, by: User, at: datetime, reason: str) -> None:
    """A call that is struck out reports nothing: its household, if it still waits to be called, stands on the list by
    another call of theirs, or leaves it. Only inside an action."""
    waiting = Household.objects.filter(called_at__isnull=True, collective__status__in=OPEN)
    house = (
        waiting.filter(call=case).select_related("collective__category", "unit").first()
        if isinstance(case, Call)
        else None
    )
    if house is None:
        return
    found, other = house.collective, _other_call(house)
    if other:
        house.call, house.name, house.phone = other, f"{other.caller_name}{other.caller_title}", other.number
        house.save(update_fields=["call", "name", "phone"])
        return
    house.delete()
    Collective.objects.filter(pk=found.pk).update(size=F("size") - 1)
    record(
        found,
        "leave",
        "移出名单",
        by=by,
        at=at,
        reason=f"{house}：{case.no} 作废，{reason}",
        detail={"call": case.no},
    )


def _other_call(house: Household) -> Call | None:
    """Another call of the household about the same, that stands and is on no list."""
    found = house.collective
    hours = CollectiveRule.objects.filter(kind=found.category.kind).values_list("hours", flat=True).first()
    calls = calls_of(found.building_id, found.category, found.created_at - timedelta(hours=hours or 24), None)
    same = [one for one in calls if one.unit_id == house.unit_id]
    listed = set(Household.objects.filter(call__in=same).values_list("call", flat=True))
    return next((one for one in same if one.pk not in listed), None)


def _add(found: Collective, call: Call) -> bool:
    """One more household; False when it is waiting to be called already."""
    assert call.unit  # listen() lets no other in
    waiting = Household.objects.filter(collective=found, unit=call.unit, called_at__isnull=True)
    if waiting.exists() or Household.objects.filter(call=call).exists():
        return False
    name = f"{call.caller_name}{call.caller_title}"
    Household.objects.create(collective=found, unit=call.unit, call=call, name=name, phone=call.number)
    Collective.objects.filter(pk=found.pk).update(size=F("size") + 1)
    found.size += 1
    return True
