"""A call is closed together with the case that came of it, and waits again when that one was struck out (C7, D4.3.4)."""

from datetime import datetime
from typing import Any

from helpdesk.cases.voiding import was_over
from helpdesk.log.choices import Status
from helpdesk.log.models import Call
from helpdesk.log.policies import PROCEDURE
from helpdesk.log.queries import DAY
from helpdesk.repairs.models import Repair
from reception.core.clock import calendar_for, start
from reception.core.notices import tell
from reception.core.people.models import User


def close_call(case: Any, by: User, at: datetime, words: str) -> None:
    """The call of `case` ends with the words that its caller was told; a case without one ends alone."""
    call = Call.objects.filter(pk=case.call_id, status=Status.LED_ON).first() if case.call_id else None
    if call is None:
        return
    reply = f"{case.no}：{words}"
    fields: dict[str, Any] = {
        "reply": reply,
        # An enquiry knows when its caller was told: the promise is measured by that, not by the closing.
        "replied_at": getattr(case, "replied_at", None) or at,
        "replied_by": getattr(case, "replied_by", None) or by,
        "closed_at": at,
        "closed_by": by,
    }
    PROCEDURE.run(call, "follow", by=by, at=at, detail={"reply": reply}, **fields)


def reopen_call(case: Any, by: User, at: datetime, reason: str) -> None:
    """The call of `case` waits again, due as it was promised or today: what the caller wanted still stands.

    A call that was closed together with its case before stays closed.
    """
    key = getattr(case, "call_id", None)
    led = (Status.CONVERTED, Status.LED_ON)
    call = Call.objects.filter(pk=key, status__in=led).first() if key else None
    calls = [*([call] if call else []), *(case.repeats.all() if isinstance(case, Repair) else ())]
    if was_over(case):
        return
    for one in calls:
        _wait_again(one, case, by, at, reason)


def _wait_again(call: Call, case: Any, by: User, at: datetime, reason: str) -> None:
    """One call waits again, and whoever wrote it down hears of it."""
    words = f"{case.no} 已作废：{reason}"
    PROCEDURE.run(call, "reopen", by=by, at=at, reason=words, joined=None)
    _watch_again(call, at)
    title = f"{call.no} {call.title}：{case.no} 作废，请重新处理"
    tell([call.recorder], title=title, url=call.get_absolute_url(), at=at, body=reason)


def _watch_again(call: Call, at: datetime) -> None:
    """A new round of the call's clock; what an earlier one missed stays missed."""
    calendar, promised = calendar_for("service"), call.reply_due_at
    due_at = promised if promised and promised > at else calendar.end_of_day(at)
    start(call, DAY, at=at, due_at=due_at, owner=call.recorder, calendar=calendar)
