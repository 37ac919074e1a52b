"""Forms of resources and bookings: they check shape; rules are the actions'."""

from typing import Any

from django import forms

from visits.forms import Sheet, moment, money, our_time, pick, text, whole
from visits.resources.choices import ResourceKind, Source
from visits.tiers.models import Tier


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, validators=[our_time(label)],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": f"{label}要写成年月日，例如 2026-12-31"},
    )  # fmt: skip


def _minutes(label: str) -> forms.IntegerField:
    sentence = f"{label}要填 0 到 600 的整数"
    return forms.IntegerField(
        label=label, min_value=0, max_value=600, required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
    )  # fmt: skip


def _levels() -> list[tuple[int, str]]:
    return list(Tier.objects.values_list("pk", "name"))


class ResourceForm(Sheet):
    """登记、修改资源."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = pick("种类", ResourceKind.choices, star=True)
    name = text("名称", 60, star=True, attrs={"placeholder": "会议室名、车牌、酒店名……"})
    source = pick("内外部", Source.choices, star=True)
    place = text("地点", 80)
    keeper = text("负责人", 40)
    phone = text("电话", 30, attrs={"inputmode": "tel"})
    capacity = whole("容量（人）", 9999)
    tiers = forms.MultipleChoiceField(
        label="适用级别", choices=_levels, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "请选择适用级别", "invalid_list": "请选择适用级别"},
    )  # fmt: skip
    price = money("协议价（元）")
    price_unit = text("计价单位", 20, attrs={"placeholder": "如 间·晚、人、趟"})
    price_until = _day("协议价有效期")
    setup_before = _minutes("提前准备（分钟）")
    setup_after = _minutes("事后整理（分钟）")
    closed_on = _day("停用日期")
    note = text("说明", 200, rows=2)

    def clean(self) -> dict[str, Any]:
        """Nothing starred is empty."""
        got = super().clean() or self.cleaned_data
        for name, sentence in (("kind", "请选择种类"), ("source", "请选择内部还是外部")):
            if not got.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return got


class BookForm(Sheet):
    """预订: from when to when, what for. `override` is asked of the office alone, `anyway` where a tentative one is."""

    start, end = moment("开始", star=True), moment("结束", star=True)
    people = whole("人数", 9999)
    purpose = text("用途", 80, star=True)
    anyway = forms.BooleanField(label="仍要预订（对方的拟订让位，马上通知到人）", required=False)
    override = text("强制预订的原因", 200)

    def __init__(self, *args: Any, overrides: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not overrides:
            del self.fields["override"]


class FindForm(Sheet):
    """找空的: kind, time, people."""

    kind = pick("种类", [("", "不限"), *ResourceKind.choices])
    start, end = moment("开始"), moment("结束")
    people = whole("人数", 9999)


class MoveForm(Sheet):
    """改时间."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    start, end = moment("开始", star=True), moment("结束", star=True)
    anyway = forms.BooleanField(label="仍要预订（对方的拟订让位，马上通知到人）", required=False)
    override = text("强制预订的原因", 200)


class FreeForm(Sheet):
    """释放: why."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = text("释放的原因", 200, star=True)


class JudgeForm(Sheet):
    """资源评价."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    score = forms.TypedChoiceField(
        label="评分", coerce=int, empty_value=None, required=False,
        choices=[("", "请选择"), (5, "5 很好"), (4, "4 好"), (3, "3 一般"), (2, "2 差"), (1, "1 很差")],
        error_messages={"invalid_choice": "请打 1 到 5 分。"},
    )  # fmt: skip
    note = text("评价说明", 200)


class FileForm(Sheet):
    """附件; the files themselves are judged before (`request.judged`)."""

    file = forms.Field(label="文件", required=False)

    def __init__(self, judged: list[Any]) -> None:
        super().__init__({})
        self.judged = [one for one in judged if one.field == "file"]

    def clean(self) -> dict[str, Any]:
        """Something was chosen, and each passed."""
        if not self.judged:
            self.add_error("file", "请先选择要上传的文件。")
        for one in self.judged:
            if one.refusal:
                self.add_error("file", one.refusal.message)
        return self.cleaned_data
