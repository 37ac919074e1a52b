"""What is written about the resources themselves (B4). Each raises Refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reception.core.clock.periods import day_bounds
from reception.core.flow import Refused
from reception.core.ledger import action, record, touch
from reception.core.notices import tell
from reception.core.people.models import User
from reception.core.spelling import sought, sound, tidy
from visits.resources.clashes import span
from visits.resources.models import Resource
from visits.resources.policies import check_keeps

TEXTS = ("name", "place", "keeper", "phone", "price_unit", "note")
OWN = (
    "kind", "name", "source", "place", "keeper", "phone", "capacity", "price", "price_unit", "price_until", "setup_before",
    "setup_after", "closed_on", "note",
)  # fmt: skip


@action
def add_resource(*, by: User, at: datetime, fields: Mapping[str, Any], tiers: Any = ()) -> Resource:
    """登记资源. fields: OWN; tiers: the levels that it is for (rows or keys), none for all. Raises Refused (forbidden, missing, invalid)."""
    check_keeps(by)
    values = _values(fields)
    _once(values, None)
    made = Resource.objects.create(**values, **_found_by(values))
    made.tiers.set(tiers)
    record(
        made, "create", "登记资源", by=by, at=at, detail={"name": made.name, "kind": made.get_kind_display()}
    )
    return made


@action
def change_resource(resource: Resource, *, by: User, at: datetime, fields: Mapping[str, Any], tiers: Any = None,
                    expect: int | None = None) -> Resource:  # fmt: skip
    """修改资源; a 停用日期 tells everybody who booked it from that day on. Raises Refused."""
    check_keeps(by)
    values = _values(fields)
    _once(values, resource.pk)
    changed = {key: value for key, value in values.items() if getattr(resource, key) != value}
    old = {key: getattr(resource, key) for key in changed}
    touch(resource, expect=expect, **changed, **_found_by(values))
    if tiers is not None:
        resource.tiers.set(tiers)
    detail = {key: [old[key], value] for key, value in changed.items()}
    record(resource, "edit", "修改资源", by=by, at=at, detail=detail)
    if changed.get("closed_on"):
        _tell_closed(resource, by, at)
    return resource


@action
def renew_feed(resource: Resource, *, by: User, at: datetime) -> Resource:
    """The address of its calendar stops working, and there is a new one. Raises Refused("forbidden")."""
    check_keeps(by)
    touch(resource, feed=resource.feed + 1)
    record(resource, "renew_feed", "更换日历地址", by=by, at=at)
    return resource


def _values(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Only the resource's own columns, tidied; a number that is not given is the table's default."""
    values = {key: fields[key] for key in OWN if key in fields}
    values |= {key: tidy(values[key]) for key in TEXTS if key in values}
    for key in ("setup_before", "setup_after"):
        if key in values:
            values[key] = values[key] or 0
    if not values.get("name"):
        raise Refused("missing", "请填写资源的名称。", field="name")
    if values.get("price_until") and values.get("price") is None:
        raise Refused("missing", "填了有效期，也请填写协议价。", field="price")
    return values


def _once(values: Mapping[str, Any], own: int | None) -> None:
    """Two of a kind with one name cannot be told apart. Raises Refused("invalid")."""
    rows = Resource.objects.filter(kind=values["kind"], name=values["name"]).exclude(pk=own or 0)
    if rows.exists():
        raise Refused(
            "invalid", f"已经有“{values['name']}”了，请换一个名称，或直接修改那一条。", field="name"
        )


def _found_by(values: Mapping[str, Any]) -> dict[str, str]:
    """What a search hits."""
    words = (values["name"], values.get("place", ""), values.get("keeper", ""))
    return {"sound": sound(values["name"]), "sought": sought(*words)}


def _tell_closed(resource: Resource, by: User, at: datetime) -> None:
    """Whoever booked it for a day on which it is closed."""
    assert resource.closed_on
    rows = resource.bookings.live().filter(end__gt=max(at, day_bounds(resource.closed_on)[0]))
    for one in rows.for_page().order_by("start"):
        people = {one.created_by, *([one.reception.applicant] if one.reception else [])}
        tell(
            [person for person in people if person.pk != by.pk],
            title=f"{resource}从 {resource.closed_on} 起停用，您 {span(one.start, one.end)} 的预订请改用别的",
            url=one.get_absolute_url(), at=at, level="warn",
        )  # fmt: skip
