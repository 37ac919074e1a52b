"""The form of the decision to begin."""

from django import forms

from visits.forms import Sheet, pick, text
from visits.readiness.choices import Verdict


class GoForm(Sheet):
    """决定 and, with gaps, the reason."""

    verdict = pick("决定", Verdict.choices, star=True, widget=forms.RadioSelect)
    reason = text("带缺项开始的原因", 200, rows=2)
