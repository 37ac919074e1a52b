"""Writing a document, publishing it, and the bar above the list: shape only, the rules are the actions'."""

from typing import Any

from django import forms
from django.http import QueryDict

from reception.core.documents.choices import Kind, Step
from reception.core.documents.filling import sources
from reception.core.documents.policies import LONGEST
from reception.core.people.models import Department
from reception.core.people.roles import ROLES
from reception.core.web.forms import Sheet, line

ROLE_CHOICES = [(code, role.name) for code, role in ROLES.items()]


def roles(label: str) -> forms.MultipleChoiceField:
    """Roles to tick."""
    return forms.MultipleChoiceField(
        label=label, choices=ROLE_CHOICES, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "没有这个岗位，请重选。", "invalid_list": "请在列出的岗位里选。"},
    )  # fmt: skip


class DocumentForm(Sheet):
    """起草 and 修改."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = line("标题", 80, star=True)
    kind = forms.ChoiceField(
        label="种类", choices=[("", "请选择"), *Kind.choices], required=False,
        error_messages={"invalid_choice": "请选择文件的种类。"},
    )  # fmt: skip
    department = forms.ModelChoiceField(
        Department.objects.all(), label="归口部门", required=False, empty_label="未定",
        error_messages={"invalid_choice": "没有这个部门，请重选。"},
    )  # fmt: skip
    text = line("正文", LONGEST, rows=20, star=True)
    changed = line("这一版改了什么", 200, rows=2)
    readers = roles("谁能看")
    must_roles = roles("须阅读的岗位")
    must_departments = forms.ModelMultipleChoiceField(
        Department.objects.all(), label="须阅读的部门", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "没有这个部门，请重选。", "invalid_pk_value": "没有这个部门，请重选。",
                        "invalid_list": "请在列出的部门里选。"},
    )  # fmt: skip
    steps = forms.MultipleChoiceField(
        label="用在哪一步", choices=Step.choices, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "没有这一步，请重选。", "invalid_list": "请在列出的里面选。"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].star = True  # type: ignore[attr-defined]
        self.fields["steps"].help_text = "办这几步的页面右上角有书的图标，按一下就打开这份文件。"
        self.fields[
            "text"
        ].help_text = "每行一段。“一、”“第一章”开头的短行，或以 # 开头的行是小标题；以 - 开头的行排成清单。"
        self.fields[
            "readers"
        ].help_text = "都不勾就是所有人；勾了，就只有这些岗位和维护文件的人看得到、搜得到。"

    @property
    def offered(self) -> list[tuple[str, tuple[str, ...]]]:
        """What a template may ask for, by the kind of record that it is filled from."""
        return [(source.label, source.fields) for source in sources.values()]

    def inputs(self) -> dict[str, Any]:
        """What the action is called with, beside `by`, `at` and `expect`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class MoveForm(Sheet):
    """Any move: the revision the page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def inputs(self) -> dict[str, Any]:
        """What the action is called with, beside `by`, `at` and `expect`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def see(self, revision: int) -> None:
        """The page now shows `revision`: the next press is about that, with what was typed."""
        assert isinstance(self.data, QueryDict)
        seen = self.data.copy()
        seen["revision"] = str(revision)
        self.data = seen


class PublishForm(MoveForm):
    """发布: from which day on."""

    valid_from = forms.DateField(
        label="生效日期", required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "生效日期要写成年月日，例如 2026-03-25。"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].help_text = "不填就是今天；以后的日子到那天自动替换旧版"


class ReasonForm(MoveForm):
    """废止: why."""

    reason = line("原因", 200, rows=2, star=True)


class AwayForm(Sheet):
    """移除附件: why."""

    reason = line("移除的原因", 200, star=True)


class ListForm(Sheet):
    """The bar above the list."""

    q = forms.CharField(
        label="搜索", required=False, max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "正文里的词，如 押金、停水 通知"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "全部"), *Kind.choices])
    state = forms.ChoiceField(label="状态", required=False)

    def __init__(self, *args: Any, states: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = states  # type: ignore[attr-defined]

    def value(self, name: str) -> Any:
        """The cleaned value, "" when empty or not one of the choices."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""
