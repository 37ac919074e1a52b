"""One small form a move of the collective report."""

from typing import Any

from django import forms

from helpdesk.cases.forms import MoveForm, text
from helpdesk.collective.choices import Result
from helpdesk.collective.models import Collective, Household


class ReasonForm(MoveForm):
    """不立案 must be explained."""

    reason = text("原因", rows=2, limit=500, say="请写明为什么不立案。")


class CallBackForm(MoveForm):
    """登记回访: which household, what came of it, what they said."""

    household = forms.ModelChoiceField(
        Household.objects.none(),
        label="哪一户",
        empty_label="请选",
        error_messages={
            "required": "请选还没有回访的一户。",
            "invalid_choice": "这一户已经回访过，请看最新的名单。",
        },
    )
    result = forms.ChoiceField(
        label="回访结果",
        choices=[("", "请选"), *Result.choices],
        error_messages={"required": "请选回访结果。", "invalid_choice": "请选回访结果。"},
    )
    words = text("住户的话", rows=2, limit=500, required=False)

    def about(self, collective: Collective, chosen: Any = None) -> None:
        """Those who still wait; `chosen` stands first."""
        rows = Household.objects.filter(collective=collective, called_at__isnull=True).select_related("unit")
        self.fields["household"].queryset = rows  # type: ignore[attr-defined]
        if not self.is_bound and chosen:
            self.initial["household"] = chosen
