"""One key makes the call a repair: record, order and dispatch together or not at all (D4.4.1, C2, C7)."""

from datetime import datetime

from helpdesk.log.actions import Heard, convert, record_call
from helpdesk.log.models import Call
from helpdesk.repairs.actions import dispatch
from helpdesk.repairs.hands import free_hand
from helpdesk.repairs.models import Repair
from helpdesk.repairs.opening import Reported
from reception.core.ledger import action
from reception.core.people.models import User


@action
def take_repair(
    *, by: User, at: datetime, heard: Heard, reported: Reported, send: bool, repairer: User | None = None
) -> tuple[Call, Repair]:
    """Record a call of the kind 报修 and open its order; with `send` dispatch it at once.

    repairer: None leaves the choice to the house: the free hand of the order's 班组.

    Raises Refused, and then nothing is written.
    """
    call = record_call(by=by, at=at, **heard)
    order = convert(call, by=by, at=at, **reported)
    if send:
        dispatch(order, by=by, at=at, repairer=repairer or free_hand(order.trade))
    return call, order
