"""登记预订: what is known of a booking (A5.6)."""

from typing import Any

from django import forms

from visits.arrangements.actions import CAR_DETAILS
from visits.arrangements.choices import Kind
from visits.arrangements.models import Arrangement
from visits.forms import Sheet, text


class BookForm(Sheet):
    """确认号, and for a car its plate and driver."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    plate = text("车牌", 20, star=True)
    driver = text("司机", 40)
    driver_phone = text("司机电话", 30, star=True, attrs={"inputmode": "tel"})
    confirmation = text("确认号", 60)
    booking_note = text("预订备注", 120)

    def __init__(self, *args: Any, row: Arrangement, **kwargs: Any) -> None:
        names = CAR_DETAILS if row.KIND == Kind.CAR else ("confirmation", "booking_note")
        kwargs.setdefault("initial", {"seen": row.token, **{name: getattr(row, name) for name in names}})
        super().__init__(*args, **kwargs)
        for name in set(CAR_DETAILS) - set(names):
            del self.fields[name]

    def values(self) -> dict[str, str]:
        """The details, without what the page showed."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class FreeForm(Sheet):
    """退订: why."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = text("退订原因", 120, star=True)
