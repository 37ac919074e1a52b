"""Forms of a customer's page: they check shape; rules are the actions'."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from visits.customers.choices import CustomerKind, PreferenceKind
from visits.customers.history import Visit
from visits.customers.models import Customer
from visits.forms import Sheet, money, one_of, our_time, pick, text, whole


def day(label: str, *, star: bool = False) -> forms.DateField:
    """A Shanghai calendar day."""
    sentence = f"{label}要写成年月日，例如 2026-03-25"
    field = forms.DateField(
        label=label, required=False, validators=[our_time(label)],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": f"请填写{label}", "invalid": sentence},
    )  # fmt: skip
    field.star = star  # type: ignore[attr-defined]
    return field


class CustomerForm(Sheet):
    """客户资料."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = text("单位名称", 80, star=True)
    kind = pick("客户类别", CustomerKind.choices, star=True)
    address = text("地址", 120)
    note = text("备注", 1000, rows=3)

    def columns(self) -> dict[str, str]:
        """What the action takes; an unticked kind is the first one."""
        got = self.cleaned_data
        return {
            "name": got["name"],
            "kind": got["kind"] or CustomerKind.BUYER,
            "address": got["address"],
            "note": got["note"],
        }


class ContactForm(Sheet):
    """联系人."""

    name = text("姓名", 40, star=True)
    title = text("职务", 40)
    phone = text("手机", 30, attrs={"inputmode": "tel"})


class PreferenceForm(Sheet):
    """喜好与禁忌."""

    field_order = ["kind", "text", "who"]
    kind = pick("类别", PreferenceKind.choices, star=True)
    who = text("是谁", 40, attrs={"placeholder": "不填是对整个单位"})
    text = text("内容", 120, star=True, attrs={"placeholder": "例如：不吃香菜，午餐从简"})


class OfReception(Sheet):
    """Something that may belong to one of the customer's receptions; `visits` are those the page has loaded already."""

    def __init__(self, *args: Any, customer: Customer, visits: Sequence[Visit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [(visit.pk, f"{visit.no} {visit.title}") for visit in visits if visit.tier]
        offer(self.fields["reception"], customer.receptions.approved(), pairs)


def offer(field: forms.Field, rows: Any, pairs: Iterable[tuple[Any, str]]) -> None:
    """Let a ModelChoiceField accept any of `rows` and list `pairs`, without a query of its own."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    field.choices = [("", field.empty_label), *pairs]


class GiftForm(OfReception):
    """登记礼品. `again` is asked for only once the same thing was found."""

    item = text("礼品", 60, star=True)
    recipient = text("受赠人", 40, star=True)
    given_on = day("赠送日期", star=True)
    reception = one_of("哪次接待", Customer.objects.none(), empty_label="不属于某次接待")
    quantity = whole("数量", 999)
    unit_price = money("单价（元）")
    reason = text("说明", 200)
    again = forms.BooleanField(label="确认重复赠送", required=False)

    def inputs(self) -> dict[str, Any]:
        """What the action takes."""
        got = dict(self.cleaned_data)
        return {**got, "quantity": got["quantity"] or 1}


class VoidForm(Sheet):
    """作废一条礼品记录."""

    reason = text("原因", 200)
