"""Adding a file to a record of the desk, and hiding it with the reason; nothing is deleted (D4.3.3)."""

from datetime import datetime
from typing import Any

from helpdesk.attached.policies import check_adds, check_removes
from reception.core.files import actions as files
from reception.core.files.checking import Checked
from reception.core.files.models import Attachment
from reception.core.ledger import action
from reception.core.people.models import User

ROLE = "evidence"


@action
def add(record: Any, upload: Checked, *, by: User, at: datetime, caption: str = "") -> Attachment:
    """添加附件. Raises Refused (forbidden, state, invalid)."""
    record.refresh_from_db(fields=["status"])
    check_adds(record, by)
    return files.attach(record, upload, role=ROLE, by=by, at=at, caption=caption)


@action
def take_away(record: Any, file: Attachment, *, by: User, at: datetime, reason: str) -> Attachment:
    """移除附件 with the reason. Raises Refused (forbidden, state, missing, stale)."""
    record.refresh_from_db(fields=["status"])
    check_removes(record, file, by)
    return files.remove(record, file, by=by, at=at, reason=reason)
