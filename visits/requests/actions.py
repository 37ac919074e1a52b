"""What moves a reception (records §1.2). Each raises Refused; `expect` is the revision the page showed."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from reception.core.flow import Refused
from reception.core.ledger import Event, action
from reception.core.people.models import User
from visits.changes.closing import withdraw_open
from visits.copies.actions import copy_to, copy_to_departments
from visits.customers.actions import meet
from visits.customers.models import Customer
from visits.hosts.asking import check_host_free, hosting_of
from visits.itinerary.actions import draft as draft_itinerary
from visits.requests.cancelling import NOT_ASKED, ask_cancel, cancel, keep, unask
from visits.requests.choices import Status
from visits.requests.handing import hand_back, hand_on
from visits.requests.holding import let_go
from visits.requests.models import Reception
from visits.requests.policies import ARCHIVE_TASK, PROCEDURE, check_decision
from visits.requests.settling import audit, confirm_over, retotal, send_back, settle
from visits.requests.snapshot import snapshot
from visits.requests.writing import create_draft, save_draft
from visits.resources import following
from visits.satisfaction.actions import open_for
from visits.tasks.creating import arrived, create_tasks, finish_with, left
from visits.tiers.models import Tier
from visits.welcome.actions import follow as follow_welcome

__all__ = [
    "agree", "approve", "archive", "ask_cancel", "audit", "cancel", "confirm_over", "create_draft", "finish", "hand_back",
    "hand_on", "keep", "reject", "return_back", "save_draft", "send_back", "settle", "start", "submit", "unask", "withdraw",
]  # fmt: skip


@action
def submit(
    reception: Reception, *, by: User, at: datetime, expect: int | None = None, host_anyway: bool = True
) -> Reception:
    """提交: the whole form goes into the event, so that a resubmission can show what changed; host_anyway as in `approve`.

    A department that asks for it has its head review first, unless the head applies.
    """
    PROCEDURE.check(reception, "submit", by=by, at=at)
    if not host_anyway:
        check_host_free(hosting_of(reception), host_anyway)
    department = reception.department
    assert department  # check_complete saw it
    reviewed = department.reviews and department.head_id not in (None, reception.applicant_id)
    _run(
        reception, "submit", by, at, expect, to=Status.REVIEW if reviewed else Status.PENDING,
        detail={"form": snapshot(reception)}, customer=_customer(reception, by, at), submitted_at=at, submitted_by=by,
    )  # fmt: skip
    following.hold(reception, by=by, at=at)
    return reception


def _customer(reception: Reception, by: User, at: datetime) -> Customer:
    """The customer the form names, made when it is new; its contact is remembered for the next time."""
    contact = {
        "name": reception.contact_name,
        "title": reception.contact_title,
        "phone": reception.contact_phone,
    }
    return meet(reception.customer_name, by=by, at=at, contact=contact)


@action
def agree(
    reception: Reception, *, by: User, at: datetime, comment: str = "", expect: int | None = None
) -> Reception:
    """审核同意 by the head of the responsible department."""
    _run(reception, "agree", by, at, expect, reason=comment)
    return reception


@action
def return_back(
    reception: Reception, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Reception:
    """退回 by the one whose turn it is; the reason is required."""
    _run(reception, "return_back", by, at, expect, reason=reason)
    following.unhold(reception, by=by, at=at)
    return reception


@action
def reject(
    reception: Reception, *, by: User, at: datetime, reason: str, expect: int | None = None
) -> Reception:
    """不批准, final; the reason is required."""
    _run(reception, "reject", by, at, expect, reason=reason, decided_at=at, decided_by=by)
    following.release(reception, by=by, at=at, reason="不批准")
    return reception


@action
def approve(reception: Reception, *, by: User, at: datetime, tier: Tier | None, tier_reason: str = "",
            host: User | None = None, host_anyway: bool = True, activity_budget: Decimal | None = None, gift_budget: Decimal | None = None,
            comment: str = "", copies: Iterable[User] = (), expect: int | None = None) -> Reception:  # fmt: skip
    """批准定级: fixes the tier (A3.1b), checks the host against it (A4), sets the activity and gift
    budgets in 元 (A7b) and makes the departments' tasks (A3.2). host None keeps the proposed one; host_anyway
    False asks when the host is busy at that time: every door passes what was ticked. It is sent to `copies` and
    to the heads of the departments with tasks (抄送)."""
    host = host or reception.host
    PROCEDURE.fresh(reception, "approve", expect)
    standing = PROCEDURE.stand(reception, "approve", by=by, at=at)
    assert standing is not None
    check_decision(reception, standing, tier, tier_reason, host)
    if not host_anyway:
        check_host_free(hosting_of(reception, tier, host), host_anyway)
    budgets = {"activity_budget": activity_budget, "gift_budget": gift_budget}
    _check_budgets(budgets)
    assert tier is not None and host is not None
    detail = {"tier": tier.name, "proposed": str(reception.proposed_tier), "host": str(host), **budgets}
    _run(
        reception, "approve", by, at, expect, reason=comment, detail=detail, tier=tier,
        tier_reason=tier_reason.strip(), host=host, decided_at=at, decided_by=by, **budgets,
    )  # fmt: skip
    following.confirm(reception, by=by, at=at)
    create_tasks(reception, by=by, at=at)
    retotal(reception)
    draft_itinerary(reception, by=by, at=at)
    follow_welcome(reception, at=at)
    copy_to(reception, copies, by=by, at=at)
    copy_to_departments(reception, by=by, at=at)
    return reception


def _check_budgets(budgets: dict[str, Decimal | None]) -> None:
    """Budgets are amounts. Raises Refused("invalid")."""
    for field, amount in budgets.items():
        if amount is not None and amount < 0:
            raise Refused("invalid", "活动、礼品标准不能小于 0 元，不安排请留空。（A7b）", field=field)


@action
def withdraw(
    reception: Reception, *, by: User, at: datetime, reason: str = "", expect: int | None = None
) -> Reception:
    """撤回 by the applicant while nobody decided: back to 草稿, the deciders are told."""
    _run(reception, "withdraw", by, at, expect, reason=reason)
    following.unhold(reception, by=by, at=at)
    return reception


@action
def start(reception: Reception, *, by: User, at: datetime, expect: int | None = None) -> Reception:
    """开始接待: the guests are here; a cancellation that was asked for is moot."""
    _run(reception, "start", by, at, expect, started_at=at, started_by=by, **NOT_ASKED)
    arrived(reception, at=at)
    return reception


@action
def finish(reception: Reception, *, by: User, at: datetime, expect: int | None = None) -> Reception:
    """结束接待: the guests have left; open tasks stay open, a change under way is withdrawn."""
    _run(reception, "finish", by, at, expect, ended_at=at, ended_by=by)
    withdraw_open(reception, by=by, at=at, reason="接待已经结束，这份变更不再办理。")
    left(reception, at=at)
    open_for(reception, by=by, at=at)
    return reception


@action
def archive(
    reception: Reception, *, by: User, at: datetime, comment: str = "", expect: int | None = None
) -> Reception:
    """归档, once no task is open; the task 归档 itself is finished by it."""
    _run(reception, "archive", by, at, expect, reason=comment, archived_at=at, archived_by=by)
    for task in reception.tasks.open().filter(template__code=ARCHIVE_TASK):
        finish_with(task, by=by, at=at)
    return reception


def _run(reception: Reception, name: str, by: User, at: datetime, expect: int | None, **rest: Any) -> Event:
    """One move through the procedure; once nobody's decision is awaited, nobody holds it."""
    return PROCEDURE.run(reception, name, by=by, at=at, expect=expect, **let_go(reception), **rest)
