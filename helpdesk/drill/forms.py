"""The bar above the list: which figure, which part of it, narrowed how."""

from typing import Any

from django import forms

from helpdesk.cases.choices import Kind
from helpdesk.cases.forms import Sheet
from helpdesk.drill.choices import LABELS, NARROWED, OTHER, PARTS, RATES, WEEKDAYS
from helpdesk.report.definitions import METRIC
from helpdesk.report.svg import BINS

SHOWN = ("of", "part", "kind", "category", "day")
WORDS = {"kind": "大类", "category": "小类", "trade": "班组", "who": "维修员", "bin": "用时", "area": "区域",
         "field": "维修类别"}  # fmt: skip


class RowsForm(Sheet):
    """What the address asks for. Only the first five are drawn; the others come with a link."""

    of = forms.ChoiceField(label="指标", required=False, choices=list(LABELS.items()))
    part = forms.ChoiceField(label="部分", required=False, choices=[("", "全部"), *PARTS])
    kind = forms.ChoiceField(
        label="大类", required=False, choices=[("", "不限"), *Kind.choices, (OTHER, "其他各类")]
    )
    category = forms.ChoiceField(label="小类", required=False)
    day = forms.DateField(label="日期", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))  # fmt: skip
    weekday = forms.IntegerField(label="星期", required=False, min_value=1, max_value=7)
    hour = forms.IntegerField(label="钟点", required=False, min_value=0, max_value=23)
    bin = forms.IntegerField(label="用时", required=False, min_value=0, max_value=len(BINS) - 1)
    trade = forms.CharField(label="班组", required=False, max_length=16)
    who = forms.CharField(label="维修员", required=False, max_length=40)
    area = forms.CharField(label="区域", required=False, max_length=20)
    field = forms.CharField(label="维修类别", required=False, max_length=40)

    def __init__(self, *args: Any, names: dict[int | None, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk) if pk else "none", label) for pk, label in names.items()]
        self.fields["category"].choices = [("", "不限"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A narrowing that a figure does not know would show another list than its number says."""
        asked = self.cleaned_data
        asked["of"] = of = asked.get("of") or "received"
        if asked.get("part") and of not in RATES:
            raise forms.ValidationError(f"“{LABELS[of]}”不是比率，没有计入和没计入之分，请把部分选为全部。")
        if of == "rework" and asked.get("part") == "no":
            raise forms.ValidationError("返修的单和完工的单不是同一批，没有“没计入的”，请选全部或计入的。")
        for name, label in WORDS.items():
            if asked.get(name) not in (None, "") and name not in NARROWED[of]:
                raise forms.ValidationError(f"“{LABELS[of]}”不分{label}，请把{label}选为不限。")
        return asked

    @property
    def bar(self) -> list[forms.BoundField]:
        """The fields that are drawn."""
        return [self[name] for name in SHOWN]

    @property
    def words(self) -> list[str]:
        """What is asked for, as the page and the workbook say it."""
        asked = self.cleaned_data
        named = {name: dict(self.fields[name].choices).get(asked[name]) for name in ("kind", "category")}  # type: ignore[attr-defined]
        said = [LABELS[asked["of"]], dict(PARTS).get(asked["part"]), *(named[n] for n in named if asked[n])]
        said += [f"{asked['day']:%m-%d}" if asked["day"] else None]
        said += [WEEKDAYS[asked["weekday"] - 1] if asked["weekday"] else None]
        said += [f"{asked['hour']}时" if asked["hour"] is not None else None]
        said += [f"{BINS[asked['bin']][1]}分钟" if asked["bin"] is not None else None]
        return [
            word for word in [*said, *(asked[name] for name in ("trade", "who", "area", "field"))] if word
        ]

    @property
    def meaning(self) -> str:
        """How the figure is counted, by the report's own words."""
        metric = METRIC.get(self.cleaned_data["of"])
        return metric.text if metric else ""
