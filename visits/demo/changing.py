"""变更 and 取消 of the demo: one date moved and in force, one change that waits for the leader, one late cancellation
that cost something all the same."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from reception.core.clock.periods import local
from visits.changes import actions
from visits.requests import actions as requests
from visits.requests import settling

if TYPE_CHECKING:
    from visits.demo.stage import Stage

DEPOSIT = Decimal(480)


def after_approval(stage: "Stage") -> None:
    """What comes of it later: by hand, for a few of what is going on now; the departments' own work is done by then."""
    found = LATER.get((stage.visit.customer, stage.visit.day))
    if found:
        hours, act = found
        stage.then(
            max(stage.it.decided_at or stage.now, stage.now - timedelta(hours=hours)),
            lambda at: act(stage, at),
        )


def postponed(stage: "Stage", at: datetime) -> None:
    """The guests come a working day later; all that was arranged goes along."""
    arrive = stage.world.hours.shift_days(stage.arrive, 1)
    fields = {"arrive_at": arrive, "leave_at": stage.leave + (arrive - stage.arrive)}
    change = actions.start(stage.it, by=stage.who, at=at)
    actions.save(change, by=stage.who, at=at, fields=fields, reason="对方经理临时出差，推迟一天到访。")
    actions.move_rows(change, by=stage.who, at=at)
    actions.submit(change, by=stage.who, at=at)
    actions.approve(
        change, by=stage.world.cast["gm"], at=at + timedelta(minutes=25), opinion="同意，请各部门跟着调整"
    )
    stage.arrive, stage.leave = fields["arrive_at"], fields["leave_at"]


def larger(stage: "Stage", at: datetime) -> None:
    """Four more guests: it waits for the leader, the approved version goes on."""
    change = actions.start(stage.it, by=stage.who, at=at)
    fields = {"headcount": (stage.it.headcount or 1) + 4, "transport": "高铁 G7190，商务车两辆"}
    reason = "对方增加四位审核员，改乘晚一班高铁。"
    actions.save(change, by=stage.who, at=at, fields=fields, reason=reason)
    actions.submit(change, by=stage.who, at=at + timedelta(minutes=12))


LATER: dict[tuple[int, int], tuple[int, Callable[["Stage", datetime], None]]] = {
    (15, 10): (3, postponed),
    (12, 7): (2, larger),
}


def cancelled(stage: "Stage", at: datetime, why: str) -> None:
    """The applicant asks, the leader who approved confirms; one night of the hotel cannot be refunded."""
    it = stage.it
    requests.ask_cancel(it, by=stage.who, at=at, reason=why)
    requests.cancel(it, by=it.decided_by, at=at + timedelta(minutes=40))
    row = {
        "spent_on": local(at).date(), "item": "lodging", "place": "酒店首晚房费，已过免费取消时间", "quantity": 1,
        "amount": DEPOSIT, "voucher": f"PJ-{it.no[-4:]}-01",
    }  # fmt: skip
    settling.spend(it, by=stage.who, at=at + timedelta(hours=2), rows=[row])
