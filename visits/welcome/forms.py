"""欢迎词 and screens: shape only."""

from django import forms

from visits.forms import Sheet, text, whole


class WelcomeForm(Sheet):
    """The text, line by line; the revision that the page showed."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = text("欢迎词", 400, rows=6, star=True, attrs={"data-lines": ""})


class ProofForm(Sheet):
    """Which version was read, and the revision of the page."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(
        min_value=1, max_value=32767, widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "没有说明校对的是哪一稿，请刷新后再点"),
    )  # fmt: skip


class ScreenForm(Sheet):
    """Which screen, for how many days."""

    name = text("屏幕", 30, star=True, attrs={"placeholder": "如 一楼大厅屏"})
    days = whole("有效天数", 366, star=True)
