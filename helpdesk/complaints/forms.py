"""One small form a move of the complaint: what must be said to make it."""

from typing import Any

from django import forms

from helpdesk.cases.forms import MoveForm, moment, text
from helpdesk.complaints.choices import Nature, Opinion, Way
from helpdesk.complaints.models import Complaint
from reception.core.people.models import Department


def choice(label: str, choices: list[tuple[str, str]], **kwargs: Any) -> forms.ChoiceField:
    """One of a few; nothing is chosen beforehand."""
    sentence = f"请选{label}。"
    return forms.ChoiceField(
        label=label,
        choices=[("", "请选"), *choices],
        error_messages={"required": sentence, "invalid_choice": sentence},
        **kwargs,
    )


class VerifyForm(MoveForm):
    """核实."""

    facts = text("事实真相", rows=3, limit=2000, say="请写调查到的事实真相。")
    nature = choice("性质", Nature.choices)


class ConfirmForm(MoveForm):
    """确认签字: opinion, and for what is founded the department and its limit."""

    decision = text("意见", rows=3, limit=2000, say="请写意见，再签字。")
    nature = choice("性质", Nature.choices)
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label="责任部门",
        required=False,
        empty_label="请选",
        error_messages={"invalid_choice": "没有这个部门，请重选。"},
    )
    due_at = moment("处理时限", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("department", "due_at"):
            self.fields[name].widget.attrs["data-only"] = "nature:valid"

    def about(self, complaint: Complaint) -> None:
        """What the investigator found stands in it."""
        if not self.is_bound:
            self.initial["nature"] = complaint.nature

    def inputs(self) -> dict[str, Any]:
        """What is not founded has no department, whatever was chosen before."""
        given = super().inputs()
        return given if given["nature"] == Nature.VALID else {**given, "department": None, "due_at": None}


class FinishForm(MoveForm):
    """处理完毕."""

    cause = text("原因", rows=2, limit=2000, say="请写原因。")
    measures = text("措施", rows=2, limit=2000, say="请写采取的措施。")
    prevention = text("纠正预防", rows=2, limit=2000, required=False)


class FeedbackForm(MoveForm):
    """反馈客户: how, and what the customer says."""

    way = choice("反馈方式", Way.choices)
    opinion = choice("顾客意见", Opinion.choices)
    opinion_words = text("顾客的话", rows=2, limit=500, required=False)
