"""At the customer's: 到场, 开工, 暂停, 完工 (D4.4.1, E5.3.5)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from helpdesk.repairs.limits import limits_of
from helpdesk.repairs.models import Material, Repair
from helpdesk.repairs.policies import (
    PROCEDURE,
    check_absence,
    check_bill,
    check_hold,
    check_materials,
    check_result,
)
from helpdesk.repairs.queries import ARRIVE, FINISH
from reception.core.clock import Start, calendar_for, resume, start_new, stop
from reception.core.clock import pause as hold_clock
from reception.core.ledger import action
from reception.core.people.models import User


@action
def arrive(order: Repair, *, by: User, at: datetime, expect: int | None = None) -> Repair:
    """到场: the arrival clock stops, late stays late (D4.4.1), and the time for the work begins. Raises Refused.

    The first arrival stands when the order has changed hands since.
    """
    first = order.arrived_at is None
    fields: dict[str, Any] = {"arrived_at": at, "arrived_by": by} if first else {}
    PROCEDURE.run(order, "arrive", by=by, at=at, expect=expect, **fields)
    stop(order, ARRIVE, at=at)
    if first:
        calendar = calendar_for("service")
        due_at = calendar.add(at, limits_of(order.category).finish)
        start_new([Start(order, FINISH, at, due_at, order.repairer, calendar)])
    return order


@action
def work(order: Repair, *, by: User, at: datetime, expect: int | None = None) -> Repair:
    """开工, also after a pause; the first start is kept, and the work's time runs on. Raises Refused."""
    fields: dict[str, Any] = {} if order.started_at else {"started_at": at, "started_by": by}
    PROCEDURE.run(order, "work", by=by, at=at, expect=expect, **fields)
    resume(order, FINISH, at=at, by=by)
    return order


@action
def pause(
    order: Repair, *, by: User, at: datetime, reason: str = "", hold: str = "", expect: int | None = None
) -> Repair:
    """暂停: waiting for material, the owner, the weather or a contractor (records §2). Raises Refused.

    hold: a Hold; reason: words more. Without `hold` the words begin with it: 待料：等角阀. The pause holds the time
    of the work; there is none before the arrival, so that it never holds the half hour.
    """
    kind, words = check_hold(hold, reason)
    fields: dict[str, Any] = {"paused_at": at, "paused_by": by, "hold": kind, "pause_reason": words}
    PROCEDURE.run(order, "pause", by=by, at=at, reason=words, detail={"hold": kind}, expect=expect, **fields)
    hold_clock(order, FINISH, at=at, by=by, reason=words)
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
    paid: bool | None = None,
    expect: int | None = None,
) -> Repair:
    """完工: what was found and done, what was used, and the customer's name or why there is none. Raises Refused.

    materials: rows of name, spec, quantity (> 0) and unit_price (元, ≥ 0); the cost is their sum. paid: whether the
    customer pays it; None leaves what the order said.
    """
    check_result(measures=measures, signed_name=signed_name, unsigned_reason=unsigned_reason, score=score)
    check_absence(order, signed_name=signed_name, unsigned_reason=unsigned_reason)
    lines = check_materials(materials)
    cost = check_bill(lines)
    fields: dict[str, Any] = {
        "finished_at": at, "finished_by": by, "measures": measures.strip(), "cause": cause.strip(), "cost": cost,
        "opinion": opinion.strip(), "score": score, "signed_name": signed_name.strip(),
        "unsigned_reason": unsigned_reason.strip(), "paid": order.paid if paid is None else paid,
    }  # fmt: skip
    detail = {"measures": measures.strip(), "cost": cost, "signed_name": signed_name.strip()}
    PROCEDURE.run(order, "finish", by=by, at=at, detail=detail, expect=expect, **fields)
    stop(order, FINISH, at=at)
    Material.objects.bulk_create(
        Material(
            repair=order, name=line.name, spec=line.spec, quantity=line.quantity, unit_price=line.unit_price
        )
        for line in lines
    )
    return order
