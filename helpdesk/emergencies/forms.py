"""One small form a move of the emergency: what must be said to make it."""

from typing import Any

from django import forms

from helpdesk.cases.forms import MoveForm, Sheet, moment, text
from helpdesk.cases.models import Category
from helpdesk.emergencies.choices import Grade, How, Service
from helpdesk.emergencies.models import Alert, Duty, Emergency

GRADES = [("", "未定"), *Grade.choices]


class AlarmForm(Sheet):
    """上报突发: nothing has to be filled in, the alarm goes out all the same."""

    content = text("什么情况", limit=500, required=False)
    place = text("地点", limit=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["content"].widget.attrs |= {
            "placeholder": "如：电梯困人 2 人；不知道可以不填",
            "autofocus": True,
        }
        self.fields["place"].widget.attrs["placeholder"] = "如：2栋1单元；可以随后补"


class OfEmergency(MoveForm):
    """A form that offers rows of the emergency itself; `about` names it."""

    def about(self, emergency: Emergency) -> None:
        """Offer this emergency's own rows."""


class ReasonForm(MoveForm):
    """A move that must be explained."""

    reason = text("原因", rows=2, limit=500, say="请写明原因。")


class AnswerForm(OfEmergency):
    """代记回执: who confirmed, how, and what they said."""

    person = forms.ModelChoiceField(
        Alert.objects.none(),
        label="谁确认了",
        empty_label="请选",
        error_messages={"required": "请选还没有确认的人。", "invalid_choice": "请选还没有确认的人。"},
    )
    how = forms.ChoiceField(
        label="方式",
        choices=[(one.value, one.label) for one in (How.PHONE, How.FACE)],
    )
    words = text("回执内容", limit=100, required=False)

    def about(self, emergency: Emergency) -> None:
        """Those who have not confirmed yet."""
        rows = Alert.objects.filter(emergency=emergency, acknowledged_at__isnull=True)
        self.fields["person"].queryset = rows  # type: ignore[attr-defined]


class AcknowledgeForm(MoveForm):
    """确认收到: one press; a word about what one does is welcome."""

    words = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)


class HandleForm(MoveForm):
    """开始处置: who commands on the spot."""

    commander = text("现场指挥", limit=40, say="请写现场指挥是谁。")


class ControlForm(MoveForm):
    """已控制: what was done; the place when it was still open."""

    measures = text("已采取措施", rows=3, limit=2000, say="请写已采取的措施。")
    place = text("地点", limit=120, required=False)


class PapersForm(MoveForm):
    """What describes an emergency."""

    category = forms.ModelChoiceField(
        Category.objects.filter(kind="emergency"),
        label="类别",
        required=False,
        empty_label="未定",
        error_messages={"required": "请选突发的类别。", "invalid_choice": "没有这个类别，请重选。"},
    )
    grade = forms.ChoiceField(
        label="等级", choices=GRADES, required=False, error_messages={"required": "请选等级。"}
    )
    casualties = text("伤亡", limit=200, required=False)
    losses = text("损失", limit=200, required=False)


class AmendForm(PapersForm):
    """补充情况: whatever has become known; what is left empty stays as it is."""

    place = text("地点", limit=120, required=False)
    happened_at = moment("发生时间", required=False)
    content = text("情况", rows=2, limit=2000, required=False)
    reporter = text("报告人", limit=40, required=False)
    phone = text("电话", limit=32, required=False)
    field_order = ["place", "category", "grade", "happened_at", "content", "reporter", "phone"]


class WriteForm(PapersForm):
    """交书面报告."""

    story = text("经过", rows=4, limit=2000, say="请写经过。")
    result = text("处理结果", rows=3, limit=2000, say="请写处理结果。")
    field_order = ["category", "grade", "story", "casualties", "losses", "result"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("category", "grade"):
            self.fields[name].required = True


class PreventForm(MoveForm):
    """总结防范."""

    prevention = text("防范措施", rows=3, limit=2000, say="请写防范措施。")


class ReviewForm(MoveForm):
    """经理审核."""

    opinion = text("审核意见", rows=2, limit=500, say="请写审核意见。")


class CloseForm(MoveForm):
    """领导关闭."""

    close_word = text("领导意见", rows=2, limit=500, say="请写领导意见，再关闭。")


class NoteForm(MoveForm):
    """记一笔, with the server's time."""

    words = text("现场情况", rows=2, limit=500, say="请写现场情况。")
    spread = forms.BooleanField(label="同时通知上报的人", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["placeholder"] = "时间自动带上，写完按 Ctrl+Enter"


class InstructForm(MoveForm):
    """记领导指示."""

    words = text("领导指示", rows=2, limit=500, say="请写谁作了什么指示。")


class OutsideForm(MoveForm):
    """外部报警."""

    service = forms.ChoiceField(
        label="报给",
        choices=Service.choices,
        error_messages={"required": "请选报给了谁。", "invalid_choice": "请选报给了谁。"},
    )
    words = text("说明", limit=200, required=False)


class TickForm(OfEmergency):
    """做完一项."""

    duty = forms.ModelChoiceField(
        Duty.objects.none(),
        widget=forms.HiddenInput,
        error_messages={
            "required": "请选做完的一项。",
            "invalid_choice": "这一项已经有人做完，或者不在清单里。",
        },
    )

    def about(self, emergency: Emergency) -> None:
        """What is not done yet."""
        rows = Duty.objects.filter(emergency=emergency, done_at__isnull=True)
        self.fields["duty"].queryset = rows  # type: ignore[attr-defined]
