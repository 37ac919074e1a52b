"""What the receptions of the demo did cost: rows of 接待清单 near the plan, one list above its standard."""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reception.core.clock.periods import local
from visits.costs.choices import CostItem
from visits.requests import actions, settling

if TYPE_CHECKING:
    from datetime import datetime

    from reception.core.people.models import User
    from visits.demo.stage import Stage

DEAR = 6  # every so manieth list dines a little above its plan
FEW = Decimal(45)  # 元 where no standard is set and no price was planned


def hand_in(stage: "Stage", at: "datetime") -> None:
    """The list is written and handed in; one row was wrong and is corrected, one list is above its standard."""
    who, it = stage.who, stage.it
    rows = expenses(stage)
    made = settling.spend(it, by=who, at=at - timedelta(minutes=30), rows=rows)
    if stage.visit.story == "settled":
        right = {**rows[0], "amount": rows[0]["amount"] - 8}
        settling.correct(made[0], it, by=who, at=at - timedelta(minutes=9), reason="金额多打了 8 元，按发票改", values=right)  # fmt: skip
    over = settling.exceptions_of(it, made, settling.actuals_of(it, made))
    actions.settle(
        it, by=who, at=at, approver=it.decided_by if over else None,
        over_reason="对方临时增加一位副总，晚餐改在湖景楼包间。" if over else "",
    )  # fmt: skip
    if over and stage.visit.story != "over_end":
        actions.confirm_over(it, by=it.decided_by, at=at + timedelta(hours=2), comment="情况属实")


def begin(stage: "Stage", at: "datetime", *, most: int | None = None) -> None:
    """The first rows of a list that is still being written; the last of them waits for its invoice."""
    rows = expenses(stage)[:most]
    rows[-1] = {**rows[-1], "voucher": ""}
    settling.spend(stage.it, by=stage.who, at=at, rows=rows)


def auditor(stage: "Stage") -> "User":
    """The office; its own lists are audited by the reception manager."""
    return stage.world.cast["reception" if stage.visit.applicant == "office" else "office"]


def expenses(stage: "Stage") -> list[dict[str, Any]]:
    """A row for every line of the plan, and what the leader allowed for activities and gifts."""
    standards = settling.standards_of(stage.it)
    rows = [_row(stage, line, standards) for line in stage.it.lines.all()]
    for item, budget in (
        (CostItem.GIFT, stage.it.gift_budget),
        (CostItem.ACTIVITY, stage.it.activity_budget),
    ):
        if budget:
            place = "瓷器摆件" if item == CostItem.GIFT else "游湖"
            rows.append(
                {
                    "item": item.value,
                    "place": place,
                    "amount": (budget * Decimal("0.95")).quantize(Decimal(1)),
                }
            )
    day = local(stage.arrive).date()
    return [
        {"spent_on": day, "voucher": f"PJ-{stage.it.no[-4:]}-{number:02d}", **row}
        for number, row in enumerate(rows, 1)
    ]


def _row(stage: "Stage", line: Any, standards: dict[str, Any]) -> dict[str, Any]:
    """One line as it was spent: at most what was planned, or a fifth above it in the list that is too dear."""
    price = line.unit_price if line.unit_price is not None else standards.get(line.item) or FEW
    rate = Decimal(stage.rng.choice(("0.92", "0.97", "1")))
    if stage.visit.story == "over_end" and line.item == CostItem.MEAL:
        price, rate = standards[line.item] or price, Decimal("1.25")
    elif line.item == CostItem.MEAL and int(stage.it.no[-4:]) % DEAR == 0:
        rate = Decimal("1.06")
    row: dict[str, Any] = {"item": line.item, "place": line.label}
    count = line.quantity
    if line.item == CostItem.MEAL:
        theirs = stage.it.headcount or 1
        ours = min(3, theirs)
        row |= {"meal": "dinner" if "晚" in line.label else "lunch", "ours": ours, "theirs": theirs}
        count = ours + theirs
    elif line.item == CostItem.LODGING:
        count = line.quantity * (line.people or stage.it.headcount)
        row["quantity"] = count
    return {**row, "amount": (price * count * rate).quantize(Decimal(1))}
