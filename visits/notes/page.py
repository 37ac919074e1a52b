"""What a reception's page shows of its notes."""

from typing import Any

from reception.core.people.models import User
from visits.notes.policies import OPEN, check_notes, check_photographs, may
from visits.requests.choices import Status
from visits.requests.models import Reception


def panel(reception: Reception, user: User) -> dict[str, Any] | None:
    """The notes, oldest first (one query), and what this person may add; None before the reception began."""
    if reception.status not in (*OPEN, Status.ARCHIVED):
        return None
    rows = list(reception.notes.select_related("created_by", "corrects__created_by"))
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    return {
        "rows": [{"note": row, "corrected": row.pk in corrected} for row in rows],
        "writes": may(check_notes, reception, user), "photographs": may(check_photographs, reception, user),
        "locked": reception.status == Status.ARCHIVED,
    }  # fmt: skip
