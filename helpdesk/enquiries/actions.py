"""What people do with an enquiry, from the promise to the call back (C3, E5.2)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from helpdesk.cases.following import ended
from helpdesk.cases.voiding import void_record
from helpdesk.enquiries.answering import cite, said
from helpdesk.enquiries.choices import Outcome, Status
from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.policies import (
    PROCEDURE,
    STEWARDS,
    check_promise,
    check_words,
    keeper,
)
from helpdesk.enquiries.promising import hush, pledge, redeem, watch
from helpdesk.enquiries.queries import REPLY
from helpdesk.enquiries.specialists import accept, advise, hand, hand_back, withdraw
from reception.core.clock import hand_over
from reception.core.ledger import action
from reception.core.notices import tell
from reception.core.people.models import User

__all__ = [
    "accept",
    "advise",
    "answer",
    "attempt",
    "close",
    "hand",
    "hand_back",
    "notify",
    "promise",
    "rearrange",
    "reply",
    "take",
    "void",
    "withdraw",
]
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
    fields, detail, found = said(words, way, sources, by, at)
    _tell_back(enquiry, "answer", Status.ANSWERED, fields, detail, closes, by=by, at=at, expect=expect)
    cite(enquiry, found)
    return enquiry


@action
def promise(
    enquiry: Enquiry,
    *,
    by: User,
    at: datetime,
    reply_due_at: datetime | None,
    contact: str,
    fresh: bool = False,
    expect: int | None = None,
) -> Enquiry:
    """承诺回电: on which number, by when; it rings until it is done (E5.2.1b). Raises Refused.

    fresh: it was written down this very moment, so that no clock runs yet.
    """
    contact, due_at = check_promise(contact, reply_due_at, at)
    fields: dict[str, Any] = {"contact": contact, "reply_due_at": due_at}
    detail = {"due_at": due_at, "contact": contact}
    PROCEDURE.run(enquiry, "promise", by=by, at=at, detail=detail, expect=expect, **fields)
    pledge(enquiry, by=by, at=at)
    if not fresh:
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
    fields, detail, found = said(words, way, sources, by, at)
    _tell_back(enquiry, "reply", Status.REPLIED, fields, detail, closes, by=by, at=at, expect=expect)
    cite(enquiry, found)
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
