"""来宾名单: the rows of the form."""

from typing import Any

from django import forms

from visits.forms import Sheet, pick, text
from visits.guests.choices import Gender

PREFIX = "guests"
MOST = 300


class GuestForm(Sheet):
    """One guest. An empty row is no guest; a row with anything in it needs a name."""

    name = text("姓名", 40)
    gender = pick("性别", [("", "—"), *Gender.choices])
    title = text("职务", 40)
    phone = text("手机", 30, attrs={"inputmode": "tel"})
    organisation = text("单位", 80)
    diet = text("饮食禁忌", 60)
    care = text("特殊照顾", 60)
    is_leader = forms.BooleanField(label="带队", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            wide = name in ("organisation", "diet", "care")
            field.col = "col-12 col-md-4" if wide and name == "organisation" else "col-6 col-md-3"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something about somebody without a name is a slip."""
        got = super().clean() or self.cleaned_data
        if not got.get("name") and any(value for key, value in got.items() if key != "name"):
            self.add_error("name", "这一行请填写姓名，或者整行清空")
        return got


class Roster(forms.BaseFormSet):
    """All guests; at most one leads."""

    def clean(self) -> None:
        """Two leaders is a slip: the reception has one."""
        rows = [row.cleaned_data for row in self.forms if hasattr(row, "cleaned_data")]
        if sum(bool(row.get("is_leader")) for row in rows) > 1:
            raise forms.ValidationError("来宾名单里只能有一位带队，请只勾一位")

    def guests(self) -> list[dict[str, Any]]:
        """The rows with a name, in order, as keyword arguments of a Guest; broken ones are left out."""
        found: list[dict[str, Any]] = []
        for row in self.forms:
            got = getattr(row, "cleaned_data", {})
            if got.get("name") and not row.errors:
                lead = bool(got.get("is_leader")) and not any(one["is_leader"] for one in found)
                found.append({**got, "is_leader": lead})
        return found


def roster(data: Any = None, initial: list[dict[str, Any]] | None = None, extra: int = 2) -> Roster:
    """The formset, bound to `data` or showing `initial` and `extra` empty rows."""
    made = forms.formset_factory(GuestForm, formset=Roster, extra=extra, max_num=MOST, absolute_max=MOST + 50)
    if data is not None and f"{PREFIX}-TOTAL_FORMS" not in data:
        data = {**data.dict(), f"{PREFIX}-TOTAL_FORMS": "0", f"{PREFIX}-INITIAL_FORMS": "0"}
    found = made(data, initial=None if data is not None else initial, prefix=PREFIX)
    assert isinstance(found, Roster)
    return found
