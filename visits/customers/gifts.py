"""Gifts given to customers: never the same twice without somebody having seen it (B1), within the standard (A7b)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.people.models import User
from reception.core.spelling import tidy
from visits.customers.models import Customer, Gift
from visits.customers.policies import (
    check_gift_budget,
    check_given_on,
    check_not_again,
    check_writes,
    earlier_gifts,
    gift_key,
)


@action
def record_gift(customer: Customer, *, by: User, at: datetime, item: str, recipient: str, given_on: date,
                quantity: int = 1, unit_price: Decimal | None = None, reception: Any = None, again: bool = False,
                reason: str = "") -> Gift:  # fmt: skip
    """登记礼品. unit_price in 元; again: the giver saw that it was given before and gives it all the same. Raises Refused
    (forbidden, missing, invalid with field "again", A7b with field "reason")."""
    check_writes(customer, by)
    _check_shape(customer, item, recipient, quantity, reception)
    check_given_on(given_on, local(at).date())
    check_not_again(customer, item, again)
    amount = None if unit_price is None else unit_price * quantity
    check_gift_budget(reception, amount, reason)
    gift = Gift.objects.create(
        customer=customer, reception=reception, item=tidy(item), key=gift_key(item), quantity=quantity,
        unit_price=unit_price, recipient=tidy(recipient), given_on=given_on, reason=reason.strip(),
        again=bool(earlier_gifts(customer, item)), created_at=at, created_by=by,
    )  # fmt: skip
    detail = {"item": str(gift), "recipient": gift.recipient, "given_on": given_on, "amount": amount, "again": gift.again,
              "reception": reception.no if reception else ""}  # fmt: skip
    record(customer, "gift", "登记礼品", by=by, at=at, reason=gift.reason, detail=detail)
    return gift


def _check_shape(customer: Customer, item: str, recipient: str, quantity: int, reception: Any) -> None:
    """A thing, a person, a number, and a reception of this customer."""
    if not gift_key(item):
        raise Refused("missing", "请写明送的是什么。", field="item")
    if not tidy(recipient):
        raise Refused("missing", "请写明送给了谁。", field="recipient")
    if quantity < 1:
        raise Refused("invalid", "数量要填 1 或更多。", field="quantity")
    if reception is not None and reception.customer_id != customer.pk:
        raise Refused("invalid", "这次接待不是这家客户的，请重新选择。", field="reception")


@action
def void_gift(gift: Gift, *, by: User, at: datetime, reason: str) -> Gift:
    """Entered by mistake: it no longer counts, but stays to be read. Raises Refused."""
    check_writes(gift.customer, by)
    if not reason.strip():
        raise Refused("missing", "请写明作废的原因。", field="reason")
    if not Gift.objects.given().filter(pk=gift.pk).update(voided_at=at, voided_by=by):
        raise Refused("state", "这一条礼品记录已经作废了，请刷新看最新内容。")
    gift.voided_at, gift.voided_by = at, by
    record(
        gift.customer,
        "gift_void",
        "作废礼品记录",
        by=by,
        at=at,
        reason=reason.strip(),
        detail={"item": str(gift)},
    )
    return gift
