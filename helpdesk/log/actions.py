"""Recording a call, and what it leads to: an answer or a repair order (C6, C7, D4.1, D4.3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Unpack

from helpdesk.cases.reporting import reported
from helpdesk.cases.voiding import check_nothing_stands, void_record
from helpdesk.complaints.models import Complaint
from helpdesk.complaints.opening import Said, open_complaint
from helpdesk.emergencies.models import Emergency
from helpdesk.emergencies.opening import raise_emergency
from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.opening import Asked, open_enquiry
from helpdesk.log.choices import Channel, Kind
from helpdesk.log.handing import hand_on
from helpdesk.log.hearing import Heard, columns
from helpdesk.log.joining import join
from helpdesk.log.models import Call
from helpdesk.log.policies import (
    PROCEDURE,
)
from helpdesk.log.queries import DAY
from helpdesk.repairs.models import Repair
from helpdesk.repairs.opening import Reported, open_order
from reception.core.clock import calendar_for, start, stop
from reception.core.flow import Refused
from reception.core.ledger import action, next_no, record
from reception.core.people.models import User
from reception.core.people.roles import Can

__all__ = ["alarm", "complain", "convert", "enquire", "hand_on", "join", "record_call", "reply_close", "void"]

PREFIX = "DH"


@action
def record_call(
    *, by: User, at: datetime, watched: bool = True, sources: Sequence[str] = (), **heard: Unpack[Heard]
) -> Call:
    """登记来电: a new record DH-…, signed by its recorder (D4.3.5), due the same day or as promised (D4.1).

    An emergency becomes a record TF-… of its own and reaches the whole ladder at once (D4.4.4). An enquiry that is
    answered stands in a 信息接待记录 too (E5.2.1d), with the documents `sources`. watched=False: the caller leads it
    on at once, so no clock is started. Raises Refused.
    """
    if not by.may(Can.LOG_CALL):
        raise Refused("forbidden", "您的岗位不能登记来电，请联系前台。")
    call = Call(created_at=at, created_by=by, recorder=by, recorder_name=str(by), **columns(heard, at))
    call.no = next_no(PREFIX, at)
    call.save(force_insert=True)
    late = {"recorded_at": call.recorded_at} if call.recorded_at != at else {}
    record(
        call,
        "record",
        "补记来电" if late else "登记来电",
        by=by,
        at=at,
        reason=call.backdate_reason,
        detail=late,
    )
    reply = (heard.get("reply") or "").strip()
    if call.kind == Kind.EMERGENCY:
        alarm(call, by=by, at=at, measures=reply)
    elif reply:
        # Answered on the line: no promise is left to watch, so no clock is started.
        PROCEDURE.run(call, "reply_close", by=by, at=at, detail={"reply": reply}, **_answered(reply, by, at))
        _noted(call, reply, by=by, at=at, sources=sources)
    elif watched:
        _watch(call)
    # An emergency was told to all; of a repair the order knows more.
    if call.kind not in (Kind.EMERGENCY, Kind.REPAIR):
        reported(call, call.category, by=by, at=at)
    return call


def _watch(call: Call) -> None:
    """Start the clock: the promised time, else the end of the service day on which it came in (D4.1 当天及时处理).

    It counts the desk's hours, so that nobody is reminded at midnight; the calendar's version stays with it.
    """
    calendar = calendar_for("service")
    due_at = call.reply_due_at or calendar.end_of_day(call.recorded_at)
    start(call, DAY, at=call.recorded_at, due_at=due_at, owner=call.recorder, calendar=calendar)


def _answered(reply: str, by: User, at: datetime) -> dict[str, Any]:
    """The columns of an answered and closed record."""
    return {"reply": reply, "replied_at": at, "replied_by": by, "closed_at": at, "closed_by": by}


@action
def reply_close(call: Call, *, by: User, at: datetime, reply: str, expect: int | None = None) -> Call:
    """答复并关闭: what the caller was told; the clock stops, late stays late. Raises Refused."""
    if not reply.strip():
        raise Refused("missing", "请写下怎样回复的，再关闭。（D4.1）", field="reply")
    fields = _answered(reply.strip(), by, at)
    PROCEDURE.run(call, "reply_close", by=by, at=at, detail={"reply": reply.strip()}, expect=expect, **fields)
    stop(call, DAY, at=at)
    _noted(call, reply.strip(), by=by, at=at)
    return call


def _noted(call: Call, reply: str, *, by: User, at: datetime, sources: Sequence[str] = ()) -> None:
    """An enquiry answered without more ado: its 信息接待记录, closed with it (E5.2.1d)."""
    if call.kind == Kind.ENQUIRY:
        known: dict[str, Any] = {**carried(call), "words": reply, "way": way_of(call), "sources": sources}
        open_enquiry(by=by, at=at, **known)


def carried(call: Call) -> Asked:
    """What the call carries into a 信息接待记录."""
    return Asked(
        customer=f"{call.caller_name}{call.caller_title}",
        phone=call.number,
        company=call.company,
        place=call.place,
        channel=call.get_channel_display(),
        content=call.content,
        category=call.category,
        call=call,
    )


def way_of(call: Call) -> str:
    """How an answer reaches whoever stands, writes or calls there."""
    return {Channel.VISIT: "face", Channel.WECHAT: "wechat"}.get(Channel(call.channel), "phone")


@action
def enquire(
    source: Call, *, by: User, at: datetime, expect: int | None = None, **better: Unpack[Asked]
) -> Enquiry:
    """登记查询: a 信息接待记录 with what the call carries, linked to it; both are closed together (E5.2.1d).

    better: what is known beside the call: the answer, the promise, whom to tell. Raises Refused.
    """
    PROCEDURE.run(source, "enquire", by=by, at=at, expect=expect)
    stop(source, DAY, at=at)
    promised = source.reply_due_at if source.reply_due_at and source.reply_due_at > at else None
    known: dict[str, Any] = {**carried(source), "reply_due_at": promised, "way": way_of(source)}
    if source.kind != Kind.ENQUIRY:
        del known["category"]  # another kind's: the words decide anew
    given: dict[str, Any] = {name: value for name, value in better.items() if value not in (None, "")}
    return open_enquiry(by=by, at=at, **{**known, **given})


@action
def convert(
    source: Call, *, by: User, at: datetime, expect: int | None = None, **better: Unpack[Reported]
) -> Repair:
    """转维修单: a repair order with what the call carries, linked to it; the call's own clock stops (D4.4.1).

    better: whatever is known better than the call says (category, urgency, appoint_at …). Raises Refused.
    """
    PROCEDURE.run(source, "convert", by=by, at=at, expect=expect)
    stop(source, DAY, at=at)
    known: dict[str, Any] = {
        "content": source.content,
        "reporter": f"{source.caller_name}{source.caller_title}",
        "phone": source.number,
        "unit": source.unit,
        "place": source.place,
        "category": source.category if source.category and source.category.kind == Kind.REPAIR else None,
    }
    given: dict[str, Any] = {name: value for name, value in better.items() if value not in (None, "")}
    order = open_order(by=by, at=at, **{**known, **given, "call": source})
    reported(source, order.category, by=by, at=at)
    return order


@action
def alarm(
    source: Call, *, by: User, at: datetime, measures: str = "", expect: int | None = None
) -> Emergency:
    """报突发: an emergency with what the call carries, told to the whole ladder at once (D4.4.4). Raises Refused.

    measures: what was done while the caller was still on the line. The call is closed together with the emergency.
    """
    PROCEDURE.run(source, "alarm", by=by, at=at, expect=expect)
    stop(source, DAY, at=at)
    return raise_emergency(
        by=by,
        at=at,
        content=source.content,
        place=source.place,
        reporter=f"{source.caller_name}{source.caller_title}",
        phone=source.number,
        category=source.category if source.category and source.category.kind == Kind.EMERGENCY else None,
        measures=measures,
        call=source,
    )


@action
def complain(
    source: Call, *, by: User, at: datetime, expect: int | None = None, **better: Unpack[Said]
) -> Complaint:
    """转投诉: a complaint with what the call carries, linked to it; both are closed together (D4.4.2). Raises Refused.

    better: what is known beside the call; courtesy (致歉或致谢) is needed.
    """
    PROCEDURE.run(source, "complain", by=by, at=at, expect=expect)
    stop(source, DAY, at=at)
    known: dict[str, Any] = {
        "customer": f"{source.caller_name}{source.caller_title}",
        "phone": source.number,
        "place": source.place or source.company,
        "channel": source.get_channel_display(),
        "content": source.content,
        "category": source.category if source.category and source.category.kind == Kind.COMPLAINT else None,
    }
    given: dict[str, Any] = {name: value for name, value in better.items() if value not in (None, "")}
    return open_complaint(by=by, at=at, **{**known, **given, "call": source})


@action
def void(call: Call, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Call:
    """作废, by the manager, with the reason, once nothing that came of the call stands (D4.3.3). Raises Refused."""
    PROCEDURE.check(call, "void", by=by, at=at)
    check_nothing_stands(call)
    # A call that joined an order leaves it; the order stands for whoever reported it first.
    void_record(call, PROCEDURE, by=by, at=at, reason=reason, expect=expect, joined=None)
    return call
