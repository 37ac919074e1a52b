"""One small form a move of the enquiry: what must be said to make it (C3, E5.2)."""

from typing import Any

from django import forms

from helpdesk.cases.forms import MoveForm, moment, text
from helpdesk.enquiries.choices import VISIT, WECHAT, Way
from helpdesk.enquiries.models import Enquiry
from reception.core.people.models import User

CITED = 10  # documents of one answer


class Person(forms.ModelChoiceField):
    """Somebody who works here, by name and department."""

    def label_from_instance(self, obj: Any) -> str:
        """邵敏（技术品质部）."""
        return obj.signature


class Sources(forms.MultipleChoiceField):
    """Keys of documents that were found and ticked; whether they are in force the action judges."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="引用的文件", required=False, **kwargs)

    def valid_value(self, value: str) -> bool:
        """Any short key without a NUL; PostgreSQL takes none."""
        return len(value) <= 40 and "\x00" not in value

    def validate(self, value: list[str]) -> None:
        """So many at most, each a key."""
        super().validate(value)
        if len(value) > CITED:
            raise forms.ValidationError(f"一次答复最多引用 {CITED} 份文件。")

    default_error_messages = {"invalid_choice": "引用的文件已经停用，请重新查一遍。（C3）"}


class EnquiryForm(MoveForm):
    """A move of an enquiry; `about` fills in what is known already."""

    field_template = "helpdesk/enquiries/_field.html"
    known: tuple[tuple[str, str], ...] = ()

    def about(self, enquiry: Enquiry) -> None:
        """What the record says stands in the untouched form."""
        if not self.is_bound:
            self.initial.update((name, getattr(enquiry, column)) for name, column in self.known)


class AnswerForm(EnquiryForm):
    """当场答复, 回复: what was said, from which documents, and whether that was all."""

    words = text("答复内容", rows=3, limit=2000, say="请写下怎样答复的。")
    way = forms.ChoiceField(
        label="答复方式",
        choices=Way.choices,
        error_messages={"required": "请选怎样答复的。", "invalid_choice": "请选怎样答复的。"},
    )
    sources = Sources()
    closes = forms.BooleanField(label="没有别的问题，同时关闭", required=False, initial=True)
    known = (("words", "advice"),)

    def about(self, enquiry: Enquiry) -> None:
        """What a specialist said stands in it; whoever stands at the desk is answered there."""
        super().about(enquiry)
        if not self.is_bound:
            self.initial["way"] = {VISIT: Way.FACE, WECHAT: Way.WECHAT}.get(enquiry.channel, Way.PHONE)


class PromiseForm(EnquiryForm):
    """承诺回电: number and time."""

    reply_due_at = moment("答复时限")
    contact = text("联络方式", limit=80, say="请留下联络方式，好按时回电。")
    known = (("contact", "phone"),)


class HandForm(EnquiryForm):
    """转专业人员: a named one."""

    specialist = Person(
        User.objects.filter(is_active=True).select_related("department").order_by("department", "pk"),
        label="咨询对象",
        empty_label="请选",
        error_messages={"required": "请选转给哪一位专业人员。", "invalid_choice": "没有这个人，请重选。"},
    )
    note = text("说明", rows=2, required=False)


class AdviseForm(EnquiryForm):
    """专业答复: and whether the customer has it already."""

    words = text("答复内容", rows=3, limit=2000, say="请写下怎样答复的。")
    told = forms.BooleanField(label="我已经直接回复客户（不勾选则由前台回电）", required=False)
    way = forms.ChoiceField(
        label="答复方式",
        choices=Way.choices,
        error_messages={"required": "请选怎样答复的。", "invalid_choice": "请选怎样答复的。"},
    )
    sources = Sources()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].widget.attrs["data-only"] = "told:true"


class AttemptForm(EnquiryForm):
    """没打通: the press says when and by whom."""

    note = text("备注", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["placeholder"] = "如：无人接听、关机"


class RearrangeForm(EnquiryForm):
    """改约时间: a new promise, why, and with whom it was agreed."""

    reply_due_at = moment("新的答复时限")
    contact = text("联络方式", limit=80, say="请留下联络方式，好按时回电。")
    reason = text("原因，与谁说定", rows=2, limit=500, say="请写明为什么改约、与谁说定。")
    known = (("contact", "contact"),)


class ReasonForm(EnquiryForm):
    """A move that must be explained."""

    reason = text("原因", rows=2, limit=500, say="请写明原因。")
