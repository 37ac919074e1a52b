"""The matter as it is written down, and one small form a move: what must be said to make it (D4.4.3)."""

from typing import Any

from django import forms

from helpdesk.cases.forms import MoveForm, Sheet, moment, text
from helpdesk.matters.choices import Kind, Opinion, Verdict, Way
from helpdesk.matters.models import Matter
from reception.core.people.models import Department, User


def choice(label: str, choices: list[tuple[str, str]], **kwargs: Any) -> forms.ChoiceField:
    """One of a few; nothing is chosen beforehand."""
    sentence = f"请选{label}。"
    return forms.ChoiceField(
        label=label,
        choices=[("", "请选"), *choices],
        error_messages={"required": sentence, "invalid_choice": sentence},
        **kwargs,
    )


def department(label: str) -> forms.ModelChoiceField:
    """A department, or none."""
    return forms.ModelChoiceField(
        Department.objects.all(),
        label=label,
        required=False,
        empty_label="不指定",
        error_messages={"invalid_choice": "没有这个部门，请重选。"},
    )


def person(label: str) -> forms.ModelChoiceField:
    """Somebody who works here, or nobody."""
    return forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        label=label,
        required=False,
        empty_label="不指定",
        error_messages={"invalid_choice": "没有这个人，请重选。"},
    )


class MatterForm(Sheet):
    """登记其他问题 without a call: what was noticed on a round, said in passing, or written in."""

    kind = choice("类型", Kind.choices)
    reporter = text("反映人", limit=40, say="请问清反映人贵姓。")
    phone = text("电话", limit=32, required=False)
    place = text("房号或单位", limit=120, required=False)
    channel = forms.ChoiceField(
        label="方式", choices=[(word, word) for word in ("来访", "电话", "微信", "巡检", "其他")]
    )
    content = text("内容", rows=3, limit=2000, say="请写反映的内容。")
    praised = person("表扬谁")
    praised_department = department("表扬哪个部门")
    transfer_to = text("转给谁", limit=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("praised", "praised_department"):
            self.fields[name].widget.attrs["data-only"] = "kind:praise"
        self.fields["transfer_to"].widget.attrs["data-only"] = "kind:transfer"


class ReasonForm(MoveForm):
    """A move that must be explained."""

    reason = text("原因", rows=2, limit=500, say="请写明原因。")


class AssignForm(MoveForm):
    """交办: to whom, until when, and what they should know."""

    department = department("承办部门")
    worker = person("承办人")
    due_at = moment("办理时限")
    words = text("交办意见", rows=2, limit=500, required=False)


class ReassignForm(MoveForm):
    """改派: to whom now, until when, and why."""

    department = department("承办部门")
    worker = person("承办人")
    due_at = moment("办理时限")
    reason = text("改派原因", rows=2, limit=500, say="请写明为什么改派。")


class PostponeForm(MoveForm):
    """约定新时限: until when, why, and with whom it was agreed."""

    due_at = moment("新的时限")
    reason = text("约定原因", rows=2, limit=200, say="请写明为什么约定新的时限、与谁约定。")


class NoteForm(MoveForm):
    """记进展."""

    words = text("进展", rows=2, limit=500, say="请写办到哪一步了。")


class ResultForm(MoveForm):
    """办结: what came of it; a suggestion is answered."""

    verdict = choice("是否采纳", Verdict.choices, required=False)
    result = text("办理结果", rows=3, limit=2000, say="请写办理的结果。")

    def about(self, matter: Matter) -> None:
        """Only a suggestion has a verdict."""
        if matter.kind != Kind.ADVICE:
            del self.fields["verdict"]


class FeedbackForm(MoveForm):
    """反馈: how, and what the one who reported it says."""

    way = choice("反馈方式", Way.choices)
    opinion = choice("反映人意见", Opinion.choices)
    opinion_words = text("反映人的话", rows=2, limit=500, required=False)
