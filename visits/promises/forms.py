"""Forms of promises: they check shape; rules are the actions'."""

from collections.abc import Sequence
from typing import Any

from django import forms

from reception.core.people.models import User
from visits.customers.forms import OfReception, day, offer
from visits.customers.models import Customer
from visits.forms import Sheet, one_of, text


class PromiseForm(OfReception):
    """登记承诺. `people` may give and owe one: (id, name) pairs."""

    what = text("承诺内容", 120, star=True, attrs={"placeholder": "例如：寄三份样册到采购部"})
    due_on = day("兑现期限", star=True)
    promiser = one_of("承诺人", User.objects.none(), empty_label="我自己")
    owner = one_of("责任人", User.objects.none(), empty_label="承诺人本人")
    reception = one_of("哪次接待", Customer.objects.none(), empty_label="不属于某次接待")

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("promiser", "owner"):
            offer(self.fields[name], User.objects.filter(is_active=True), people)


class PromiseMoveForm(Sheet):
    """revision as seen; reason for 撤销; note for 兑现."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = text("原因", 200, rows=2)
    note = text("办理情况", 200)
