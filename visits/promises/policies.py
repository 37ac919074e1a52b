"""Whose promise it is, and who may give one (B1)."""

from datetime import date, datetime
from typing import Any

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.procedures import Procedure
from visits.customers.models import Customer
from visits.promises.flow import FLOW
from visits.promises.models import Promise


def check_concerned(promise: Promise, user: User | None, at: datetime) -> None:
    """Who owes it or gave the word, and whoever keeps the customer's page."""
    if user is None or user.pk in (promise.owner_id, promise.promiser_id):
        return
    if not Customer.objects.kept_by(user).filter(pk=promise.customer_id).exists():
        raise Refused("forbidden", f"这件事由{promise.owner}负责，请联系本人。")


def check_promised(customer: Customer, what: str, due_on: date | None, today: date, reception: Any) -> None:
    """A promise says what and until when, ahead of us, and belongs to a reception of this customer or to none."""
    if not what.strip():
        raise Refused("missing", "请写明答应了什么。", field="what")
    if due_on is None or due_on < today:
        raise Refused("invalid", "兑现期限不能早于今天，请改一个日期。", field="due_on")
    if reception is not None and reception.customer_id != customer.pk:
        raise Refused("invalid", "这次接待不是这家客户的，请重新选择。", field="reception")


def concerned(promise: Promise) -> list[User]:
    """Who hears of its end."""
    return [promise.promiser, promise.owner, promise.created_by]


PROCEDURE = Procedure(
    FLOW,
    rules={"keep": (check_concerned,), "withdraw": (check_concerned,)},
    audiences={"concerned": concerned},
)
