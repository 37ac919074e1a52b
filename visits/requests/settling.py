"""结算 → 审核: the applicant hands 接待清单 in, a leader confirms what was exceeded, the office audits
(records §1.2, A7a, A7b). Each raises Refused; `expect` is the revision the page showed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.ledger import action
from reception.core.people.models import User
from visits.costs import actions as costs
from visits.costs.actuals import Actuals, actuals
from visits.costs.checks import exceptions, gaps
from visits.costs.models_sheet import CostSheet, Expense
from visits.costs.policies import approvers_for
from visits.profiles.models import profile_of
from visits.requests.completeness import estimate_of
from visits.requests.models import Reception
from visits.requests.policies import PROCEDURE
from visits.tasks.creating import finish_with
from visits.tiers.models import standards_on

# Tasks whose work is the settlement itself.
TASKS = ("bill", "settle")


def standards_of(reception: Reception) -> dict[str, Any]:
    """The amounts per unit (元) of its tier on the day of arrival (A7a)."""
    tier, day = reception.tier_now, reception.arrive_at or reception.created_at
    return dict(standards_on(tier, local(day).date())) if tier else {}


def actuals_of(
    reception: Reception, rows: Sequence[Expense], standards: Mapping[str, Any] | None = None
) -> Actuals:
    """What the live `rows` come to, against the standards and the leader's budgets (A7a, A7b)."""
    budgets = {"activity": reception.activity_budget, "gift": reception.gift_budget}
    return actuals(
        rows,
        estimate_of(reception),
        standards if standards is not None else standards_of(reception),
        budgets,
    )


def exceptions_of(reception: Reception, rows: Sequence[Expense], found: Actuals) -> list[str]:
    """Sentences of what was exceeded; they need a reason and a leader."""
    vouchers = {row.voucher for row in rows if row.voucher}
    others = (
        Expense.objects.same_voucher_elsewhere(reception.sheet, vouchers)
        if vouchers
        else Expense.objects.none()
    )
    twice = dict(others.values_list("voucher", "sheet__reception__no"))
    return exceptions(
        list(rows), found, profile=profile_of(reception.nature), headcount=reception.headcount or 0,
        tier=reception.tier_now, twice=twice,
    )  # fmt: skip


@action
def retotal(reception: Reception) -> CostSheet:
    """Bring the stored figures up to the rows, the plan and the standards."""
    sheet = costs.open_sheet(reception)
    costs.keep_totals(sheet, actuals_of(reception, list(sheet.rows.live())))
    reception.sheet = sheet
    return sheet


@action
def spend(reception: Reception, *, by: User, at: datetime, rows: Sequence[Mapping[str, Any]],
          expect: int | None = None) -> list[Expense]:  # fmt: skip
    """Append rows to the list. Raises Refused."""
    made = costs.add_expenses(reception, by=by, at=at, rows=rows, expect=expect)
    retotal(reception)
    return made


@action
def void(row: Expense, reception: Reception, *, by: User, at: datetime, reason: str,
         expect: int | None = None) -> None:  # fmt: skip
    """作废 a row. Raises Refused."""
    costs.void_expense(row, reception, by=by, at=at, reason=reason, expect=expect)
    retotal(reception)


@action
def correct(row: Expense, reception: Reception, *, by: User, at: datetime, reason: str, values: Mapping[str, Any],
            expect: int | None = None) -> Expense:  # fmt: skip
    """更正 a row: the new one replaces it. Raises Refused."""
    new = costs.correct_expense(row, reception, by=by, at=at, reason=reason, values=values, expect=expect)
    retotal(reception)
    return new


@action
def settle(reception: Reception, *, by: User, at: datetime, over_reason: str = "", approver: User | None = None,
           note: str = "", expect: int | None = None) -> Reception:  # fmt: skip
    """提交结算: the list is whole, and whatever was exceeded has its reason and the leader who is to confirm it."""
    PROCEDURE.check(reception, "settle", by=by, at=at)
    sheet = retotal(reception)
    rows = list(sheet.rows.live())
    for refused in gaps(rows, note):
        raise refused
    found = actuals_of(reception, rows)
    over = exceptions_of(reception, rows, found)
    if over:
        _check_over(reception, over, over_reason, approver)
    fields = {
        "note": note.strip(), "over_reason": over_reason.strip() if over else "", "approver": approver if over else None,
        "settled_at": at, "settled_by": by,
    }  # fmt: skip
    detail = {
        "spent": found.spent,
        "over": found.over,
        "exceptions": over,
        "approver": str(fields["approver"] or ""),
    }
    _sign(sheet, **fields)
    PROCEDURE.run(
        reception, "settle", by=by, at=at, expect=expect, reason=over_reason if over else note, detail=detail
    )
    for task in reception.tasks.open().filter(template__code__in=TASKS):
        finish_with(task, by=by, at=at)
    return reception


def _check_over(reception: Reception, over: list[str], reason: str, approver: User | None) -> None:
    """A7a, A7b: a reason, and a leader senior enough to answer for it."""
    if not reason.strip():
        raise Refused(
            "missing", f"有 {len(over)} 项超出规定，请写明超出原因：{over[0]}。", field="over_reason"
        )
    if approver is None:
        raise Refused("missing", "费用有超出，请选择确认的领导。（A7a、A7b）", field="approver")
    if approver.pk not in {person.pk for person in approvers_for(reception)}:
        raise Refused(
            "invalid",
            f"{approver}不能确认{reception.tier}接待的超出费用，请改选有权审批这一级别的领导。（A7a、A7b）",
            field="approver",
        )


@action
def confirm_over(
    reception: Reception, *, by: User, at: datetime, comment: str = "", expect: int | None = None
) -> Reception:
    """确认超出 by the leader named."""
    PROCEDURE.run(reception, "confirm_over", by=by, at=at, expect=expect, reason=comment)
    _sign(reception.sheet, confirmed_at=at, confirmed_by=by)
    return reception


@action
def audit(
    reception: Reception, *, by: User, at: datetime, comment: str = "", expect: int | None = None
) -> Reception:
    """审核通过 by the office: the list agrees with its invoices."""
    PROCEDURE.run(reception, "audit", by=by, at=at, expect=expect, reason=comment)
    _sign(reception.sheet, audited_at=at, audited_by=by)
    return reception


@action
def send_back(
    reception: Reception, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Reception:
    """退回结算: the applicant writes again; the signatures of this round are gone from the list, not from the ledger."""
    PROCEDURE.run(reception, "send_back", by=by, at=at, expect=expect, reason=reason)
    blank = dict.fromkeys(("settled_at", "settled_by", "confirmed_at", "confirmed_by", "approver"))
    _sign(reception.sheet, over_reason="", **blank)
    return reception


def _sign(sheet: CostSheet, **fields: Any) -> None:
    """Set columns of the list."""
    for name, value in fields.items():
        setattr(sheet, name, value)
    sheet.save(update_fields=list(fields))
