"""Who goes: 派工, 工程部签收, 接单, 转派, 退单, 改约, and the walk-in that is led to a 物业助理 (C2, D4.4.1, E5.3.3)."""

from datetime import datetime
from typing import Any

from helpdesk.cases.models import limit_of
from helpdesk.repairs.limits import limits_of
from helpdesk.repairs.models import Repair
from helpdesk.repairs.policies import PROCEDURE, check_agreed, check_repairer, check_still_ahead
from helpdesk.repairs.queries import ACCEPT, ARRIVE, FINISH
from reception.core.clock import Start, hand_over, restart, resume, start_new, stop
from reception.core.flow import Refused
from reception.core.ledger import action
from reception.core.notices import tell
from reception.core.people.models import User

# What a hand-over begins without: the next repairer signs and accepts for themselves.
UNSIGNED: dict[str, Any] = {
    "acknowledged_at": None, "acknowledged_by": None, "signed_at": None, "signed_by": None,
}  # fmt: skip


@action
def dispatch(
    order: Repair,
    *,
    by: User,
    at: datetime,
    repairer: User | None,
    appoint_at: datetime | None = None,
    agreed_reason: str = "",
    agreed_with: str = "",
    expect: int | None = None,
) -> Repair:
    """派工: the notice to the repairer, from which the half hour runs, day and night (D4.4.1).

    appoint_at: another time, agreed with the customer; without it a time agreed earlier holds, else `at` +
    the minutes of ClockRule "repair.arrive". An order that came back (退单) keeps the clock of its first notice.
    Raises Refused.
    """
    person = check_repairer(repairer)
    limit = arrival_limit(order, at, appoint_at, agreed_reason, agreed_with)
    fields: dict[str, Any] = {**limit, **UNSIGNED, "repairer": person, "trade": person.trade or order.trade}
    fields |= {"handed_at": at, "handed_by": by}
    again = order.dispatched_at is not None
    if not again:
        fields |= {"dispatched_at": at, "dispatched_by": by}
    if order.introduced_at and not order.received_at and "assistant" in by.roles:
        fields |= {"received_at": at, "received_by": by}  # C2: whoever sends somebody has received it
    due_at = limit.get("arrive_due_at", order.arrive_due_at)
    agreed = bool(appoint_at) or order.agreed
    detail = {"repairer": str(person), "due_at": due_at, "agreed": agreed}
    PROCEDURE.run(order, "dispatch", by=by, at=at, detail=detail, expect=expect, **fields)
    accept_by = at + limits_of(order.category).accept
    if again:
        restart(order, ACCEPT, at=at, due_at=accept_by, owner=person)
        send_again(order, person, at, appoint_at)
    else:
        new = ((ARRIVE, due_at), (ACCEPT, accept_by))
        start_new(Start(order, rule, at, limit_at, person) for rule, limit_at in new)
    return order


def arrival_limit(
    order: Repair, at: datetime, appoint_at: datetime | None, reason: str, agreed_with: str
) -> dict[str, Any]:
    """The columns of the arrival limit that a notice at `at` sets; none when one runs already. Raises Refused."""
    if appoint_at:
        return check_agreed(appoint_at, reason, agreed_with, at)
    if order.dispatched_at:
        return {}
    if order.agreed:
        check_still_ahead(order, at)
        return {"arrive_due_at": order.arrive_due_at}
    return {"arrive_due_at": at + limit_of(ARRIVE)}


def send_again(order: Repair, person: User, at: datetime, appoint_at: datetime | None) -> None:
    """The clocks of an order in other hands: they run on, unless another time was agreed with the customer."""
    hand_over(order, ARRIVE, FINISH, owner=person)
    if appoint_at:
        restart(order, ARRIVE, at=at, due_at=appoint_at, owner=person)


@action
def reassign(
    order: Repair,
    *,
    by: User,
    at: datetime,
    repairer: User | None,
    reason: str,
    appoint_at: datetime | None = None,
    agreed_with: str = "",
    expect: int | None = None,
) -> Repair:
    """转派: a new hand-over that the next repairer has to sign. Raises Refused.

    The arrival clock runs on from the FIRST notice: the customer has been waiting since then, and a change of
    hands inside the house must not buy another half hour. Only a time agreed with the customer begins a new
    round, and the old one's breach stays.
    """
    person = check_repairer(repairer)
    if person.pk == order.repairer_id:
        raise Refused("invalid", f"{order} 本来就派给了{person}，请选另一位。", field="repairer")
    before = order.repairer
    detail = {"from": str(before or ""), "repairer": str(person)}
    fields: dict[str, Any] = {**UNSIGNED, "repairer": person, "trade": person.trade or order.trade}
    fields |= {"handed_at": at, "handed_by": by}
    if appoint_at:
        fields |= check_agreed(appoint_at, reason, agreed_with, at, reason_field="reason")
    PROCEDURE.run(order, "reassign", by=by, at=at, reason=reason, detail=detail, expect=expect, **fields)
    resume(order, FINISH, at=at, by=by)
    restart(order, ACCEPT, at=at, due_at=at + limits_of(order.category).accept, owner=person)
    send_again(order, person, at, appoint_at)
    # Whoever had it must not drive there any more.
    title = f"{order.no} {order.title}：已转派给{person}"
    tell([before] if before else [], title=title, url=order.get_absolute_url(), at=at, body=reason.strip())
    return order


@action
def give_back(order: Repair, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Repair:
    """退单: the repairer cannot do it and says why; the dispatcher is told, and it waits for somebody again.

    The customer waits on, and so the arrival clock runs on (records §2.1). Raises Refused.
    """
    fields: dict[str, Any] = {**UNSIGNED, "repairer": None, "returned_at": at, "returned_by": by}
    fields |= {"return_reason": reason.strip()[:200]}
    detail = {"repairer": str(order.repairer or "")}
    PROCEDURE.run(order, "give_back", by=by, at=at, reason=reason, detail=detail, expect=expect, **fields)
    resume(order, FINISH, at=at, by=by)
    stop(order, ACCEPT, at=at)
    hand_over(order, ARRIVE, FINISH, owner=None)
    return order


@action
def rearrange(
    order: Repair,
    *,
    by: User,
    at: datetime,
    appoint_at: datetime,
    agreed_with: str,
    reason: str,
    expect: int | None = None,
) -> Repair:
    """改约: another time of arrival, who agreed to it and why. Raises Refused.

    A limit that had already passed stays broken for ever: its round of the clock ends as it stands (records §2.1).
    """
    fields = check_agreed(appoint_at, reason, agreed_with, at, reason_field="reason")
    detail = {"from": order.arrive_due_at, "to": appoint_at, "agreed_with": agreed_with.strip()}
    PROCEDURE.run(order, "rearrange", by=by, at=at, reason=reason, detail=detail, expect=expect, **fields)
    if order.dispatched_at:
        restart(order, ARRIVE, at=at, due_at=appoint_at, owner=order.repairer)
    return order


@action
def sign(order: Repair, *, by: User, at: datetime, expect: int | None = None) -> Repair:
    """工程部签收: the repairer, or a fellow of the crew, signs that 工程部 has the order (E5.3.3). Raises Refused."""
    PROCEDURE.run(order, "sign", by=by, at=at, expect=expect, signed_at=at, signed_by=by)
    return order


@action
def acknowledge(order: Repair, *, by: User, at: datetime, expect: int | None = None) -> Repair:
    """接单: the repairer's own press; where nobody has signed the hand-over, it is that signature (E5.3.3).

    Raises Refused.
    """
    fields: dict[str, Any] = {"acknowledged_at": at, "acknowledged_by": by}
    if order.signed_at is None:
        fields |= {"signed_at": at, "signed_by": by}
    PROCEDURE.run(order, "acknowledge", by=by, at=at, expect=expect, **fields)
    stop(order, ACCEPT, at=at)
    return order


@action
def introduce(order: Repair, *, by: User, at: datetime, expect: int | None = None) -> Repair:
    """引见: a walk-in repair is led to the 物业助理, all of whom are told (C2). Raises Refused."""
    PROCEDURE.run(order, "introduce", by=by, at=at, expect=expect, introduced_at=at, introduced_by=by)
    return order


@action
def receive(order: Repair, *, by: User, at: datetime, expect: int | None = None) -> Repair:
    """接待客户: the 物业助理 who received the walk-in, and when (C2). Raises Refused."""
    PROCEDURE.run(order, "receive", by=by, at=at, expect=expect, received_at=at, received_by=by)
    return order
