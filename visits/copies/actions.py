"""抄送 and its read receipt (records §1.2)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from reception.core.ledger import action, record
from reception.core.notices import tell
from reception.core.people.models import Department, User
from visits.copies.models import Copy


@action
def copy_to(reception: Any, people: Iterable[User], *, by: User, at: datetime) -> list[User]:
    """Send `reception` to those of `people` who have not got it yet, each once; returns them."""
    new = _send(reception, dict.fromkeys(people), by, at)
    title = f"{reception.no} {reception.title}：{by}抄送给您"
    tell(new, title=title, url=reception.get_absolute_url(), at=at)
    return new


@action
def copy_to_departments(reception: Any, *, by: User, at: datetime) -> list[User]:
    """Send it to the heads of the departments that have tasks in it (A3.2), without a word of its own: the notice of
    their tasks has just gone out. A secret one goes to nobody by itself: whoever needs to know is chosen by name."""
    if reception.secret:
        return []
    tasks = reception.tasks.exclude(department__head=None).select_related("department__head")
    heads: dict[User, Department | None] = {task.department.head: task.department for task in tasks}
    return _send(reception, heads, by, at)


@action
def opened(copy: Copy, *, by: User, at: datetime) -> None:
    """已阅, once and for good: by the one it was sent to."""
    assert copy.to_id == by.pk
    if Copy.objects.filter(pk=copy.pk, opened_at__isnull=True).update(opened_at=at):
        copy.opened_at = at


def _send(reception: Any, people: dict[User, Department | None], by: User, at: datetime) -> list[User]:
    have = set(reception.copies.values_list("to_id", flat=True)) | {by.pk, reception.applicant_id}
    new = {person: why for person, why in people.items() if person.pk not in have and person.is_active}
    if not new:
        return []
    Copy.objects.bulk_create(
        Copy(reception=reception, to=person, department=why, sent_at=at, sent_by=by)
        for person, why in new.items()
    )
    record(reception, "copy", "抄送", by=by, at=at, detail={"to": [str(person) for person in new]})
    return list(new)
