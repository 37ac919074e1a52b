"""What is asked at the door, and one small form a move."""

from typing import Any

from django import forms

from helpdesk.cases.forms import MoveForm, Sheet, moment, text
from reception.core.people.models import Department, User


class Person(forms.ModelChoiceField):
    """Somebody who works here, by name and department."""

    def label_from_instance(self, obj: Any) -> str:
        """沈国栋（公司领导）."""
        return obj.signature


class VisitorForm(Sheet):
    """访客登记 (records §2 访客记录)."""

    key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    name = text("来访人", limit=40, say="请问清来访人贵姓。")
    title = text("职务", limit=40, required=False)
    company = text("单位", limit=80, required=False)
    people = forms.IntegerField(
        label="人数",
        initial=1,
        min_value=1,
        max_value=500,
        error_messages={
            "required": "请填人数。",
            "invalid": "人数请填整数。",
            "min_value": "人数至少 1 人。",
            "max_value": "人数最多 500 人。",
        },
    )
    host = Person(
        User.objects.filter(is_active=True).select_related("department").order_by("department", "pk"),
        label="被访人",
        required=False,
        empty_label="请选",
        error_messages={"invalid_choice": "没有这个人，请重选。"},
    )
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label="被访部门",
        required=False,
        empty_label="不知道找谁时选部门",
        error_messages={"invalid_choice": "没有这个部门，请重选。"},
    )
    purpose = text("事由", say="请写来访事由。")
    phone = text("电话", limit=32, required=False)
    paper = text("证件", limit=32, required=False)
    plate = text("车牌", limit=12, required=False)
    badge = text("访客证号", limit=16, required=False)
    came_at = moment("到达时间", required=False)
    backdate_reason = text("补记原因", limit=200, required=False)
    booked = forms.BooleanField(label="有预约", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].help_text = "只留后四位，其余不保存"
        self.fields["came_at"].help_text = "当场登记的不用填，按系统时间"
        self.fields["backdate_reason"].help_text = "填了到达时间的，写明当时为什么没有登记"
        self.fields["people"].widget.attrs["inputmode"] = "numeric"


class GuideForm(MoveForm):
    """引见: who led them."""

    guide = text("引见人", limit=40, say="请写由谁引见。")
