"""What forms of the ground share: the house's classes on widgets, errors that are seen, sentences in Chinese."""

from typing import Any

from django import forms


class Sheet(forms.Form):
    """A form that wears the house's classes and marks what was refused."""

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
            widget = self.fields[name].widget
            css = widget.attrs.get("class", "")
            if css.startswith("form-") and "is-invalid" not in css:
                widget.attrs["class"] = f"{css} is-invalid"


def dress(field: forms.Field) -> None:
    """Give the widget the class that its kind wears."""
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


def line(label: str, limit: int, *, rows: int = 0, star: bool = False, **attrs: Any) -> forms.CharField:
    """A line, or `rows` lines, of at most `limit` characters; whether it is missing is the action's to say."""
    widget = forms.Textarea(attrs={"rows": rows, **attrs}) if rows else forms.TextInput(attrs=attrs)
    messages = {
        "max_length": f"{label}最多 {limit} 个字，现在有 %(show_value)s 个，请写短一些。",
        "null_characters_not_allowed": f"{label}里有看不见的字符，请重新输入。",
    }
    field = forms.CharField(
        label=label, max_length=limit, required=False, widget=widget, error_messages=messages
    )
    field.star = star  # type: ignore[attr-defined]
    return field
