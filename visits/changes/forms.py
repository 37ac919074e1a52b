"""A 变更 as a form: the application's own fields, but only those that may change; and what a leader answers."""

from typing import Any

from django import forms

from visits.changes import arranging
from visits.changes.content import COLUMNS
from visits.changes.models import Change
from visits.forms import Sheet, money, text
from visits.requests.forms import ApplyForm, initial_of
from visits.requests.forms_money import MoneyFields
from visits.requests.models import Reception
from visits.tiers.models import Tier


class ChangeForm(ApplyForm):
    """The application without what was approved for good. Inputs as the application's; `it` is the reception as the
    draft would have it. After is_valid(): `columns()`, `lines()`, `why()`."""

    reason = text("变更原因", 200, rows=2, star=True, attrs={"placeholder": "如 客户推迟三天"})

    def __init__(self, *args: Any, it: Reception, change: Change, tiers: list[Tier], **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(it) | {"reason": change.reason})
        super().__init__(*args, tiers=tiers, reception=it, **kwargs)
        self.stored = arranging.values_of(it)
        for name in (
            set(self.fields) - set(COLUMNS) - set(MoneyFields.base_fields) - {"reason", "host_anyway"}
        ):
            del self.fields[name]
        self.fields["proposed_tier"].label = "接待级别"

    def columns(self) -> dict[str, Any]:
        """What of the version was typed well."""
        return {name: value for name, value in super().columns().items() if name in COLUMNS}

    def priced(self) -> list[dict[str, Any]] | None:
        """The budget lines when somebody touched them; None leaves those that are there, which may be more than the
        form has inputs for."""
        return self.lines() if self.repriced else None

    @property
    def repriced(self) -> bool:
        """Whether a need, a quantity or a price was touched."""
        return bool(set(self.changed_data) & {*MoneyFields.base_fields, "needs"})

    def check_rows(self, got: dict[str, Any], *, strict: bool) -> None:
        """What was approved without rows is asked for them only when a need is touched."""
        super().check_rows(got, strict=strict and (bool(self.stored) or "needs" in self.changed_data))

    def why(self) -> str | None:
        """The reason as typed, None when it cannot be kept."""
        return self.cleaned_data.get("reason")


class AnswerForm(Sheet):
    """同意 or 不同意: the opinion, and the leader's own amounts for activities and gifts (A7b)."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = text("意见", 500, rows=2)
    activity_budget = money("活动标准（元）", digits=10)
    gift_budget = money("礼品标准（元）", digits=10)

    @property
    def seen(self) -> int | None:
        """The revision that the page showed."""
        return self.cleaned_data.get("revision")

    def amounts(self) -> dict[str, Any]:
        """元, None where nothing was typed."""
        return {name: self.cleaned_data.get(name) for name in ("activity_budget", "gift_budget")}
