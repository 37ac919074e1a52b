"""A button of a task: what the page showed, and the words that go with it."""

from django import forms

from visits.forms import Sheet, text


class TaskMoveForm(Sheet):
    """revision as seen; reason for 退还 and 不办; note for 完成."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = text("原因", 200, rows=2)
    note = text("备注", 200)
