"""What people do with a repair order, from the dispatch to the customer's word (D4.4.1, E5.3)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from helpdesk.cases.models import limit_of
from helpdesk.cases.voiding import void_record
from helpdesk.repairs.models import Material, Repair
from helpdesk.repairs.opening import open_order, tell_managers
from helpdesk.repairs.policies import (
    PROCEDURE,
    check_absence,
    check_agreed,
    check_bill,
    check_materials,
    check_repairer,
    check_result,
    check_score,
    check_still_ahead,
)
from helpdesk.repairs.queries import ARRIVE
from reception.core.clock import hand_over, restart, start, stop, stop_all
from reception.core.flow import Refused
from reception.core.ledger import action
from reception.core.notices import tell
from reception.core.people.models import User

__all__ = [
    "acknowledge",
    "arrive",
    "cancel",
    "close",
    "dispatch",
    "finish",
    "force_close",
    "mark_important",
    "open_order",
    "pause",
    "rearrange",
    "reassign",
    "revisit",
    "slip",
    "void",
    "work",
]


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
    the minutes of ClockRule "repair.arrive". Raises Refused.
    """
    person = check_repairer(repairer)
    if appoint_at:
        limit = check_agreed(appoint_at, agreed_reason, agreed_with, at)
    elif order.agreed:
        check_still_ahead(order, at)
        limit = {"arrive_due_at": order.arrive_due_at}
    else:
        limit = {"arrive_due_at": at + limit_of(ARRIVE)}
    fields: dict[str, Any] = {**limit, "repairer": person, "trade": person.trade or order.trade}
    fields |= {"dispatched_at": at, "dispatched_by": by, "handed_at": at, "handed_by": by}
    agreed = bool(appoint_at) or order.agreed
    detail = {"repairer": str(person), "due_at": limit["arrive_due_at"], "agreed": agreed}
    PROCEDURE.run(order, "dispatch", by=by, at=at, detail=detail, expect=expect, **fields)
    start(order, ARRIVE, at=at, due_at=limit["arrive_due_at"], owner=person)
    return order


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
    fields: dict[str, Any] = {"repairer": person, "trade": person.trade or order.trade}
    fields |= {"handed_at": at, "handed_by": by, "acknowledged_at": None, "acknowledged_by": None}
    if appoint_at:
        fields |= check_agreed(appoint_at, reason, agreed_with, at, reason_field="reason")
    PROCEDURE.run(order, "reassign", by=by, at=at, reason=reason, detail=detail, expect=expect, **fields)
    if appoint_at:
        restart(order, ARRIVE, at=at, due_at=appoint_at, owner=person)
    else:
        hand_over(order, ARRIVE, owner=person)
    # Whoever had it must not drive there any more.
    title = f"{order.no} {order.title}：已转派给{person}"
    tell([before] if before else [], title=title, url=order.get_absolute_url(), at=at, body=reason.strip())
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
def acknowledge(order: Repair, *, by: User, at: datetime, expect: int | None = None) -> Repair:
    """接单: the repairer's own signature on the hand-over, with its time (E5.3.3). Raises Refused."""
    PROCEDURE.run(order, "acknowledge", by=by, at=at, expect=expect, acknowledged_at=at, acknowledged_by=by)
    return order


@action
def arrive(order: Repair, *, by: User, at: datetime, expect: int | None = None) -> Repair:
    """到场: the arrival clock stops; late stays late (D4.4.1). Raises Refused."""
    PROCEDURE.run(order, "arrive", by=by, at=at, expect=expect, arrived_at=at, arrived_by=by)
    stop(order, ARRIVE, at=at)
    return order


@action
def work(order: Repair, *, by: User, at: datetime, expect: int | None = None) -> Repair:
    """开工, also after a pause; the first start is kept. Raises Refused."""
    fields: dict[str, Any] = {} if order.started_at else {"started_at": at, "started_by": by}
    PROCEDURE.run(order, "work", by=by, at=at, expect=expect, **fields)
    return order


@action
def pause(order: Repair, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Repair:
    """暂停: waiting for material, the owner, the weather or a contractor. Raises Refused."""
    fields: dict[str, Any] = {"paused_at": at, "paused_by": by, "pause_reason": reason.strip()[:200]}
    PROCEDURE.run(order, "pause", by=by, at=at, reason=reason, expect=expect, **fields)
    return order


@action
def finish(
    order: Repair,
    *,
    by: User,
    at: datetime,
    measures: str,
    cause: str = "",
    opinion: str = "",
    score: int | None = None,
    signed_name: str = "",
    unsigned_reason: str = "",
    materials: Iterable[Mapping[str, Any]] = (),
    expect: int | None = None,
) -> Repair:
    """完工: what was found and done, what was used, and the customer's name or why there is none. Raises Refused.

    materials: rows of name, spec, quantity (> 0) and unit_price (元, ≥ 0); the cost is their sum.
    """
    check_result(measures=measures, signed_name=signed_name, unsigned_reason=unsigned_reason, score=score)
    check_absence(order, signed_name=signed_name, unsigned_reason=unsigned_reason)
    lines = check_materials(materials)
    cost = check_bill(lines)
    fields: dict[str, Any] = {
        "finished_at": at, "finished_by": by, "measures": measures.strip(), "cause": cause.strip(), "cost": cost,
        "opinion": opinion.strip(), "score": score, "signed_name": signed_name.strip(),
        "unsigned_reason": unsigned_reason.strip(),
    }  # fmt: skip
    detail = {"measures": measures.strip(), "cost": cost, "signed_name": signed_name.strip()}
    PROCEDURE.run(order, "finish", by=by, at=at, detail=detail, expect=expect, **fields)
    Material.objects.bulk_create(
        Material(
            repair=order, name=line.name, spec=line.spec, quantity=line.quantity, unit_price=line.unit_price
        )
        for line in lines
    )
    return order


@action
def slip(order: Repair, *, by: User, at: datetime, slip_note: str = "", expect: int | None = None) -> Repair:
    """底联返回: who received it and when; until then the order counts as open (E5.3.7). Raises Refused."""
    fields: dict[str, Any] = {"slip_at": at, "slip_by": by, "slip_note": slip_note.strip()}
    PROCEDURE.run(order, "slip", by=by, at=at, detail={"note": slip_note.strip()}, expect=expect, **fields)
    return order


@action
def revisit(
    order: Repair,
    *,
    by: User,
    at: datetime,
    revisit_note: str,
    score: int | None = None,
    expect: int | None = None,
) -> Repair:
    """回访: what the customer says afterwards; a score given here replaces the one on the slip. Raises Refused."""
    if not revisit_note.strip():
        raise Refused("missing", "请写回访时客户怎么说。", field="revisit_note")
    check_score(score)
    fields: dict[str, Any] = {"revisited_at": at, "revisited_by": by, "revisit_note": revisit_note.strip()}
    if score is not None:
        fields["score"] = score
    detail = {"note": revisit_note.strip(), "score": score}
    PROCEDURE.run(order, "revisit", by=by, at=at, detail=detail, expect=expect, **fields)
    return order


@action
def close(order: Repair, *, by: User, at: datetime, close_word: str, expect: int | None = None) -> Repair:
    """关闭: by the customer's word (D4.4.1 实施关闭). Raises Refused."""
    if not close_word.strip():
        raise Refused("missing", "请写客户确认的话，再关闭。（D4.4.1）", field="close_word")
    fields: dict[str, Any] = {"closed_at": at, "closed_by": by, "close_word": close_word.strip()}
    PROCEDURE.run(order, "close", by=by, at=at, detail={"word": close_word.strip()}, expect=expect, **fields)
    return order


@action
def mark_important(
    order: Repair, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Repair:
    """报告重大: the managers are told at once (E5.3.4). Raises Refused."""
    PROCEDURE.run(order, "mark_important", by=by, at=at, reason=reason, expect=expect, important=True)
    tell_managers(order, at=at, reason=reason)
    return order


@action
def cancel(order: Repair, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Repair:
    """取消: nobody has signed it yet; its clock stops, a limit that had passed stays broken. Raises Refused."""
    PROCEDURE.run(
        order, "cancel", by=by, at=at, reason=reason, expect=expect, cancelled_at=at, cancelled_by=by
    )
    stop_all(order, at=at)
    return order


@action
def force_close(order: Repair, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Repair:
    """强制关闭: the manager ends an order whose slip or word cannot be had, and says why (E5.3.7). Raises Refused."""
    fields: dict[str, Any] = {"closed_at": at, "closed_by": by, "force_reason": reason.strip()[:500]}
    PROCEDURE.run(order, "force_close", by=by, at=at, reason=reason, expect=expect, **fields)
    stop_all(order, at=at)
    return order


@action
def void(order: Repair, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Repair:
    """作废, by the manager, with the reason: its call waits again (D4.3.3). Raises Refused."""
    void_record(order, PROCEDURE, by=by, at=at, reason=reason, expect=expect)
    return order
