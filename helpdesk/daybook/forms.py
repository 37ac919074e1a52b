"""Why each thing is still open, a row each; and the signatures."""

from typing import Any

from django import forms

from helpdesk.cases.forms import MoveForm, Sheet, text
from helpdesk.daybook.actions import Why
from helpdesk.daybook.choices import Reason
from helpdesk.daybook.gathering import Left
from helpdesk.daybook.models import Carried

ROW = ("reason", "words", "expected")


class WhyForm(Sheet):
    """One row of three fields for each thing that is open; an untouched row is no mistake until 交班.

    left: what is open; known: what was said of it today, by number; before: what the last day said, to start from:
    it counts only when it is sent again, for nothing is carried over silently (D4.1).
    """

    in_time = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        left: list[Left],
        known: dict[str, Carried],
        *args: Any,
        before: dict[str, Carried] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.left, self.known = left, known
        for one in left:
            self._row(one, known.get(one.no) or (before or {}).get(one.no))

    def _row(self, one: Left, said: Carried | None) -> None:
        choices = [
            ("", "请选"),
            *(c for c in Reason.choices if c[0] != Reason.IN_TIME or not (one.late or one.slip)),
        ]
        fields: dict[str, forms.Field] = {
            "reason": forms.ChoiceField(
                label=f"{one.no} 未完成原因", required=False, choices=choices, initial=said.reason if said else "",
                error_messages={"invalid_choice": f"{one.no}：这个原因不能用，请重选。"},
            ),
            "words": text(f"{one.no} 措施", required=False, initial=said.words if said else ""),
            "expected": forms.DateField(
                label=f"{one.no} 预计完成", required=False, initial=said.expected_on if said else None,
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
                error_messages={"invalid": f"{one.no}：预计完成要写成年月日。"},
            ),
        }  # fmt: skip
        for name, field in fields.items():
            css = "form-select" if name == "reason" else "form-control"
            field.widget.attrs |= {"class": css, "aria-label": field.label}
            self.fields[f"{name}_{one.no}"] = field

    def rows(self) -> list[dict[str, Any]]:
        """For the page: what is open, its three fields, and what was said before."""
        return [
            {"left": one, "said": self.known.get(one.no), **{name: self[f"{name}_{one.no}"] for name in ROW}}
            for one in self.left
        ]

    def whys(self) -> dict[str, Why]:
        """The rows that say something."""
        found = {}
        for one in self.left:
            reason, words, expected = (self.cleaned_data.get(f"{name}_{one.no}") for name in ROW)
            if reason or words or expected:
                found[one.no] = Why(reason or "", words or "", expected)
        return found


class TurnForm(MoveForm):
    """交班签字 of a shift within the day."""

    duty = text("值班人", limit=120, required=False)
    words = text("交接事项", rows=2, limit=500, required=False)


class HandForm(MoveForm):
    """交班签字 of the last shift: what the next day should know."""

    duty = text("值班人", limit=120, required=False)
    summary = text("突发与重要情况", rows=2, limit=500, required=False)
    tomorrow = text("明日待办", rows=2, limit=500, required=False)


class ReviewForm(MoveForm):
    """审阅签字."""

    opinion = text("经理意见", rows=2, limit=500, say="请写审阅意见，没有意见的写“已阅”。")


class BackForm(MoveForm):
    """退回补写."""

    reason = text("原因", rows=2, limit=500, say="请写明退回补写的原因。")
