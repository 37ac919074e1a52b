"""The 接待申请表 as a form (records §1.1). Shape only: what the rules say is said by the actions."""

from typing import Any

from django import forms
from django.urls import reverse_lazy

from reception.core.people.models import Department, User
from visits.forms import Sheet, moment, one_of, pick, text, whole
from visits.models import Reception, Tier
from visits.requests.choices import Nature, Need, Purpose
from visits.requests.forms_money import MoneyFields
from visits.requests.forms_rows import RowFields
from visits.requests.forms_words import TICKS

# Columns of the request that the form fills as they are.
COLUMNS = (
    "customer_name", "nature", "letter_no", "contact_name", "contact_title", "contact_phone", "headcount", "purpose", "subject",
    "arrive_at", "leave_at", "transport", "department", "applicant_phone", "retroactive", "retro_reason",
    "retro_agreed_by", "retro_agreed_at", "proposed_tier", "host", "companions", "needs", "overspend_reason", "note", "secret",
)  # fmt: skip
RETRO = {
    "retro_reason": "请写明为什么补办",
    "retro_agreed_by": "请填写当时口头同意的领导",
    "retro_agreed_at": "请填写领导口头同意的时间",
}


class HostField(forms.ModelChoiceField):
    """People senior enough to host, with their position: 何志远·副总经理."""

    def label_from_instance(self, obj: User) -> str:
        """Name and position."""
        return f"{obj}·{obj.position}"


class ApplyForm(RowFields, MoneyFields, Sheet):
    """Everything a person types; a half-empty one is a good draft. What a submission must hold is asked
    of `completeness.problems`, so that the form and the action say the same sentences.

    Inputs: POST data, or `reception` for what is already there; strict asks ticked needs for their
    rows. After is_valid(): `columns()` for the request, `rows()` for its sections, `lines()` for the rest of the budget. Times are read
    on a Shanghai clock.
    """

    customer_name = text(
        "来访单位",
        80,
        star=True,
        attrs={"list": "customers", "data-hint": reverse_lazy("visits:customer_hint")},
    )
    nature = pick("接待性质", Nature.choices, star=True)
    letter_no = text("公函字号", 60, star=True, attrs={"placeholder": "如 湖工信函〔2026〕12号"})
    contact_name = text("对方联系人", 40, star=True)
    contact_title = text("职务", 40)
    contact_phone = text("手机", 30, attrs={"inputmode": "tel"})
    headcount = whole("人数", 500, star=True, say="填写来访人数，至少 1 人")
    purpose = pick("目的", [("", "请选择"), *Purpose.choices], star=True)
    subject = text("事由", 2000, rows=2, star=True)
    arrive_at = moment("到达", star=True)
    leave_at = moment("离开", star=True)
    transport = text("交通方式", 80, attrs={"placeholder": "如 高铁 G7182，湖州站"})
    department = one_of("责任部门", Department.objects.all(), star=True)
    applicant_phone = text("电话", 30, attrs={"inputmode": "tel"})
    retroactive = forms.BooleanField(label="补办", required=False)
    secret = forms.BooleanField(label="是否涉密", required=False)
    retro_reason = text("补办原因", 200)
    retro_agreed_by = text("口头同意人", 40)
    retro_agreed_at = moment("口头同意")
    proposed_tier = one_of("拟定级别", Tier.objects.none(), star=True, widget=forms.RadioSelect)
    host = HostField(
        User.objects.none(), label="主陪领导", required=False, empty_label="请选择",
        error_messages={"required": "请选择主陪领导", "invalid_choice": "请选择主陪领导"},
    )  # fmt: skip
    host.star = True  # type: ignore[attr-defined]
    host_anyway = forms.BooleanField(label="仍请他主陪", required=False)
    companions = text("陪同人员", 200, attrs={"placeholder": "如 邱实、方可"})
    needs = forms.MultipleChoiceField(choices=Need.choices, required=False)
    overspend_reason = text("超标说明", 200, rows=2)
    note = text("备注", 2000, rows=2, attrs={"placeholder": "需要领导知道的事"})

    def __init__(
        self,
        *args: Any,
        tiers: list[Tier],
        strict: bool = False,
        reception: Reception | None = None,
        **kwargs: Any,
    ):
        if reception is not None and "initial" not in kwargs:
            kwargs["initial"] = initial_of(reception)
        super().__init__(*args, **kwargs)
        self.tiers, self.strict = tiers, strict
        self.set_rows(reception)
        self.fields["retro_agreed_at"].label = "口头同意时间"
        tier, host = self.fields["proposed_tier"], self.fields["host"]
        tier.queryset = Tier.objects.all()  # type: ignore[attr-defined]
        tier.choices = [(row.pk, row.name) for row in tiers]  # type: ignore[attr-defined]
        host.queryset = User.objects.hosts()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Together: leaving after arriving, and what a ticked need must say."""
        got = super().clean() or self.cleaned_data
        arrive, leave = got.get("arrive_at"), got.get("leave_at")
        if arrive and leave and leave <= arrive:
            self.add_error(
                "leave_at", f"离开时间要晚于到达时间 {self['arrive_at'].data.replace('T', ' ')[:16]}"
            )
        self.check_rows(got, strict=self.strict)
        return got

    def columns(self) -> dict[str, Any]:
        """The request's columns that were typed well; a broken one is left out, so that a draft keeps its last good value."""
        good = {name: self.cleaned_data[name] for name in COLUMNS if name in self.cleaned_data}
        if "leave_at" in self.errors and good.get("arrive_at"):
            good["leave_at"] = None  # the last good one may lie before the new arrival
        return good

    @property
    def has_treats(self) -> bool:
        """Whether anything stands in section six."""
        return any(bound.value() not in (None, "") for bound in self.treats)

    @property
    def ticks(self) -> list[dict[str, Any]]:
        """The tick boxes of section four, in order."""
        on = set(self["needs"].value() or ())
        return [
            {"id": f"id_need_{value}", "value": value, "label": label, "on": value in on, **TICKS[value]}
            for value, label in Need.choices
        ]


def initial_of(reception: Reception) -> dict[str, Any]:
    """What the form shows of a request that is already there."""
    values = {
        name: getattr(reception, name)
        for name in COLUMNS
        if name not in ("department", "proposed_tier", "host")
    }
    values |= {name: getattr(reception, f"{name}_id") for name in ("department", "proposed_tier", "host")}
    return values | MoneyFields.initial_of(reception.lines.all())
