"""日程 as rows to fill in: shape only."""

from typing import Any

from django import forms

from reception.core.people.models import Department, User
from visits.forms import Sheet, moment, one_of, pick, text
from visits.itinerary.choices import ItemKind
from visits.itinerary.policies import MOST

PREFIX = "items"
EXTRA = 2


class ItemForm(Sheet):
    """One row. One with neither 事项 nor times is no row; 删去 makes it none too."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = pick("类别", ItemKind.choices, say="请选择类别")
    what = text("事项", 60)
    start = moment("开始")
    end = moment("结束")
    place = text("地点", 60)
    department = one_of("负责部门", Department.objects.none(), empty_label="—")
    person = one_of("负责人", User.objects.none(), empty_label="—")
    note = text("备注", 120)
    fixed = forms.BooleanField(label="不动", required=False)
    parallel = forms.BooleanField(label="可同时进行", required=False)
    drop = forms.BooleanField(label="删去", required=False)

    def __init__(self, *args: Any, departments: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = ItemKind.OTHER
        for name, model, pairs in (("department", Department, departments), ("person", User, people)):
            field = self.fields[name]
            field.queryset = model.objects.all()  # type: ignore[attr-defined]
            field.choices = [("", "—"), *pairs]  # type: ignore[attr-defined]

    @property
    def title(self) -> str:
        """What the folded row shows: 10月31日 10:00 会议洽谈; "" for one that is still empty."""
        start = self["start"].value()
        when = f"{start:%m月%d日 %H:%M}" if hasattr(start, "hour") else str(start or "").replace("T", " ")
        return f"{when} {self['what'].value() or ''}".strip()

    @property
    def opened(self) -> bool:
        """A row to be written or put right stands open."""
        return not self.title or bool(self.is_bound and self.errors)

    @property
    def empty(self) -> bool:
        """Nothing was typed that makes it a row."""
        got = self.cleaned_data
        return bool(got.get("drop")) or not (
            got.get("what") or got.get("start") or got.get("end") or self.errors
        )

    def clean(self) -> dict[str, Any]:
        """A row with anything in it says what and when."""
        got = super().clean() or self.cleaned_data
        if got.get("drop"):
            self.errors.clear()
            return got
        if got.get("what") or got.get("start") or got.get("end"):
            for name, label in (("what", "请填写事项，或勾选删去"), ("start", "请填写开始时间"), ("end", "请填写结束时间")):  # fmt: skip
                if not got.get(name) and name not in self.errors:
                    self.add_error(name, label)
        return got


class ShiftForm(Sheet):
    """So many minutes; what the page showed."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    minutes = forms.IntegerField(
        label="晚多少分钟", min_value=-720, max_value=720,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "请填 1 到 720 的分钟数，早到填负数"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


def rows_form(data: Any = None, initial: list[dict[str, Any]] | None = None, extra: int = EXTRA) -> Any:
    """The formset, bound to `data` or showing `initial` and some empty rows; two queries for its choices."""
    departments = [(row.pk, row.name) for row in Department.objects.all()]
    people = (
        User.objects.filter(is_active=True).select_related("department").order_by("department__order", "id")
    )
    names = [(one.pk, f"{one}·{one.department or ''}") for one in people]
    made = forms.formset_factory(ItemForm, extra=extra, max_num=MOST + 20, absolute_max=MOST + 40)
    if data is not None and f"{PREFIX}-TOTAL_FORMS" not in data:
        data = {**data.dict(), f"{PREFIX}-TOTAL_FORMS": "0", f"{PREFIX}-INITIAL_FORMS": "0"}
    kwargs = {"departments": departments, "people": names}
    return made(data, initial=None if data is not None else initial, prefix=PREFIX, form_kwargs=kwargs)
