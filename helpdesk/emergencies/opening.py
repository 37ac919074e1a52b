"""Raising an emergency: whatever is known goes out at once, the rest follows (D4.4.4)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from helpdesk.cases.choices import Kind
from helpdesk.cases.models import Category, classify
from helpdesk.emergencies.ladder import alarm
from helpdesk.emergencies.models import ChecklistItem, Duty, Emergency
from reception.core.flow import Refused
from reception.core.ledger import action, next_no, record
from reception.core.people.models import User
from reception.core.people.roles import Can

PREFIX = "TF"


@action
def raise_emergency(
    *,
    by: User,
    at: datetime,
    content: str = "",
    place: str = "",
    reporter: str = "",
    phone: str = "",
    category: Category | None = None,
    measures: str = "",
    call: Any = None,
) -> Emergency:
    """报突发: a new record TF-…, and everybody on the ladder is told in the same instant.

    Nothing has to be known: without a reporter it is who raises it; the kind is read from the words when it can be.
    Raises Refused(forbidden, invalid).
    """
    if not by.may(Can.LOG_CALL):
        raise Refused("forbidden", "您的岗位不能上报突发，请马上打电话给前台。")
    if category is not None and category.kind != Kind.EMERGENCY:
        raise Refused("invalid", f"“{category}”不是突发的类别，请重选。", field="category")
    content, place = content.strip()[:2000], place.strip()[:120]
    emergency = Emergency(
        no=next_no(PREFIX, at), created_at=at, created_by=by, recorder_name=str(by), content=content, place=place, call=call,
        reporter=(reporter.strip() or str(by))[:40], phone=phone.strip()[:32],
        category=category or (classify(f"{content}{place}", Kind.EMERGENCY) if content else None),
        measures=measures.strip(),
    )  # fmt: skip
    emergency.save(force_insert=True)
    add_duties(emergency)
    told = alarm(emergency, at=at, without=by)
    detail = {"told": told} | ({"call": call.no} if call else {})
    record(emergency, "record", "接报并同时上报", by=by, at=at, reason=content, detail=detail)
    return emergency


def add_duties(emergency: Emergency) -> None:
    """The checklist of its kind, and what holds for every kind; what stands there already is left alone."""
    items: Iterable[ChecklistItem] = ChecklistItem.objects.filter(category=emergency.category_id)
    if emergency.category_id:
        items = [*items, *ChecklistItem.objects.filter(category__isnull=True)]
    there = set(emergency.duties.values_list("text", flat=True))
    fresh = {item.text: item.order for item in items if item.text not in there}
    Duty.objects.bulk_create(
        Duty(emergency=emergency, text=text, order=order) for text, order in fresh.items()
    )
