"""The rows of 接待清单 as a form: several at a time, an empty row is no row."""

from typing import Any

from django import forms
from django.forms import formset_factory

from reception.core.people.models import User
from visits.costs.choices import CostItem, Meal
from visits.costs.models_sheet import Expense
from visits.forms import Sheet, money, one_of, our_time, pick, text

PREFIX = "rows"
MOST = 60
# Typed without being money: a row that holds only these is still empty.
PRESET = frozenset({"spent_on", "item", "meal"})
COLUMNS = {
    "spent_on": "col-6 col-md-3", "amount": "col-6 col-md-2", "item": "col-6 col-md-2", "meal": "col-6 col-md-2",
    "place": "col-12 col-md-3", "ours": "col-4 col-md-2", "theirs": "col-4 col-md-2", "quantity": "col-4 col-md-2",
    "ours_names": "col-12 col-md-2", "voucher": "col-6 col-md-2", "voucher_note": "col-6 col-md-2",
}  # fmt: skip


def _count(label: str, least: int = 0, hint: str = "") -> forms.IntegerField:
    """A number of heads or things."""
    sentence = f"{label}要填 {least} 到 999 的整数"
    keys = ("invalid", "min_value", "max_value")
    widget = forms.NumberInput(
        attrs={"inputmode": "numeric", "placeholder": hint} if hint else {"inputmode": "numeric"}
    )
    return forms.IntegerField(
        label=label, min_value=least, max_value=999, required=False, widget=widget, error_messages=dict.fromkeys(keys, sentence)
    )  # fmt: skip


class ExpenseForm(Sheet):
    """One row. Without an amount it is empty; with one it says when, what for and, for a meal, who sat there."""

    spent_on = forms.DateField(
        label="日期", required=False, validators=[our_time("日期")],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "日期要写成年月日，例如 2026-03-25"},
    )  # fmt: skip
    item = pick("类别", CostItem.choices)
    meal = pick("餐次", [("", "—"), *Meal.choices])
    place = text("地点、内容", 60)
    amount = money("费用（元）", digits=10)
    ours = _count("我方人数")
    theirs = _count("对方人数")
    quantity = _count("数量", 1, "瓶、盒、间·晚")
    ours_names = text("我方人员", 200)
    voucher = text("凭证号", 40)
    voucher_note = text("无凭证说明", 100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.col = COLUMNS.get(name, "col-12")  # type: ignore[attr-defined]
        self.order_fields(list(COLUMNS))

    @property
    def filled(self) -> bool:
        """Whether anything but what a row starts with was typed."""
        got = getattr(self, "cleaned_data", {})
        typed = (value for name, value in got.items() if name not in PRESET)
        return any(value not in (None, "", 0) for value in typed) or bool(set(self.errors) - PRESET)

    def clean(self) -> dict[str, Any]:
        """A row that was begun is a whole one."""
        got = super().clean() or self.cleaned_data
        if not self.filled:
            return got
        if got.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", "请填写这一行的费用，或者整行清空")
        if not got.get("spent_on") and "spent_on" not in self.errors:
            self.add_error("spent_on", "请填写这一行的日期")
        if not got.get("item") and "item" not in self.errors:
            self.add_error("item", "请选择这一行的类别")
        if got.get("item") == CostItem.MEAL and not (got.get("ours") or 0) + (got.get("theirs") or 0):
            self.add_error("theirs", "用餐要填我方、对方各几人")
        return got

    def values(self) -> dict[str, Any]:
        """Keyword arguments of an Expense; a meal belongs to meals only."""
        got = dict(self.cleaned_data)
        if got["item"] != CostItem.MEAL:
            got["meal"] = ""
        got["ours"], got["theirs"] = got.get("ours") or 0, got.get("theirs") or 0
        got["quantity"] = got.get("quantity") or 1
        return {name: got[name] for name in COLUMNS}


class Rows(forms.BaseFormSet):
    """The rows being typed."""

    def filled(self) -> list[dict[str, Any]]:
        """The rows that say something, as keyword arguments; call it on a valid set."""
        return [row.values() for row in self.forms if row.filled]

    @property
    def has_errors(self) -> bool:
        """Whether any row was refused."""
        return any(row.errors for row in self.forms) or bool(self.non_form_errors())


def rows_form(data: Any = None, initial: list[dict[str, Any]] | None = None) -> Rows:
    """The set of rows: of what was sent, or some to begin with that know the day."""
    kind = formset_factory(ExpenseForm, formset=Rows, extra=0, max_num=MOST, absolute_max=MOST)
    if data is not None and f"{PREFIX}-TOTAL_FORMS" not in data:
        data = {**data.dict(), f"{PREFIX}-TOTAL_FORMS": "0", f"{PREFIX}-INITIAL_FORMS": "0"}
    made = kind(data, initial=initial, prefix=PREFIX)
    assert isinstance(made, Rows)
    return made


class StrikeForm(Sheet):
    """作废: why, and what the page showed."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = text("作废原因", 200, star=True)

    @property
    def seen(self) -> int | None:
        """The revision that the page showed."""
        return self.cleaned_data.get("revision")


class CorrectForm(ExpenseForm):
    """A row again, with the reason why it is corrected; `row` is what it says now."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = text("更正原因", 200, star=True)

    def __init__(self, *args: Any, row: Expense, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(row, name) for name in COLUMNS})
        super().__init__(*args, **kwargs)

    @property
    def filled(self) -> bool:
        """A correction is never an empty row."""
        return True

    @property
    def columns(self) -> list[Any]:
        """The fields of the row, in order."""
        return [self[name] for name in COLUMNS]

    @property
    def seen(self) -> int | None:
        """The revision that the page showed."""
        return self.cleaned_data.get("revision")


class SettleForm(Sheet):
    """提交结算: a word on the whole, and what was exceeded with its reason and leader."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    over_reason = text("超出原因", 200, rows=2, star=True)
    approver = one_of("确认领导", User.objects.none(), star=True)
    note = text("结算说明", 200, rows=2)

    def __init__(self, *args: Any, approvers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["approver"]
        field.queryset = User.objects.filter(pk__in=[person.pk for person in approvers])  # type: ignore[attr-defined]
        field.label_from_instance = lambda person: f"{person}·{person.position}"  # type: ignore[attr-defined]
        field.queryset = field.queryset.select_related("position")  # type: ignore[attr-defined]

    @property
    def seen(self) -> int | None:
        """The revision that the page showed."""
        return self.cleaned_data.get("revision")
