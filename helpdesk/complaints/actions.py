"""What people do with a complaint, from the facts to the customer's word (D4.4.2, E5.4)."""

from datetime import datetime, timedelta
from typing import Any

from helpdesk.cases.following import ended
from helpdesk.cases.voiding import void_record
from helpdesk.complaints.choices import Level, Nature, Opinion, Status, Way
from helpdesk.complaints.models import Complaint
from helpdesk.complaints.opening import open_complaint, watch
from helpdesk.complaints.policies import PROCEDURE, check_choice, check_words, signers
from helpdesk.complaints.queries import CONFIRM, FEEDBACK, HANDLE
from reception.core.clock import stop, stop_all
from reception.core.flow import Refused
from reception.core.ledger import action
from reception.core.notices import tell
from reception.core.people.models import Department, User

__all__ = [
    "close",
    "confirm",
    "feedback",
    "finish",
    "open_complaint",
    "send",
    "settle",
    "sign",
    "verify",
    "void",
    "work",
]
TRIES = 3  # so many calls that nobody answers count as fed back
AHEAD = timedelta(days=366)


@action
def verify(
    complaint: Complaint, *, by: User, at: datetime, facts: str, nature: str, expect: int | None = None
) -> Complaint:
    """核实: the facts and what they are; those who sign are told. Raises Refused."""
    facts = check_words(facts, "facts", "请写调查到的事实真相。（D4.4.2）")
    nature = check_choice(nature, Nature, "nature", "请选性质：有效、无效或无法解决。")
    fields: dict[str, Any] = {"facts": facts, "nature": nature, "verified_at": at, "verified_by": by}
    reason = f"{Nature(nature).label}：{facts}"
    PROCEDURE.run(complaint, "verify", by=by, at=at, reason=reason, expect=expect, **fields)
    return complaint


@action
def confirm(
    complaint: Complaint,
    *,
    by: User,
    at: datetime,
    decision: str,
    department: Department | None = None,
    due_at: datetime | None = None,
    nature: str = "",
    expect: int | None = None,
) -> Complaint:
    """确认签字: the manager's opinion, the responsible department and its limit (D4.4.2). Raises Refused.

    nature: when the signer judges otherwise than the investigator. Without a department only what is not founded,
    or cannot be solved, is signed.
    """
    decision = check_words(decision, "decision", "请写意见，再签字。（D4.4.2）")
    nature = check_choice(nature or complaint.nature, Nature, "nature", "请选性质。")
    fields: dict[str, Any] = {
        "decision": decision, "nature": nature, "confirmed_at": at, "confirmed_by": by, "department": None,
        "handle_due_at": None,
    }  # fmt: skip
    # An earlier round's steps stand in the ledger; this one begins without them.
    fields |= {
        f"{name}_{half}": None for name in ("sent", "signed", "started", "done") for half in ("at", "by")
    }
    if nature == Nature.VALID:
        fields |= check_charge(department, due_at, at)
    detail = {"department": str(fields["department"] or ""), "due_at": due_at, "level": complaint.level}
    PROCEDURE.run(complaint, "confirm", by=by, at=at, reason=decision, detail=detail, expect=expect, **fields)
    stop(complaint, CONFIRM, at=at)
    return complaint


def check_charge(department: Department | None, due_at: datetime | None, at: datetime) -> dict[str, Any]:
    """Who answers for it, until when. Raises Refused."""
    if department is None:
        raise Refused("missing", "请选责任部门。（D4.4.2）", field="department")
    if due_at is None or due_at <= at:
        raise Refused("missing", "请填处理时限，要在现在之后。", field="due_at")
    if due_at - at > AHEAD:
        raise Refused("invalid", "处理时限最多到一年以后，请看年份是否填错。", field="due_at")
    return {"department": department, "handle_due_at": due_at}


@action
def send(complaint: Complaint, *, by: User, at: datetime, expect: int | None = None) -> Complaint:
    """转责任部门: its people are told and their time runs. Raises Refused."""
    PROCEDURE.run(complaint, "send", by=by, at=at, expect=expect, sent_at=at, sent_by=by)
    head = complaint.department.head if complaint.department else None
    watch(complaint, HANDLE, at=at, owner=head, due_at=complaint.handle_due_at)
    return complaint


@action
def settle(complaint: Complaint, *, by: User, at: datetime, expect: int | None = None) -> Complaint:
    """不转办: signed as not founded or beyond our means; the customer is told all the same. Raises Refused."""
    PROCEDURE.run(complaint, "settle", by=by, at=at, expect=expect, done_at=at, done_by=by)
    watch(complaint, FEEDBACK, at=at, owner=complaint.created_by)
    return complaint


@action
def sign(complaint: Complaint, *, by: User, at: datetime, expect: int | None = None) -> Complaint:
    """部门签收: the press is the signature. Raises Refused."""
    PROCEDURE.run(complaint, "sign", by=by, at=at, expect=expect, signed_at=at, signed_by=by, worker=by)
    return complaint


@action
def work(complaint: Complaint, *, by: User, at: datetime, expect: int | None = None) -> Complaint:
    """开始处理. Raises Refused."""
    PROCEDURE.run(complaint, "work", by=by, at=at, expect=expect, started_at=at, started_by=by, worker=by)
    return complaint


@action
def finish(
    complaint: Complaint,
    *,
    by: User,
    at: datetime,
    cause: str,
    measures: str,
    prevention: str = "",
    expect: int | None = None,
) -> Complaint:
    """处理完毕: the cause, what was done, how it will not come again; the desk's time to feed back runs. Raises Refused."""
    cause = check_words(cause, "cause", "请写原因。")
    measures = check_words(measures, "measures", "请写采取的措施。（D4.4.2）")
    fields: dict[str, Any] = {"cause": cause, "measures": measures, "prevention": prevention.strip()[:2000]}
    fields |= {"done_at": at, "done_by": by}
    PROCEDURE.run(complaint, "finish", by=by, at=at, reason=measures, expect=expect, **fields)
    stop(complaint, HANDLE, at=at)
    watch(complaint, FEEDBACK, at=at, owner=complaint.created_by)
    return complaint


@action
def feedback(
    complaint: Complaint,
    *,
    by: User,
    at: datetime,
    way: str,
    opinion: str,
    opinion_words: str = "",
    expect: int | None = None,
) -> Complaint:
    """反馈客户: what the customer says decides where it goes (D4.4.2). Raises Refused.

    满意, 基本满意: it may be closed. 不满意: again, signed one level up. 联系不上: noted, and tried again; the third
    time counts.
    """
    way = check_choice(way, Way, "way", "请选反馈的方式。")
    opinion = check_choice(opinion, Opinion, "opinion", "请选顾客的意见。（D4.4.2）")
    if opinion == Opinion.UNSATISFIED:
        check_words(opinion_words, "opinion_words", "顾客不满意的，请写他怎么说。", 500)
    fields: dict[str, Any] = {"way": way, "opinion": opinion, "opinion_words": opinion_words.strip()[:500]}
    to: str = Status.FED_BACK
    if opinion == Opinion.UNREACHABLE:
        fields["attempts"] = complaint.attempts + 1
        to = Status.FED_BACK if fields["attempts"] >= TRIES else Status.DONE
    if opinion == Opinion.UNSATISFIED:
        to = Status.AGAIN
        fields |= {
            "level": min(complaint.level + 1, Level.LEADER),
            "round": complaint.round + 1,
            "attempts": 0,
        }
    if to == Status.FED_BACK:
        fields |= {"fed_back_at": at, "fed_back_by": by}
    said = f"{Way(way).label}，{Opinion(opinion).label}。{opinion_words.strip()}"
    PROCEDURE.run(complaint, "feedback", by=by, at=at, reason=said, to=to, expect=expect, **fields)
    if to != Status.DONE:
        stop(complaint, FEEDBACK, at=at)
    if to == Status.AGAIN:
        _again(complaint, by, at)
    return complaint


def _again(complaint: Complaint, by: User, at: datetime) -> None:
    """One level up: those who have to sign now are told, and their time begins."""
    label = Level(complaint.level).label
    title = f"{complaint.no} {complaint.title}：顾客不满意，第 {complaint.round} 次处理由{label}签字"
    people = [user for user in signers(complaint) if user.pk != by.pk]
    tell(people, title=title, url=complaint.get_absolute_url(), at=at, level="urgent")
    watch(complaint, CONFIRM, at=at, owner=people[0] if people else None)


@action
def close(complaint: Complaint, *, by: User, at: datetime, expect: int | None = None) -> Complaint:
    """关闭: fed back and not dissatisfied; its call ends with it (D4.4.2). Raises Refused."""
    PROCEDURE.run(complaint, "close", by=by, at=at, expect=expect, closed_at=at, closed_by=by)
    stop_all(complaint, at=at)
    ended(
        complaint,
        by=by,
        at=at,
        words=f"{complaint.measures or complaint.decision}（{complaint.get_opinion_display()}）",
    )
    return complaint


@action
def void(
    complaint: Complaint, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Complaint:
    """作废, by the manager, with the reason; nothing is deleted, its call waits again. Raises Refused."""
    void_record(complaint, PROCEDURE, by=by, at=at, reason=reason, expect=expect)
    return complaint
