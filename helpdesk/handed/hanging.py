"""Where the life of a report hangs into what runs below it: the report's page, the guards, the daily reminder."""

from typing import Any

from helpdesk.handed.choices import HANDED
from helpdesk.handed.models import SNAPSHOTS, Submission
from helpdesk.handed.reminding import remind
from helpdesk.handed.snapshots import kept, sheets
from helpdesk.report.kept import CARDS, KEEPERS, WRITTEN
from helpdesk.report.spans import Span
from reception.core.clock.ticks import DAILY
from reception.core.ledger.guards import GUARDED
from reception.core.people.models import User
from reception.core.people.roles import Can

TONES = {"draft": "warn", "signed": "brand", "reviewed": "brand", "submitted": "ok", "locked": "ok"}


def card(span: Span, user: User) -> dict[str, Any]:
    """For the head of the report's page: where it stands; begin: whether `user` may begin it. One query."""
    found = Submission.objects.of(span).first()
    if found is None:
        return {"begin": user.may(Can.EDIT_REPORT)}
    return {
        "state": found.get_status_display(), "tone": TONES[found.status], "url": found.get_absolute_url(),
        "handed": found.status in HANDED,
    }  # fmt: skip


def hang() -> None:
    """Called once, when the wing starts."""
    if kept not in KEEPERS:
        KEEPERS.append(kept)
        WRITTEN.append(sheets)
        CARDS.append(card)
    DAILY["report"] = remind
    GUARDED[SNAPSHOTS] = "snapshot"
