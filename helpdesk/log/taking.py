"""One key makes the call a repair, a complaint or an emergency: both records together or not at all (D4.4.1, D4.4.4, C2, C7)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Unpack

from helpdesk.cases.choices import Kind
from helpdesk.complaints.models import Complaint
from helpdesk.emergencies.models import Emergency
from helpdesk.enquiries.models import Enquiry
from helpdesk.log.actions import Heard, complain, convert, enquire, hand_on, join, record_call
from helpdesk.log.choices import Channel
from helpdesk.log.models import Call
from helpdesk.matters.models import Matter
from helpdesk.matters.opening import Told
from helpdesk.repairs.actions import dispatch, introduce
from helpdesk.repairs.hands import free_hand
from helpdesk.repairs.models import Repair
from helpdesk.repairs.opening import Reported
from reception.core.ledger import action
from reception.core.people.models import User


@action
def take_repair(
    *, by: User, at: datetime, heard: Heard, reported: Reported, how: str, repairer: User | None = None
) -> tuple[Call, Repair]:
    """Record a call of the kind 报修 and open its order; how: dispatch sends somebody at once, introduce leads the
    walk-in to a 物业助理 (C2), anything else lets it wait.

    repairer: None leaves the choice to the house: the free hand of the order's 班组.

    Raises Refused, and then nothing is written.
    """
    call = record_call(by=by, at=at, **heard)
    order = convert(call, by=by, at=at, **reported)
    if how == "introduce":
        introduce(order, by=by, at=at)
    elif how == "dispatch":
        dispatch(order, by=by, at=at, repairer=repairer or free_hand(order.trade))
    return call, order


@action
def take_repeat(*, by: User, at: datetime, heard: Heard, order: Repair) -> tuple[Call, int]:
    """Record a call about what is reported already and join it to that open order: (the call, which one it is).

    Raises Refused, and then nothing is written.
    """
    call = record_call(by=by, at=at, **heard)
    join(call, by=by, at=at, order=order)
    return call, 1 + order.repeats.count()


@action
def take_alarm(*, by: User, at: datetime, content: str = "", place: str = "") -> Emergency:
    """One key from anywhere: a record of what came in, and the emergency that the whole ladder hears of (D4.4.4).

    Nothing need be known yet. Raises Refused(forbidden).
    """
    call = record_call(
        by=by,
        at=at,
        kind=Kind.EMERGENCY,
        channel=Channel.OTHER,
        content=content.strip() or "突发，情况待补",
        caller_name=str(by),
        place=place,
    )
    return call.emergencies.get()


@action
def take_complaint(*, by: User, at: datetime, heard: Heard, courtesy: str) -> Complaint:
    """Record a call of the kind 投诉 and open its complaint; an answer given on the line is no end of it (D4.4.2).

    Raises Refused, and then nothing is written.
    """
    return complain(record_call(by=by, at=at, **unanswered(heard)), by=by, at=at, courtesy=courtesy)


@action
def take_matter(*, by: User, at: datetime, heard: Heard, **better: Unpack[Told]) -> Matter:
    """Record a call and open the matter it leads to; what was said on the line is kept as its handling (D4.4.3).

    Raises Refused, and then nothing is written.
    """
    return hand_on(record_call(by=by, at=at, **unanswered(heard)), by=by, at=at, **better)


def unanswered(heard: Heard) -> Heard:
    """The same call, its answer noted as what was done about it, for it goes on."""
    answer = heard.pop("reply", "")
    if answer:
        heard["handling"] = f"当场答复：{answer}"[:200]
    return heard


@action
def take_enquiry(
    *,
    by: User,
    at: datetime,
    heard: Heard,
    sources: Sequence[str] = (),
    contact: str = "",
    alert: bool = False,
) -> Enquiry:
    """Record a call or visit of the kind 查询 with its 信息接待记录: answered and closed at once, or both open (E5.2.1d).

    sources: the documents of the answer; contact: where to call back, when not the number; alert: 管家 and 客服经理
    are told at once (E5.2.2). Raises Refused, and then nothing is written.
    """
    call = record_call(by=by, at=at, watched=False, sources=sources, **heard)
    if heard.get("reply"):
        return call.enquiries.get()
    more: dict[str, Any] = {"contact": contact, "alert": alert}
    return enquire(call, by=by, at=at, **more)
