"""A call is closed together with the case that came of it (C7, D4.3.4)."""

from datetime import datetime
from typing import Any

from helpdesk.log.choices import Status
from helpdesk.log.models import Call
from helpdesk.log.policies import PROCEDURE
from reception.core.people.models import User


def close_call(case: Any, by: User, at: datetime, words: str) -> None:
    """The call of `case` ends with the words that its caller was told; a case without one ends alone."""
    call = Call.objects.filter(pk=case.call_id, status=Status.LED_ON).first() if case.call_id else None
    if call is None:
        return
    reply = f"{case.no}：{words}"
    fields: dict[str, Any] = {
        "reply": reply,
        "replied_at": at,
        "replied_by": by,
        "closed_at": at,
        "closed_by": by,
    }
    PROCEDURE.run(call, "follow", by=by, at=at, detail={"reply": reply}, **fields)
