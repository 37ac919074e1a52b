"""Keeping what is typed, and ending it: as a record, or with a reason (E5.2.1d, D4.2)."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db.models import QuerySet

from helpdesk.begun.models import WORDS, Begun
from helpdesk.begun.policies import (
    NAME,
    check_desk,
    check_few,
    check_key,
    check_reason,
    place_of,
    tidy,
)
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.people.models import User


class Typed(TypedDict, total=False):
    """What the browser knows: the fields, where the hand was, whether it was parked, and which save this is."""

    values: Any
    focus: Any
    caret: Any
    caret_end: Any
    parked: Any
    turn: Any


@action
def keep(*, by: User, at: datetime, key: str, **typed: Unpack[Typed]) -> Begun | None:
    """Store what `by` typed under `key`; a save that was overtaken by a later one changes nothing.

    Typing is no deed: the ledger hears of the end only. A call that was typed away again, and never parked, was
    never begun: None. Raises Refused (forbidden, invalid, state when it has ended or too many lie about).
    """
    check_desk(by)
    check_key(key)
    fields = columns(typed)
    row = Begun.objects.of(by).filter(key=key).first()
    if row and (row.call_id or row.dropped_at):
        raise Refused("state", "这件来电已经登记或写明了原因，请另起一件。")
    if not begun(fields["values"]):
        if row and not row.parked:
            row.delete()
            return None
        if row is None:
            return None
    if row is None:
        check_few(Begun.objects.of(by).open().count())
        return Begun.objects.create(key=key, created_at=at, created_by=by, saved_at=at, **fields)
    if fields["turn"] > row.turn:
        for name, value in {**fields, "saved_at": at}.items():
            setattr(row, name, value)
        row.save(update_fields=[*fields, "saved_at"])
    return row


def columns(typed: Typed) -> dict[str, Any]:
    """The columns from what the browser said. Raises Refused(invalid)."""
    focus = typed.get("focus")
    return {
        "values": tidy(typed.get("values")),
        "focus": focus if isinstance(focus, str) and NAME.fullmatch(focus) else "",
        "caret": place_of(typed.get("caret")),
        "caret_end": place_of(typed.get("caret_end")),
        "parked": typed.get("parked") is True,
        "turn": place_of(typed.get("turn")) or 0,
    }


def begun(values: dict[str, str | bool]) -> bool:
    """Whether somebody was on the line: words were typed, or the rings were counted."""
    return any(str(values.get(name) or "").strip() for name in (*WORDS, "rings"))


@action
def registered(*, by: User, at: datetime, key: str, call: QuerySet) -> None:
    """What was begun under `key` is a record now; its words are kept there and no longer here.

    call: a queryset of the one id of the record. A save that is still on its way finds the end and changes nothing.
    """
    done = {"values": {}, "focus": "", "parked": False, "saved_at": at, "call_id": call}
    if Begun.objects.of(by).open().filter(key=key).update(**done):
        return
    found = call.first()
    if found and not Begun.objects.of(by).filter(key=key).exists():
        Begun.objects.create(key=key, created_at=at, created_by=by, saved_at=at, call_id=found["pk"])


@action
def drop(row: Begun, *, by: User, at: datetime, reason: str) -> Begun:
    """不登记: why there is no record, on the ledger; the words are let go. Raises Refused (forbidden, missing, stale)."""
    check_desk(by)
    check_reason(reason)
    told = reason.strip()[:200]
    rows = Begun.objects.filter(pk=row.pk).open()
    if not rows.update(dropped_at=at, dropped_by=by, drop_reason=told, values={}, focus="", parked=False):
        raise Refused("stale", "这件来电刚刚登记了，或已写明原因，请刷新。")
    row.refresh_from_db()
    record(row, "drop", "不登记", by=by, at=at, reason=told, detail={"begun": row.created_at})
    return row
