"""Small forms of the register: a person, a number, a day, a company. Shape only; the rules are the actions'."""

from typing import Any

from django import forms

from helpdesk.cases.forms import MoveForm, Sheet, text
from helpdesk.cases.views_filter import FilterForm
from helpdesk.directory.choices import ResidentKind, UnitKind
from helpdesk.directory.models import Building, find_unit

WHO = [("", "全部"), ("leader", "公司领导"), ("empty", "没有登记住户"), ("out", "有人搬出")]


def day(label: str, help_text: str = "不填就是今天") -> forms.DateField:
    """A day on a calendar; the actions take none for today."""
    return forms.DateField(
        label=label, required=False, help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": f"{label}要写成年月日，例如 2026-03-25。"},
    )  # fmt: skip


class PersonForm(MoveForm):
    """修改住户."""

    name = text("姓名", limit=40, say="请写姓名。")
    title = text("称呼", limit=8, required=False)
    kind = forms.ChoiceField(
        label="身份", choices=ResidentKind.choices, error_messages={"required": "请选择身份。", "invalid_choice": "请选择身份。"}
    )  # fmt: skip
    company = text("公司名称", limit=80, required=False)
    is_leader = forms.BooleanField(label="公司领导", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["placeholder"] = "女士、先生、老师"
        self.fields["is_leader"].help_text = "来电时前台会看到领导的说法"


class NewPersonForm(PersonForm):
    """登记住户, with the first number."""

    number = text("电话", limit=32, required=False)


class NumberForm(MoveForm):
    """One number, written as one likes."""

    number = text("电话", limit=32, say="请写电话号码。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs["inputmode"] = "tel"


class DropForm(MoveForm):
    """停用电话: why."""

    reason = text("停用的原因", limit=200, say="请写停用的原因，例如“换号”。")


class OutForm(MoveForm):
    """登记搬出: since when."""

    on = day("搬出日期")


class CompanyForm(MoveForm):
    """登记公司, 修改公司."""

    name = text("公司名称", limit=80, say="请写公司名称。")
    note = text("备注", limit=200, required=False)


class RentForm(MoveForm):
    """登记租用: the unit as the desk says it."""

    unit = text("房号", limit=40, say="请写租用的房号。")
    since = day("起租日期", "可以不填")

    def clean_unit(self) -> Any:
        """The one unit that is meant."""
        unit = find_unit(self.cleaned_data["unit"])
        if unit is None:
            raise forms.ValidationError("没有这个房号，请写成 A座1806 或 A-1806。")
        return unit


class EndForm(MoveForm):
    """登记退租: since when."""

    until = day("退租日期")


class DirectoryFilter(FilterForm):
    """Building, use, who, words."""

    q = forms.CharField(
        label="搜索", required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "房号、姓名、拼音首字母、公司、电话"}),
    )  # fmt: skip
    building = forms.ModelChoiceField(
        Building.objects.all(), label="楼栋", required=False, empty_label="全部"
    )
    kind = forms.ChoiceField(label="用途", required=False, choices=[("", "全部"), *UnitKind.choices])
    who = forms.ChoiceField(label="住户", required=False, choices=WHO)


class CompanyFilter(Sheet):
    """Words."""

    q = forms.CharField(
        label="搜索", required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "公司名称，或拼音首字母如 zxsj"}),
    )  # fmt: skip

    def value(self, name: str) -> Any:
        """The cleaned value, "" when empty."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""
