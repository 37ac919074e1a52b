"""The day's summary: why things are open, and the three signatures (D4.1, E5.3.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from helpdesk.daybook.choices import Reason, Status
from helpdesk.daybook.gathering import Left, figures, left_open
from helpdesk.daybook.handing import close_turns
from helpdesk.daybook.models import Carried, Day
from helpdesk.daybook.opening import day_of
from helpdesk.daybook.parts import parts
from helpdesk.daybook.policies import (
    PROCEDURE,
    check_all_explained,
    check_reason,
)
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.people.models import User

__all__ = ["Why", "explain", "give_back", "hand", "review", "take"]
MOST = 500


@dataclass(frozen=True)
class Why:
    """Why one thing is open: reason (a Reason), words, and when it is expected to be done."""

    reason: str
    words: str = ""
    expected_on: date | None = None


@action
def explain(
    on: date, *, by: User, at: datetime, whys: Mapping[str, Why], in_time: bool = False
) -> tuple[Day, int]:
    """未完成原因 of the day `on`: for what is open and stands in `whys` (by number), and with in_time 时限内在办 for
    the rest that is neither late nor without its slip. The last word stands until 交班. Returns the day and how many
    were written. Raises Refused, and then nothing is written.
    """
    day = day_of(on, by=by, at=at)
    known = {row.no: row for row in day.carried.all()}
    done = []
    for one in left_open(on, at):
        why = whys.get(one.no)
        if why is None and in_time and one.no not in known and not one.late and not one.slip:
            why = Why(Reason.IN_TIME)
        if why is None:
            continue
        reason = check_reason(one, why.reason, why.words, why.expected_on, on)
        given = (reason.value, why.words.strip()[:200], why.expected_on)
        before = known.get(one.no)
        if before and given == (before.reason, before.words, before.expected_on):
            continue
        _write(day, one, given, by, at)
        done.append(f"{one.no} {reason.label}")
    if done:
        record(day, "explain", "写未完成原因", by=by, at=at, detail={"items": done})
    return day, len(done)


def _write(day: Day, one: Left, given: tuple[str, str, date | None], by: User, at: datetime) -> None:
    reason, words, expected_on = given
    day.carried.update_or_create(
        no=one.no,
        defaults={
            **_seen(one), "reason": reason, "words": words, "expected_on": expected_on, "explained_at": at,
            "explained_by": by, "over": False,
        },
    )  # fmt: skip


def _seen(one: Left) -> dict[str, Any]:
    """What the record looked like."""
    return {"kind": one.kind, "what": one.what, "place": one.place, "holder": one.holder, "since": one.since,
            "sent": one.sent, "slip": one.slip, "late": one.late}  # fmt: skip


@action
def hand(
    on: date, *, by: User, at: datetime, duty: str = "", summary: str = "", tomorrow: str = "",
    expect: int | None = None,
) -> Day:  # fmt: skip
    """交班签字: everything open has its reason, the figures are taken down as they are, and the day is locked.

    duty: 值班人 of the last shift, the signer when empty. Raises Refused (missing: a reason, an earlier shift's
    signature; state; forbidden).
    """
    day = day_of(on, by=by, at=at)
    left = left_open(on, at)
    known = {row.no: row for row in day.carried.all()}
    check_all_explained(left, known)
    close_turns(day, duty, len(left), by=by, at=at)
    for one in left:
        row = known[one.no]
        # What became late after it was explained is not 时限内在办 any more.
        check_reason(one, row.reason, row.words, None, on)
        Carried.objects.filter(pk=row.pk).update(**_seen(one), over=False)
    day.carried.exclude(no__in=[one.no for one in left]).update(over=True)
    fields: dict[str, Any] = {
        "sheet": figures(on, at, left), "parts": parts(on, at, left), "summary": summary.strip()[:MOST], "tomorrow": tomorrow.strip()[:MOST],
        "handed_at": at, "handed_by": by, "handed_name": str(by),
    }  # fmt: skip
    PROCEDURE.run(day, "hand", by=by, at=at, detail={"left": len(left)}, expect=expect, **fields)
    return day


@action
def take(day: Day, *, by: User, at: datetime, expect: int | None = None) -> Day:
    """接班签字, by another person; the managers are told. Raises Refused."""
    fields: dict[str, Any] = {"taken_at": at, "taken_by": by, "taken_name": str(by)}
    PROCEDURE.run(day, "take", by=by, at=at, expect=expect, **fields)
    return day


@action
def review(day: Day, *, by: User, at: datetime, opinion: str, expect: int | None = None) -> Day:
    """审阅签字: the manager has read it, and says what (E5.3.7 报经理). Raises Refused."""
    if not opinion.strip():
        raise Refused("missing", "请写审阅意见，没有意见的写“已阅”。", field="opinion")
    fields: dict[str, Any] = {
        "reviewed_at": at, "reviewed_by": by, "reviewed_name": str(by), "opinion": opinion.strip()[:MOST],
    }  # fmt: skip
    PROCEDURE.run(day, "review", by=by, at=at, reason=opinion.strip(), expect=expect, **fields)
    return day


@action
def give_back(day: Day, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Day:
    """退回补写: opened again, the signatures are taken off; the ledger keeps them (D4.3.3). Raises Refused."""
    fields: dict[str, Any] = {"sheet": [], "parts": {}}
    for name in ("handed", "taken"):
        fields |= {f"{name}_at": None, f"{name}_by": None, f"{name}_name": ""}
    detail = {"handed": day.handed_name, "taken": day.taken_name}
    PROCEDURE.run(day, "give_back", by=by, at=at, reason=reason, detail=detail, expect=expect, **fields)
    assert day.status == Status.OPEN
    return day
