"""May this person write on this customer's page? May this gift be given? (B1, A7b)"""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.customers.models import Customer, Gift


def check_writes(customer: Customer, by: User) -> None:
    """The departments of the customer's receptions, the reception manager and the office."""
    if not Customer.objects.kept_by(by).filter(pk=customer.pk).exists():
        raise Refused(
            "forbidden", f"{customer}的资料由接待过他们的部门、接待经理和办公室维护，请联系他们登记。"
        )


def may_register(user: User) -> bool:
    """Whether `user` adds customers that nobody applied for yet, by hand or from a workbook."""
    return user.may(Can.RUN_RECEPTION) and user.may(Can.VIEW_RECEPTIONS)


def check_registers(by: User | None) -> None:
    """Only the reception manager and the office; None is the command line."""
    if by is not None and not may_register(by):
        raise Refused(
            "forbidden", "新增和导入客户由接待经理或办公室办理。要接待新客户，填接待申请时会自动建立。"
        )


def gift_key(item: str) -> str:
    """The thing itself, however it is written: full and half width, case, blanks and marks do not matter."""
    plain = unicodedata.normalize("NFKC", item).casefold()
    return "".join(sign for sign in plain if sign.isalnum())[:60]


def earlier_gifts(customer: Customer, item: str) -> list[Gift]:
    """Gifts of the same thing to this customer, newest first: the same key, or one named within the other."""
    key = gift_key(item)
    given = customer.gifts.given().select_related("reception") if key else ()
    return [
        gift
        for gift in given
        if gift.key == key or (min(len(gift.key), len(key)) > 1 and (gift.key in key or key in gift.key))
    ]


def check_not_again(customer: Customer, item: str, again: bool) -> None:
    """The same gift never twice, unless the giver saw the earlier one and confirmed (B1)."""
    earlier = earlier_gifts(customer, item)
    if earlier and not again:
        last = earlier[0]
        raise Refused(
            "invalid",
            f"{last.given_on:%Y年%-m月%-d日}已送过{last.recipient}“{last.item}”。请换一样；确实要再送，请勾选“确认重复赠送”。",
            field="again",
        )


def check_gift_budget(reception: Any, amount: Decimal | None, reason: str) -> None:
    """A7b: what is given at a reception stays within the standard the approver set; more needs its reason."""
    if reception is None or amount is None or reason.strip():
        return
    budget = reception.gift_budget
    if budget is None:
        raise Refused(
            "missing",
            f"{reception} 批准时没有定礼品标准，请在说明里写明由哪位领导同意。（A7b）",
            field="reason",
        )
    spent = sum((gift.amount or Decimal(0) for gift in reception.gifts.given()), Decimal(0))
    if spent + amount > budget:
        raise Refused(
            "missing",
            f"{reception} 的礼品标准是 {budget:,.0f} 元，连这一件共 {spent + amount:,.0f} 元，超出要写明说明。（A7b）",
            field="reason",
        )


def check_given_on(given_on: date | None, today: date) -> None:
    """A gift is recorded when it was given, not before."""
    if given_on is None or given_on > today:
        raise Refused("invalid", "赠送日期不能晚于今天，请送出以后再登记。", field="given_on")
