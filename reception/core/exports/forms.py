"""Why it is exported."""

from django import forms

from reception.core.web.forms import Sheet, line


class AskForm(Sheet):
    """The list it is about (`of`, signed by the list itself) and the reason."""

    of = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = line("导出原因", 200, rows=2)
