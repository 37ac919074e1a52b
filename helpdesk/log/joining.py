"""The same thing reported again: the caller joins the order that is open already, and is counted on it (D4.4.1, D4.3.4)."""

from datetime import datetime

from helpdesk.cases.reporting import reported
from helpdesk.log.models import Call
from helpdesk.log.policies import PROCEDURE
from helpdesk.log.queries import DAY
from helpdesk.repairs.models import Repair
from reception.core.clock import stop
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.notices import tell
from reception.core.people.models import User


@action
def join(source: Call, *, by: User, at: datetime, order: Repair, expect: int | None = None) -> Repair:
    """并入维修单: no second order for the same trouble; the repairer hears that the customer called again.

    The order's own clocks go on as they were: somebody who calls twice waits no longer for it.
    Raises Refused (forbidden, stale, state when the order is over).
    """
    order.refresh_from_db()  # under the ledger's lock: nobody ends it while the caller joins
    if not order.is_open:
        raise Refused("state", f"{order.no} {order.get_status_display()}，不能再并入；请新建维修单。")
    PROCEDURE.run(source, "join", by=by, at=at, expect=expect, detail={"order": order.no}, joined=order)
    stop(source, DAY, at=at)
    times = 1 + Call.objects.filter(joined=order).count()
    detail = {"call": source.no, "times": times, "caller": f"{source.caller_name}{source.caller_title}"}
    record(order, "repeat", f"第 {times} 次来电", by=by, at=at, reason=source.content, detail=detail)
    reported(source, order.category, by=by, at=at)
    if order.repairer:
        title = f"{order.no} {order.place}：客户第 {times} 次来电"
        tell([order.repairer], title=title, url=order.get_absolute_url(), at=at, body=source.content)
    return order
