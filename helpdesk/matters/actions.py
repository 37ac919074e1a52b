"""What people do with a matter: given out, signed for, followed, fed back, closed (D4.4.3)."""

from datetime import datetime
from typing import Any

from helpdesk.cases.following import ended
from helpdesk.cases.voiding import void_record
from helpdesk.matters.choices import Opinion, Status, Verdict, Way
from helpdesk.matters.models import Matter
from helpdesk.matters.opening import open_matter, watch
from helpdesk.matters.policies import (
    PROCEDURE,
    charged,
    check_answer,
    check_charge,
    check_choice,
    check_limit,
    check_words,
)
from helpdesk.matters.queries import ASSIGN, FEEDBACK, HANDLE
from reception.core.clock import calendar_for, restart, stop, stop_all
from reception.core.ledger import action, record
from reception.core.people.models import Department, User

__all__ = [
    "assign",
    "close",
    "feedback",
    "finish",
    "note",
    "open_matter",
    "postpone",
    "reassign",
    "send_back",
    "settle",
    "sign",
    "void",
]
TRIES = 3  # so many calls that nobody answers count as fed back


def _given(
    matter: Matter, at: datetime, by: User, department: Department | None, worker: User | None, due_at: Any
) -> dict[str, Any]:
    """The columns of a matter that is given out. Raises Refused."""
    department = check_charge(department, worker)
    return {
        "department": department, "worker": worker, "due_at": check_limit(due_at, at), "agreed_reason": "",
        "assigned_at": at, "assigned_by": by, "signed_at": None, "signed_by": None,
    }  # fmt: skip


def _told_to(fields: dict[str, Any]) -> dict[str, Any]:
    """What the ledger says of who has it until when."""
    people = "·".join(str(one) for one in (fields["department"], fields["worker"]) if one)
    return {"to": people, "due_at": fields["due_at"]}


@action
def assign(
    matter: Matter,
    *,
    by: User,
    at: datetime,
    department: Department | None = None,
    worker: User | None = None,
    due_at: datetime | None = None,
    words: str = "",
    expect: int | None = None,
) -> Matter:
    """交办 to a department or a person, until `due_at`; they are told and their time runs. Raises Refused."""
    fields = _given(matter, at, by, department, worker, due_at)
    given: dict[str, Any] = {
        "by": by,
        "at": at,
        "reason": words[:500],
        "detail": _told_to(fields),
        "expect": expect,
    }
    PROCEDURE.run(matter, "assign", **given, **fields)
    stop(matter, ASSIGN, at=at)
    watch(matter, HANDLE, at=at, owner=next(iter(charged(matter)), None), due_at=matter.due_at)
    return matter


@action
def reassign(
    matter: Matter,
    *,
    by: User,
    at: datetime,
    reason: str,
    department: Department | None = None,
    worker: User | None = None,
    due_at: datetime | None = None,
    expect: int | None = None,
) -> Matter:
    """改派: somebody else has it now, with a time of their own; what was late stays late. Raises Refused."""
    reason = check_words(reason, "reason", "请写明为什么改派。（D4.4.3）", 500)
    fields = _given(matter, at, by, department, worker, due_at) | {"round": matter.round + 1}
    detail = {"from": matter.in_charge, **_told_to(fields)}
    PROCEDURE.run(matter, "reassign", by=by, at=at, reason=reason, detail=detail, expect=expect, **fields)
    _restart(matter, at, next(iter(charged(matter)), None))
    return matter


def _restart(matter: Matter, at: datetime, owner: User | None) -> None:
    """A new round of the handling clock; the breach of the old one stays."""
    assert matter.due_at
    restart(matter, HANDLE, at=at, due_at=matter.due_at, owner=owner, calendar=calendar_for("service"))


@action
def sign(matter: Matter, *, by: User, at: datetime, expect: int | None = None) -> Matter:
    """签收: the press is the signature, and who signs has it. Raises Refused."""
    PROCEDURE.run(matter, "sign", by=by, at=at, expect=expect, signed_at=at, signed_by=by, worker=by)
    return matter


@action
def note(matter: Matter, *, by: User, at: datetime, words: str, expect: int | None = None) -> Matter:
    """记进展: a line with the server's time, never changed; it makes no page stale. Raises Refused."""
    words = check_words(words, "words", "请写办到哪一步了。", 500)
    matter.refresh_from_db()
    PROCEDURE.check(matter, "note", by=by, at=at)
    record(matter, "note", "进展", by=by, at=at, reason=words)
    return matter


@action
def postpone(
    matter: Matter, *, by: User, at: datetime, due_at: datetime | None, reason: str, expect: int | None = None
) -> Matter:
    """约定新时限 with the reason; the time that was missed before stays missed. Raises Refused."""
    reason = check_words(reason, "reason", "请写明为什么约定新的时限、与谁约定。（D4.4.3）", 200)
    fields: dict[str, Any] = {"due_at": check_limit(due_at, at), "agreed_reason": reason}
    detail = {"before": matter.due_at, "due_at": due_at}
    PROCEDURE.run(matter, "postpone", by=by, at=at, reason=reason, detail=detail, expect=expect, **fields)
    _restart(matter, at, next(iter(charged(matter)), None))
    return matter


@action
def send_back(matter: Matter, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Matter:
    """退回 with the reason: not theirs, or it cannot be done; the desk gives it out anew. Raises Refused."""
    reason = check_words(reason, "reason", "请写明退回的原因。（D4.4.3）", 500)
    PROCEDURE.run(matter, "send_back", by=by, at=at, reason=reason, expect=expect, round=matter.round + 1)
    stop(matter, HANDLE, at=at)
    watch(matter, ASSIGN, at=at, owner=matter.assigned_by)
    return matter


@action
def settle(
    matter: Matter, *, by: User, at: datetime, result: str, verdict: str = "", expect: int | None = None
) -> Matter:
    """前台办结: the desk did it by itself; who reported it still hears of it. Raises Refused."""
    return _done(matter, "settle", by, at, result, verdict, expect)


@action
def finish(
    matter: Matter, *, by: User, at: datetime, result: str, verdict: str = "", expect: int | None = None
) -> Matter:
    """办结: what came of it; a suggestion's answer is 采纳, 部分采纳 or 未采纳 with the reason. Raises Refused."""
    return _done(matter, "finish", by, at, result, verdict, expect)


def _done(
    matter: Matter, move: str, by: User, at: datetime, result: str, verdict: str, expect: int | None
) -> Matter:
    result = check_words(result, "result", "请写办理的结果；建议未采纳的，写明理由。（D4.4.3）")
    fields: dict[str, Any] = {
        "result": result,
        "verdict": check_answer(matter, verdict),
        "done_at": at,
        "done_by": by,
    }
    said = f"{Verdict(fields['verdict']).label}：{result}" if fields["verdict"] else result
    PROCEDURE.run(matter, move, by=by, at=at, reason=said, expect=expect, **fields)
    stop(matter, HANDLE if move == "finish" else ASSIGN, at=at)
    watch(matter, FEEDBACK, at=at, owner=matter.created_by)
    return matter


@action
def feedback(
    matter: Matter,
    *,
    by: User,
    at: datetime,
    way: str,
    opinion: str,
    opinion_words: str = "",
    expect: int | None = None,
) -> Matter:
    """反馈 to who reported it. 不认可: it is done again. 联系不上: tried again; the third time counts. Raises Refused."""
    way = check_choice(way, Way, "way", "请选反馈的方式。")
    opinion = check_choice(opinion, Opinion, "opinion", "请选反映人的意见。（D4.4.3）")
    words = opinion_words.strip()[:500]
    if opinion == Opinion.REJECTED:
        check_words(words, "opinion_words", "不认可的，请写反映人怎么说。", 500)
    fields: dict[str, Any] = {"way": way, "opinion": opinion, "opinion_words": words}
    to: str = Status.FED_BACK
    if opinion == Opinion.REJECTED:
        to = Status.RETURNED
        fields |= {"round": matter.round + 1, "attempts": 0}
    elif opinion == Opinion.UNREACHABLE:
        fields["attempts"] = matter.attempts + 1
        to = Status.FED_BACK if fields["attempts"] >= TRIES else Status.DONE
    if to == Status.FED_BACK:
        fields |= {"fed_back_at": at, "fed_back_by": by}
    said = f"{Way(way).label}，{Opinion(opinion).label}。{words}"
    PROCEDURE.run(matter, "feedback", by=by, at=at, reason=said, to=to, expect=expect, **fields)
    if to != Status.DONE:
        stop(matter, FEEDBACK, at=at)
    if to == Status.RETURNED:
        watch(matter, ASSIGN, at=at, owner=by)
    return matter


@action
def close(matter: Matter, *, by: User, at: datetime, expect: int | None = None) -> Matter:
    """关闭: fed back and accepted, or tried three times; its call ends with it. Raises Refused."""
    PROCEDURE.run(matter, "close", by=by, at=at, expect=expect, closed_at=at, closed_by=by)
    stop_all(matter, at=at)
    verdict = f"{matter.get_verdict_display()}，" if matter.verdict else ""
    ended(matter, by=by, at=at, words=f"{verdict}{matter.result}（{matter.get_opinion_display()}）")
    return matter


@action
def void(matter: Matter, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Matter:
    """作废, by the manager, with the reason; nothing is deleted. Raises Refused."""
    void_record(matter, PROCEDURE, by=by, at=at, reason=reason, expect=expect)
    return matter
