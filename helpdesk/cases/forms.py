"""What all forms of the desk share: Bootstrap's classes, one datetime widget, the revision that was seen."""

from typing import Any

from django import forms
from django.http import QueryDict

LOCAL = "%Y-%m-%dT%H:%M"


class Sheet(forms.Form):
    """A form whose widgets wear the house's classes and whose required fields say so to the browser's reader."""

    field_template = "helpdesk/_field.html"
    rows: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)


class MoveForm(Sheet):
    """Any move: the revision the page showed, so that a stale page is noticed."""

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


def dress(field: forms.Field) -> None:
    """Give the widget the class that its kind wears in the mocks."""
    widget = field.widget
    if isinstance(widget, forms.RadioSelect | forms.HiddenInput):
        return
    if isinstance(widget, forms.CheckboxInput):
        widget.attrs.setdefault("class", "form-check-input")
    elif isinstance(widget, forms.Select):
        widget.attrs.setdefault("class", "form-select")
    else:
        widget.attrs.setdefault("class", "form-control")
        widget.attrs.setdefault("autocomplete", "off")


def moment(label: str, **kwargs: Any) -> forms.DateTimeField:
    """A date and time typed on a Shanghai clock, to the minute."""
    widget = forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"})
    messages = {"required": f"请填{label}。", "invalid": f"{label}要写成年月日和时分。"}
    return forms.DateTimeField(
        label=label, widget=widget, input_formats=[LOCAL, "%Y-%m-%d %H:%M"], error_messages=messages, **kwargs
    )


def text(label: str, *, rows: int = 0, limit: int = 200, say: str = "", **kwargs: Any) -> forms.CharField:
    """A line of text, or `rows` lines; `say` is the sentence when it is missing."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        widget=widget,
        max_length=limit,
        error_messages={
            "required": say or f"请填{label}。",
            "max_length": f"{label}最多 {limit} 个字，请写短一些。",
        },
        **kwargs,
    )
