"""One small form a move of the repair order: what must be said to make it."""

from typing import Any

from django import forms

from helpdesk.cases.forms import MoveForm, Sheet, moment, text
from helpdesk.repairs.choices import Hold, SlipReason
from helpdesk.repairs.models import Repair
from reception.core.people.models import User

SCORES = [("", "未评"), (5, "5 很满意"), (4, "4 满意"), (3, "3 一般"), (2, "2 不满意"), (1, "1 很不满意")]


class ReasonForm(MoveForm):
    """A move that must be explained."""

    reason = text("原因", rows=2, limit=500, say="请写明原因。")


class PersonField(forms.ModelChoiceField):
    """A repairer by name and trade."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            User.objects.none(),
            label="维修员",
            empty_label="请选维修员",
            error_messages={"required": "请选维修员。", "invalid_choice": "这位师傅不在派工名单里，请重选。"},
            **kwargs,
        )

    def label_from_instance(self, obj: Any) -> str:
        """陈建国·水电."""
        return f"{obj}·{obj.trade}" if obj.trade else str(obj)


class DispatchForm(MoveForm):
    """派工: who goes, at once or at the time agreed with its reason (D4.4.1)."""

    repairer = PersonField()
    agreed = forms.ChoiceField(
        label="到场时限", choices=[("now", "马上，30分钟内"), ("later", "另约时间")], required=False
    )
    appoint_at = moment("预约时间", required=False)
    agreed_reason = text("约定原因", required=False)
    agreed_with = text("约定人", limit=32, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["repairer"].queryset = User.objects.in_role("repairer")  # type: ignore[attr-defined]
        for name in ("appoint_at", "agreed_reason", "agreed_with"):
            self.fields[name].widget.attrs["data-only"] = "agreed:later"

    def clean(self) -> dict[str, Any]:
        """An agreed time needs when, why and with whom."""
        data = super().clean() or {}
        if data.get("agreed") == "later":
            for name, sentence in (
                ("appoint_at", "请填另约的上门时间。"),
                ("agreed_reason", "另约要写原因。"),
                ("agreed_with", "请写与谁约定。"),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return data

    def inputs(self) -> dict[str, Any]:
        """At once has no agreed time, whatever was typed before the choice changed."""
        given = super().inputs()
        if given.pop("agreed") != "later":
            given |= {"appoint_at": None, "agreed_reason": "", "agreed_with": ""}
        return given


class ReassignForm(ReasonForm):
    """转派: another repairer, and why."""

    repairer = PersonField()
    field_order = ["repairer", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["repairer"].queryset = User.objects.in_role("repairer")  # type: ignore[attr-defined]


class RearrangeForm(ReasonForm):
    """改约: a new time, who agreed, and why; an earlier breach stays."""

    appoint_at = moment("新的上门时间")
    agreed_with = text("约定人", limit=32, say="请写与谁约定。")
    field_order = ["appoint_at", "agreed_with", "reason"]


class PauseForm(MoveForm):
    """暂停: one of the known holds, and a word more if needed."""

    hold = forms.ChoiceField(label="暂停原因", choices=Hold.choices)
    words = text("说明", required=False)

    def inputs(self) -> dict[str, Any]:
        """What it waits for, and the words."""
        return {"hold": self.cleaned_data["hold"], "reason": self.cleaned_data.get("words") or ""}


class MaterialForm(Sheet):
    """One line of material; an empty line is left out."""

    name = text("材料名称", limit=60, required=False)
    spec = text("规格", limit=60, required=False)
    quantity = forms.DecimalField(
        label="数量",
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
        error_messages={"invalid": "数量请填数字。", "min_value": "数量要大于 0。"},
    )
    unit_price = forms.DecimalField(
        label="单价（元）",
        min_value=0,
        max_digits=10,
        decimal_places=2,
        required=False,
        error_messages={"invalid": "单价请填数字。", "min_value": "单价不能小于 0。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("quantity", "unit_price"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"

    def clean(self) -> dict[str, Any]:
        """A named material has a quantity above nought."""
        data = super().clean() or {}
        if data.get("name") and not data.get("quantity") and "quantity" not in self.errors:
            self.add_error("quantity", "请填数量，要大于 0。")
        if not data.get("name") and (data.get("quantity") or data.get("unit_price")):
            self.add_error("name", "请填材料名称。")
        return data


MaterialRows = forms.formset_factory(MaterialForm, extra=1, max_num=30, validate_max=True)


def score_field() -> forms.TypedChoiceField:
    """满意度 1–5, or not given."""
    return forms.TypedChoiceField(
        label="满意度", coerce=int, empty_value=None, required=False, choices=SCORES
    )


class FinishForm(MoveForm):
    """完工: cause, measures, materials, the customer's opinion and signature (or why there is none)."""

    measures = text("措施", rows=2, limit=1000, say="请写修了什么、怎么修的。")
    cause = text("原因", limit=500, required=False)
    signed_name = text("客户签字", limit=32, required=False)
    unsigned_reason = text("无人在场原因", required=False)
    score = score_field()
    opinion = text("客户意见", limit=500, required=False)
    paid = forms.TypedChoiceField(
        label="收费", choices=[("", "照原单"), ("no", "无偿"), ("yes", "有偿")], required=False,
        coerce=lambda value: value == "yes", empty_value=None,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = MaterialRows(self.data if self.is_bound else None, prefix="m")

    def is_valid(self) -> bool:
        """The form and its material lines; a wrong line is said at the top too."""
        if not self.rows.is_valid() and "用料有要改的地方，请看材料各行。" not in self.non_field_errors():
            self.add_error(None, "用料有要改的地方，请看材料各行。")
        return super().is_valid()

    def clean(self) -> dict[str, Any]:
        """The customer signs, or it is said why not (records §2 验收)."""
        data = super().clean() or {}
        if not data.get("signed_name") and not data.get("unsigned_reason"):
            self.add_error("signed_name", "请填客户签字的姓名；无人在场的，写明原因。")
        return data

    def inputs(self) -> dict[str, Any]:
        """The fields, and the named material lines."""
        lines = [row.cleaned_data for row in self.rows if row.cleaned_data.get("name")]
        return {**super().inputs(), "materials": lines}


class ExplainForm(MoveForm):
    """登记未返回原因: why, in words where the list has none, and when it is expected (E5.3.7)."""

    slip_reason = forms.ChoiceField(
        label="未返回原因", choices=[("", "请选"), *SlipReason.choices],
        error_messages={"required": "请选底联未返回的原因。", "invalid_choice": "没有这个原因，请重选。"},
    )  # fmt: skip
    slip_words = text("说明与措施", required=False)
    slip_expected_on = forms.DateField(
        label="预计返回", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "预计返回要写成年月日。"},
    )  # fmt: skip


class LinkForm(MoveForm):
    """记为返修: the number of the order whose fault came back."""

    origin = forms.ModelChoiceField(
        Repair.objects.all(), label="返修原单号", to_field_name="no", widget=forms.TextInput,
        error_messages={"required": "请填返修原单号，如 WX-2026-0318。", "invalid_choice": "没有这个单号，请核对。"},
    )  # fmt: skip


class ReworkForm(MoveForm):
    """再报返修: what is broken again."""

    content = text("返修内容", rows=2, limit=500, say="请写哪里又坏了。")


class SlipForm(MoveForm):
    """底联返回: who brought it, what it says."""

    slip_note = text("底联说明", required=False)


class RevisitForm(MoveForm):
    """回访: what the customer said on the telephone, and the score."""

    revisit_note = text("回访记录", rows=2, limit=500, say="请写回访时客户怎么说。")
    score = score_field()


class CloseForm(MoveForm):
    """关闭: the customer's word (D4.4.1)."""

    close_word = text("客户的话", rows=2, limit=500, say="请写客户确认的话，再关闭。")
