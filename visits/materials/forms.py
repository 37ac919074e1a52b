"""Forms of the materials: they check shape; rules are the actions'."""

from collections.abc import Sequence
from typing import Any

from django import forms

from reception.core.people.models import Department
from visits.forms import Sheet, one_of, our_time, pick, text, whole
from visits.materials.choices import MOST, Language, MaterialKind
from visits.materials.models import Material


def _pieces(label: str, *, top: int = MOST, low: int = 0) -> forms.IntegerField:
    """A number of 件, empty for none."""
    sentence = f"{label}要填 {low} 到 {top} 的整数。"
    return forms.IntegerField(
        label=label, min_value=low, max_value=top, required=False, widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
    )  # fmt: skip


class MaterialForm(Sheet):
    """登记、修改资料."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = pick("种类", MaterialKind.choices, star=True)
    name = text("名称", 60, star=True, attrs={"placeholder": "如 公司画册、ISO 9001 证书复印件"})
    edition = text("版次", 30, attrs={"placeholder": "如 2026 版"})
    language = pick("语言", Language.choices, star=True)
    place = text("存放地点", 60, star=True)
    department = one_of("保管部门", Department.objects.all(), star=True)
    minimum = _pieces("最低库存（件）")
    cert_no = text("证书编号", 60)
    issuer = text("发证机构", 60)
    valid_until = forms.DateField(
        label="有效期至", required=False, validators=[our_time("有效期")],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "有效期要写成年月日，例如 2026-12-31。"},
    )  # fmt: skip
    note = text("说明", 200, rows=2)


class InForm(Sheet):
    """入库."""

    count, note = whole("件数", MOST, star=True), text("说明", 200)


class TakeForm(InForm):
    """领用."""

    department = one_of("领用部门", Department.objects.all(), star=True)
    field_order = ("count", "department", "note")


class ScrapForm(Sheet):
    """报废."""

    count, note = whole("件数", MOST, star=True), text("报废原因", 200, star=True)


class CountForm(Sheet):
    """盘点, against the stock that the page showed."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    counted = _pieces("实有件数")
    note = text("差异说明", 200)


class StopForm(Sheet):
    """停用."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = text("停用原因", 200, star=True)


class ResumeForm(Sheet):
    """恢复使用."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class BackForm(InForm):
    """退回 of the movement with that number."""

    number = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "请从那一笔后面按“退回”。", "invalid": "请从那一笔后面按“退回”。"})  # fmt: skip


class GiveForm(Sheet):
    """发放 at a reception: a number for each material that may go, to one person."""

    recipient = text("发给谁", 60, star=True)
    note = text("说明", 200)

    def __init__(self, *args: Any, materials: Sequence[Material], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in materials:
            field = _pieces(f"{one}件数")
            field.widget.attrs.update({"class": "form-control", "autocomplete": "off", "max": one.stock})
            self.fields[f"count_{one.pk}"] = field

    @property
    def counts(self) -> dict[int, int]:
        """material → 件, of what was filled in."""
        found = {
            name: value for name, value in self.cleaned_data.items() if name.startswith("count_") and value
        }
        return {int(name.removeprefix("count_")): value for name, value in found.items()}
