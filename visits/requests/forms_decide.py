"""What a leader says about a request: the tier, the host, the budgets that are theirs (A3.1b, A7b)."""

from typing import Any

from django import forms

from reception.core.people.models import User
from visits.forms import Sheet, money, text
from visits.models import Reception, Tier
from visits.requests.forms import HostField
from visits.requests.forms_people import PeopleField, everybody

PHRASES = ("同意，照办", "晚餐从简", "按标准执行")


class MoveForm(Sheet):
    """A button of the procedure: what the page showed, and the reason when one is asked for."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = text("原因", 500, rows=2)

    @property
    def seen(self) -> int | None:
        """The revision that the page showed, None when it did not say."""
        return self.cleaned_data.get("revision")


class DecideForm(MoveForm):
    """One form for 同意, 退回 and 不批准: the button decides what is read of it."""

    tier = forms.ModelChoiceField(
        Tier.objects.none(), label="核定等级", required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": "请选择核定等级"},
    )  # fmt: skip
    tier_reason = text("定级说明", 200)
    host = HostField(User.objects.none(), label="主陪领导", required=False, empty_label="请选择",
                     error_messages={"invalid_choice": "请选择主陪领导"})  # fmt: skip
    host_anyway = forms.BooleanField(label="仍请他主陪", required=False)
    to = HostField(
        User.objects.none(),
        label="转交给",
        required=False,
        error_messages={"invalid_choice": "请选择转交给谁"},
    )
    copies = PeopleField("抄送给")
    activity_budget = money("活动标准（元）", digits=10)
    gift_budget = money("礼品标准（元）", digits=10)

    def __init__(self, *args: Any, reception: Reception, tiers: list[Tier], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {
            "tier": reception.proposed_tier_id, "host": reception.host_id, "revision": reception.revision,
        })  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "意见"
        tier, host = self.fields["tier"], self.fields["host"]
        tier.queryset = Tier.objects.all()  # type: ignore[attr-defined]
        tier.choices = [(row.pk, row.name.removesuffix("级")) for row in tiers]  # type: ignore[attr-defined]
        host.queryset = User.objects.hosts()  # type: ignore[attr-defined]
        self.fields["copies"].queryset = everybody()  # type: ignore[attr-defined]
        self.fields["to"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]

    def approval(self) -> dict[str, Any]:
        """Keyword arguments of the approval."""
        names = ("tier", "tier_reason", "host", "host_anyway", "activity_budget", "gift_budget")
        return {name: self.cleaned_data.get(name) for name in names} | {
            "comment": self.cleaned_data.get("reason", ""),
            "copies": self.cleaned_data.get("copies", ()),
        }
