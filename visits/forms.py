"""What all forms of the wing share: the house's classes, errors that are seen, times on a Shanghai clock."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms

LOCAL = "%Y-%m-%dT%H:%M"
INPUTS = [LOCAL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"]


class Sheet(forms.Form):
    """A form that wears the house's classes, marks what was refused, and stars what is asked for.

    A starred field (`field.star`) has to be there in the end; whether it is required right now
    is the form's own decision, so that a draft may be half empty.
    """

    refused: str
    http_status: int

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)

    def add_error(self, field: str | None, error: Any) -> None:
        """As Django's, and the control shows it."""
        super().add_error(field, error)
        for name in [field] if field else getattr(error, "error_dict", ()):
            mark(self.fields.get(name))


def dress(field: forms.Field) -> None:
    """Give the widget the class that its kind wears in the mocks."""
    widget = field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.HiddenInput):
        return
    if isinstance(widget, forms.CheckboxInput):
        widget.attrs.setdefault("class", "form-check-input")
        return
    widget.attrs.setdefault("class", "form-select" if isinstance(widget, forms.Select) else "form-control")
    widget.attrs.setdefault("autocomplete", "off")
    if getattr(field, "star", False):
        widget.attrs.setdefault("aria-required", "true")


def mark(field: forms.Field | None) -> None:
    """Show on the control that its value was refused."""
    if field is None or "is-invalid" in field.widget.attrs.get("class", ""):
        return
    if isinstance(field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.HiddenInput):
        return
    field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} is-invalid".strip()


def text(
    label: str,
    limit: int,
    *,
    rows: int = 0,
    star: bool = False,
    say: str = "",
    attrs: Mapping[str, Any] | None = None,
) -> forms.CharField:
    """A line, or `rows` lines, of at most `limit` characters; `say` is the sentence when it is missing."""
    widget = (
        forms.Textarea(attrs={"rows": rows, **(attrs or {})})
        if rows
        else forms.TextInput(attrs=dict(attrs or {}))
    )
    messages = {
        "required": say or f"请填写{label}",
        "max_length": f"{label}最多 {limit} 个字，现在有 %(show_value)s 个，请写短一些",
        "null_characters_not_allowed": f"{label}里有看不见的字符，请重新输入",
    }
    field = forms.CharField(
        label=label, max_length=limit, required=False, widget=widget, error_messages=messages
    )
    field.star = star  # type: ignore[attr-defined]
    return field


def whole(
    label: str, top: int, *, star: bool = False, say: str = "", attrs: Mapping[str, Any] | None = None
) -> forms.IntegerField:
    """A whole number from 1 to `top`."""
    sentence = say or f"{label}要填 1 到 {top} 的整数"
    keys = ("required", "invalid", "min_value", "max_value")
    widget = forms.NumberInput(attrs={"inputmode": "numeric", **(attrs or {})})
    field = forms.IntegerField(
        label=label, min_value=1, max_value=top, required=False, widget=widget,
        error_messages=dict.fromkeys(keys, sentence),
    )  # fmt: skip
    field.star = star  # type: ignore[attr-defined]
    return field


def money(label: str, *, standard: bool = False, digits: int = 9) -> forms.DecimalField:
    """An amount in 元, not negative; `standard` says that an empty one means the tier's standard."""
    hint = {"placeholder": "按标准"} if standard else {}
    sentence = f"{label}要填不小于 0 的金额，最多两位小数"
    keys = ("invalid", "min_value", "max_digits", "max_decimal_places", "max_whole_digits")
    widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01", **hint})
    return forms.DecimalField(
        label=label, min_value=0, max_digits=digits, decimal_places=2, required=False, widget=widget,
        error_messages=dict.fromkeys(keys, sentence),
    )  # fmt: skip


def our_time(label: str) -> Callable[[date], None]:
    """A validator: the year is one of 2000 to 2099. Beyond, a slip of the finger that no clock and no engine can
    reckon with: year 1 has no UTC, the year 9999 no day after."""

    def check(value: date) -> None:
        if not 2000 <= value.year < 2100:
            raise forms.ValidationError(f"{label}的年份要在 2000 到 2099 之间，请核对")

    return check


def moment(label: str, *, star: bool = False) -> forms.DateTimeField:
    """A date and time on a Shanghai clock, to the minute."""
    widget = forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"})
    field = forms.DateTimeField(
        label=label, required=False, widget=widget, input_formats=INPUTS, validators=[our_time(f"{label}时间")],
        error_messages={"required": f"请填写{label}时间", "invalid": f"{label}时间要写成年月日和时分，例如 2026-03-25 09:40"},
    )  # fmt: skip
    field.star = star  # type: ignore[attr-defined]
    return field


def pick(
    label: str, choices: Any, *, star: bool = False, say: str = "", widget: Any = None
) -> forms.ChoiceField:
    """One of a fixed list."""
    sentence = say or f"请选择{label}"
    field = forms.ChoiceField(
        label=label, choices=choices, required=False, widget=widget or forms.Select(),
        error_messages={"required": sentence, "invalid_choice": sentence},
    )  # fmt: skip
    field.star = star  # type: ignore[attr-defined]
    return field


def one_of(
    label: str, queryset: Any, *, star: bool = False, say: str = "", **kwargs: Any
) -> forms.ModelChoiceField:
    """One row of a table."""
    sentence = say or f"请选择{label}"
    field = forms.ModelChoiceField(
        queryset=queryset, label=label, required=False, empty_label=kwargs.pop("empty_label", "请选择"),
        error_messages={"required": sentence, "invalid_choice": sentence}, **kwargs,
    )  # fmt: skip
    field.star = star  # type: ignore[attr-defined]
    return field
