"""What the page of a reception says of its versions and of its cancellation; nothing is written here."""

from typing import Any

from reception.core.people.models import User
from reception.core.procedures import Choice
from visits.changes.choices import OPEN
from visits.changes.choices import Status as Change
from visits.changes.policies import LIVE
from visits.requests.cancelling import CANCELLING
from visits.requests.choices import APPROVED, Status
from visits.requests.models import Reception


def versions(reception: Reception, user: User) -> dict[str, Any]:
    """Its changes, newest first, the one under way, and whether this person may begin one; one query, and none before
    the approval."""
    if reception.status not in (*APPROVED, Status.CANCELLED):
        return {}
    found = reception.changes.seen_by(user).select_related("submitted_by", "decided_by", "created_by")
    rows = sorted(found, key=lambda change: -change.number)
    for row in rows:
        row.reception = reception
    return {
        "rows": rows,
        "waits": next((row for row in rows if row.status == Change.PENDING), None),
        "mine": next((row for row in rows if row.status == Change.DRAFT), None),
        "begins": reception.applicant_id == user.pk
        and reception.status in LIVE
        and not any(row.status in OPEN for row in rows),
    }


def cancels(reception: Reception, choices: list[Choice], events: list[Any]) -> dict[str, Any]:
    """The button to the page of the cancellation, who asks for it, and what was done when it happened."""
    allowed = {choice.move.name for choice in choices if not choice.refusal} & set(CANCELLING)
    done = next((event for event in reversed(events) if event.verb == "cancel"), None)
    return {
        "label": "确认取消" if "keep" in allowed else "取消接待" if allowed else "",
        "asked": reception.cancel_asked_at is not None and reception.status == Status.PREPARING,
        "done": done.detail if done and done.detail.get("people") is not None else None,
    }
