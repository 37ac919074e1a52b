"""Handed to a named specialist, who answers or hands back; the same promise runs on (E5.2.1c)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from helpdesk.enquiries.answering import cite, said
from helpdesk.enquiries.choices import Outcome, Status
from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.policies import PROCEDURE, check_somebody, check_words, keeper
from helpdesk.enquiries.promising import hush, redeem
from helpdesk.enquiries.queries import REPLY
from reception.core.clock import hand_over
from reception.core.ledger import action
from reception.core.people.models import User


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
    fields, detail, found = said(words, way, sources, by, at)
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
    cite(enquiry, found)
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
