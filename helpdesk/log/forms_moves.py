"""One small form a move of the call."""

from django import forms

from helpdesk.cases.forms import MoveForm, text
from helpdesk.complaints.choices import Courtesy
from helpdesk.matters.forms import department, person
from helpdesk.repairs.models import Repair
from reception.core.people.models import Department, User


class ReplyForm(MoveForm):
    """答复并关闭: what the caller was told (E5.2.1b)."""

    reply = text("回复内容", rows=3, limit=1000, say="请写下怎样回复的，再关闭。")


class ConvertForm(MoveForm):
    """转报修: nothing more is needed, the call carries it all."""


class ConvertPlaceForm(ConvertForm):
    """转报修 of a call that was noted without an address: it is asked for here, for somebody must go there."""

    place = text("地址", say="请填地址（楼栋、房号），师傅才知道去哪里。")


class EnquireContactForm(ConvertForm):
    """登记查询 of a call back that was promised to somebody without a number: it is asked for here (E5.2.1b)."""

    contact = text("联络方式", limit=80, say="请留下联络方式，好按时回电。（E5.2.1b）")


class JoinForm(MoveForm):
    """并入维修单: the open order that is about the same trouble, by its number."""

    order = forms.ModelChoiceField(
        Repair.objects.select_related("repairer"),
        to_field_name="no",
        label="并入哪一张（单号）",
        widget=forms.TextInput(attrs={"placeholder": "WX-2026-0001"}),
        error_messages={
            "required": "请填要并入的维修单号，如 WX-2026-0001。",
            "invalid_choice": "没有这张维修单，请看单号是否写全，如 WX-2026-0001。",
        },
    )


class ComplainForm(MoveForm):
    """转投诉: the courtesy that came first, and whom it is about when that is known."""

    courtesy = forms.ChoiceField(
        label="致歉或致谢",
        choices=Courtesy.choices,
        error_messages={"required": "请先致歉或致谢，再受理。", "invalid_choice": "请先致歉或致谢，再受理。"},
    )
    against_department = forms.ModelChoiceField(
        Department.objects.all(),
        label="被投诉部门",
        required=False,
        empty_label="没有说",
        error_messages={"invalid_choice": "没有这个部门，请重选。"},
    )
    against_person = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        label="被投诉人",
        required=False,
        empty_label="没有说",
        error_messages={"invalid_choice": "没有这个人，请重选。"},
    )
    wish = text("诉求", required=False)


class PraiseForm(MoveForm):
    """转其他问题 of praise: whom it names, a person or a department."""

    praised = person("表扬谁")
    praised_department = department("表扬哪个部门")


class PutThroughForm(MoveForm):
    """转其他问题 of a call that was put through: to whom."""

    transfer_to = text("转给谁", limit=60, say="转给了谁？请写姓名或部门。")
