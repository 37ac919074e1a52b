"""What people do with promises to customers (B1)."""

from datetime import date, datetime, timedelta
from typing import Any

from reception.core.clock import start, stop
from reception.core.clock.periods import day_bounds, local
from reception.core.ledger import action, next_no, record
from reception.core.notices import tell
from reception.core.people.models import User
from reception.core.spelling import tidy
from visits.customers.models import Customer
from visits.customers.policies import check_writes
from visits.promises.models import Promise
from visits.promises.policies import PROCEDURE, check_promised

RULE = "visits.promise"
OUTCOME = 200


@action
def promise(customer: Customer, *, by: User, at: datetime, what: str, due_on: date, owner: User | None = None,
            promiser: User | None = None, reception: Any = None) -> Promise:  # fmt: skip
    """登记承诺: `promiser` (default: `by`) gave the word, `owner` (default: the promiser) sees to it until the end of
    the Shanghai day `due_on`. Starts its clock and tells the owner. Raises Refused."""
    check_writes(customer, by)
    check_promised(customer, what, due_on, local(at).date(), reception)
    word = promiser or by
    made = Promise.objects.create(
        no=next_no("CN", at), created_at=at, created_by=by, customer=customer, reception=reception,
        what=tidy(what), promiser=word, owner=owner or word, due_on=due_on,
    )  # fmt: skip
    detail = {"what": made.what, "due_on": due_on, "owner": str(made.owner), "promiser": str(word)}
    record(made, "create", "登记承诺", by=by, at=at, detail={**detail, "customer": str(customer)})
    start(made, RULE, at=at, due_at=day_bounds(due_on)[1] - timedelta(seconds=1), owner=made.owner)
    if made.owner_id != by.pk:
        day = f"{due_on.month}月{due_on.day}日"
        tell(
            [made.owner],
            title=f"对{customer}的承诺由你负责，{day}前兑现：{made.what}",
            url=made.get_absolute_url(),
            at=at,
        )
    return made


@action
def keep(promise: Promise, *, by: User, at: datetime, note: str = "", expect: int | None = None) -> Promise:
    """兑现, with a word on how; its clock stops. Raises Refused (forbidden, state, stale)."""
    fields: dict[str, Any] = {"closed_at": at, "closed_by": by, "outcome": note.strip()[:OUTCOME]}
    PROCEDURE.run(promise, "keep", by=by, at=at, reason=note, expect=expect, **fields)
    stop(promise, RULE, at=at)
    return promise


@action
def withdraw(promise: Promise, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Promise:
    """撤销, with its reason; its clock stops. Raises Refused (forbidden, state, stale, missing)."""
    fields: dict[str, Any] = {"closed_at": at, "closed_by": by, "outcome": reason.strip()[:OUTCOME]}
    PROCEDURE.run(promise, "withdraw", by=by, at=at, reason=reason, expect=expect, **fields)
    stop(promise, RULE, at=at)
    return promise
