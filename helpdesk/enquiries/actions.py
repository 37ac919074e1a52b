"""What people do with an enquiry, from the promise to the call back (C3, E5.2)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from helpdesk.cases.following import ended
from helpdesk.cases.voiding import void_record
from helpdesk.enquiries.choices import Outcome, Status
from helpdesk.enquiries.documents import Source, cited
from helpdesk.enquiries.models import Citation, Enquiry
from helpdesk.enquiries.policies import (
    PROCEDURE,
    STEWARDS,
    check_promise,
    check_somebody,
    check_way,
    check_words,
    keeper,
)
from helpdesk.enquiries.promising import hush, pledge, redeem, watch
from helpdesk.enquiries.queries import REPLY
from reception.core.clock import hand_over
from reception.core.ledger import action
from reception.core.notices import tell
from reception.core.people.models import User

TAKE = "我来接待"


@action
def answer(
    enquiry: Enquiry,
    *,
    by: User,
    at: datetime,
    words: str,
    way: str = "phone",
    sources: Sequence[str] = (),
    closes: bool = True,
    expect: int | None = None,
) -> Enquiry:
    """当场答复: what was said, and from which documents; closes it unless said otherwise (C3). Raises Refused."""
    fields, detail, found = _said(words, way, sources, by, at)
    _tell_back(enquiry, "answer", Status.ANSWERED, fields, detail, closes, by=by, at=at, expect=expect)
    _cite(enquiry, found)
    return enquiry


@action
def promise(
    enquiry: Enquiry,
    *,
    by: User,
    at: datetime,
    reply_due_at: datetime | None,
    contact: str,
    expect: int | None = None,
) -> Enquiry:
    """承诺回电: on which number, by when; it rings until it is done (E5.2.1b). Raises Refused."""
    contact, due_at = check_promise(contact, reply_due_at, at)
    fields: dict[str, Any] = {"contact": contact, "reply_due_at": due_at}
    detail = {"due_at": due_at, "contact": contact}
    PROCEDURE.run(enquiry, "promise", by=by, at=at, detail=detail, expect=expect, **fields)
    pledge(enquiry, by=by, at=at)
    hush(enquiry, at=at)
    watch(enquiry, at=at, owner=keeper(enquiry), due_at=due_at)
    return enquiry


@action
def reply(
    enquiry: Enquiry,
    *,
    by: User,
    at: datetime,
    words: str,
    way: str = "phone",
    sources: Sequence[str] = (),
    closes: bool = True,
    expect: int | None = None,
) -> Enquiry:
    """回复: the call back is done and the promise redeemed, in time or late (E5.2.1b). Raises Refused."""
    fields, detail, found = _said(words, way, sources, by, at)
    _tell_back(enquiry, "reply", Status.REPLIED, fields, detail, closes, by=by, at=at, expect=expect)
    _cite(enquiry, found)
    return enquiry


@action
def hand(
    enquiry: Enquiry,
    *,
    by: User,
    at: datetime,
    specialist: User | None,
    note: str = "",
    expect: int | None = None,
) -> Enquiry:
    """转专业人员: a named one; the same promise runs on, and is theirs now (E5.2.1c). Raises Refused."""
    person = check_somebody(specialist, by)
    fields: dict[str, Any] = {
        "specialist": person, "note": note.strip()[:200], "professional": True, "sent_at": at, "sent_by": by,
        "accepted_at": None, "accepted_by": None,
    }  # fmt: skip
    detail = {"to": str(person), "to_id": person.pk}
    PROCEDURE.run(
        enquiry, "hand", by=by, at=at, reason=fields["note"], detail=detail, expect=expect, **fields
    )
    hand_over(enquiry, REPLY, owner=person)
    return enquiry


@action
def accept(enquiry: Enquiry, *, by: User, at: datetime, expect: int | None = None) -> Enquiry:
    """接手办理: the specialist has it. Raises Refused."""
    PROCEDURE.run(enquiry, "accept", by=by, at=at, expect=expect, accepted_at=at, accepted_by=by)
    return enquiry


@action
def advise(
    enquiry: Enquiry,
    *,
    by: User,
    at: datetime,
    words: str,
    told: bool,
    way: str = "phone",
    sources: Sequence[str] = (),
    expect: int | None = None,
) -> Enquiry:
    """专业答复: told to the customer by the specialist, or given to the desk, which calls back (E5.2.1c). Raises Refused."""
    fields, detail, found = _said(words, way, sources, by, at)
    advice = {"advice": fields["answer"], "advised_at": at, "advised_by": by}
    to = Status.REPLIED if told else Status.WAITING
    given = {**fields, **advice} if told else advice
    PROCEDURE.run(
        enquiry, "advise", by=by, at=at, reason=fields["answer"], detail=detail, to=to, expect=expect, **given
    )
    if told:
        redeem(enquiry, Outcome.DONE, by=by, at=at)
        hush(enquiry, at=at)
    else:
        hand_over(enquiry, REPLY, owner=keeper(enquiry))
    _cite(enquiry, found)
    return enquiry


@action
def hand_back(enquiry: Enquiry, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Enquiry:
    """退回前台: not mine; the promise runs on and is the desk's again. Raises Refused."""
    reason = check_words(reason, "reason", "请写明为什么退回，前台好另找人。", 500)
    PROCEDURE.run(enquiry, "hand_back", by=by, at=at, reason=reason, expect=expect)
    hand_over(enquiry, REPLY, owner=keeper(enquiry))
    return enquiry


@action
def withdraw(enquiry: Enquiry, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Enquiry:
    """收回: the desk takes it from a specialist who does not get to it. Raises Refused."""
    reason = check_words(reason, "reason", "请写明为什么收回。", 500)
    PROCEDURE.run(enquiry, "withdraw", by=by, at=at, reason=reason, expect=expect)
    hand_over(enquiry, REPLY, owner=keeper(enquiry))
    return enquiry


@action
def attempt(
    enquiry: Enquiry, *, by: User, at: datetime, note: str = "", expect: int | None = None
) -> Enquiry:
    """没打通: when and by whom it was tried; it goes on ringing (E5.2.1b). Raises Refused."""
    tried = enquiry.attempts + 1
    detail = {"contact": enquiry.contact, "times": tried}
    PROCEDURE.run(
        enquiry,
        "attempt",
        by=by,
        at=at,
        reason=note.strip()[:200],
        detail=detail,
        expect=expect,
        attempts=tried,
    )
    return enquiry


@action
def rearrange(
    enquiry: Enquiry,
    *,
    by: User,
    at: datetime,
    reply_due_at: datetime | None,
    reason: str,
    contact: str = "",
    expect: int | None = None,
) -> Enquiry:
    """改约时间: a new promise, with who agreed and why; one that was broken stays broken. Raises Refused."""
    reason = check_words(reason, "reason", "请写明为什么改约、与谁说定。", 500)
    contact, due_at = check_promise(contact or enquiry.contact, reply_due_at, at)
    detail = {"from": enquiry.reply_due_at, "due_at": due_at, "contact": contact}
    fields: dict[str, Any] = {"contact": contact, "reply_due_at": due_at}
    PROCEDURE.run(enquiry, "rearrange", by=by, at=at, reason=reason, detail=detail, expect=expect, **fields)
    redeem(enquiry, Outcome.MOVED, by=by, at=at)
    pledge(enquiry, by=by, at=at)
    hush(enquiry, at=at)
    owner = enquiry.specialist if enquiry.status in (Status.SENT, Status.ACCEPTED) else None
    watch(enquiry, at=at, owner=owner or keeper(enquiry), due_at=due_at)
    return enquiry


@action
def notify(enquiry: Enquiry, *, by: User, at: datetime, expect: int | None = None) -> Enquiry:
    """通知管家、客服经理: everybody of them at once, with a button to take it over (E5.2.2). Raises Refused."""
    PROCEDURE.run(enquiry, "notify", by=by, at=at, expect=expect, notified_at=at, notified_by=by)
    url = enquiry.get_absolute_url()
    people = User.objects.in_role(*STEWARDS).exclude(pk=by.pk)
    title = f"前台有来客查询，请来接待：{enquiry.customer}，{enquiry.title}"
    body = "·".join(filter(None, [enquiry.no, enquiry.place or enquiry.company]))
    tell(people, title=title, url=url, at=at, level="warn", body=body, answer=(TAKE, f"{url}take/"))
    return enquiry


@action
def take(enquiry: Enquiry, *, by: User, at: datetime, expect: int | None = None) -> Enquiry:
    """我来接待: who took it over, and when; the others need not come (E5.2.2). Raises Refused."""
    PROCEDURE.run(enquiry, "take", by=by, at=at, expect=expect, taken_at=at, taken_by=by)
    hand_over(enquiry, REPLY, owner=by)
    return enquiry


@action
def close(enquiry: Enquiry, *, by: User, at: datetime, expect: int | None = None) -> Enquiry:
    """关闭: answered, and nothing more is asked; its call ends with it (D4.3.4). Raises Refused."""
    PROCEDURE.run(enquiry, "close", by=by, at=at, expect=expect, closed_at=at, closed_by=by)
    ended(enquiry, by=by, at=at, words=enquiry.answer)
    return enquiry


@action
def void(enquiry: Enquiry, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Enquiry:
    """作废, by the manager, with the reason; nothing is deleted (D4.3.3). Raises Refused."""
    void_record(enquiry, PROCEDURE, by=by, at=at, reason=reason, expect=expect)
    redeem(enquiry, Outcome.DROPPED, by=by, at=at)
    return enquiry


def _said(
    words: str, way: str, sources: Sequence[str], by: User, at: datetime
) -> tuple[dict[str, Any], dict[str, Any], list[Source]]:
    """The columns of an answer, what the ledger keeps of it, and its documents. Raises Refused."""
    words = check_words(words, "words", "请写下怎样答复的。（E5.2.1）")
    found = cited(sources, by=by, at=at)
    fields: dict[str, Any] = {"answer": words, "way": check_way(way), "replied_at": at, "replied_by": by}
    return fields, {"way": way, "sources": [one.label for one in found]} if found else {"way": way}, found


def _tell_back(
    enquiry: Enquiry,
    name: str,
    to: str,
    fields: dict[str, Any],
    detail: dict[str, Any],
    closes: bool,
    *,
    by: User,
    at: datetime,
    expect: int | None,
) -> None:
    """The answer is given: the promise is redeemed, the ringing ends, and with `closes` the record and its call do."""
    if closes:
        to, fields = Status.CLOSED, {**fields, "closed_at": at, "closed_by": by}
    words = fields["answer"]
    PROCEDURE.run(enquiry, name, by=by, at=at, reason=words, detail=detail, to=to, expect=expect, **fields)
    if enquiry.reply_due_at:
        redeem(enquiry, Outcome.DONE, by=by, at=at)
    hush(enquiry, at=at)
    if closes:
        ended(enquiry, by=by, at=at, words=words)


def _cite(enquiry: Enquiry, found: list[Source]) -> None:
    """The documents, in the versions that were in force (C3)."""
    Citation.objects.bulk_create(
        [
            Citation(
                enquiry=enquiry,
                key=one.key,
                title=one.title[:120],
                version=one.version[:24],
                url=one.url[:200],
            )
            for one in found
        ],
        ignore_conflicts=True,
    )
