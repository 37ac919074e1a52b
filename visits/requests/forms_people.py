"""抄送给: several people to be ticked, department by department."""

from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from reception.core.people.models import User
from visits.forms import Sheet
from visits.models import Reception


class ByDepartment(ModelChoiceIterator):
    """People under the name of their department."""

    def __iter__(self) -> Any:
        groups: dict[str, list[Any]] = {}
        for person in self.queryset:
            groups.setdefault(str(person.department or "其他"), []).append(self.choice(person))
        yield from groups.items()


class PeopleField(forms.ModelMultipleChoiceField):
    """Several people, to be ticked."""

    iterator = ByDepartment

    def __init__(self, label: str) -> None:
        super().__init__(
            User.objects.none(), label=label, required=False, widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "名单里有人已停用，请重新选择", "invalid_pk_value": "请重新选择抄送的人", "invalid_list": "请重新选择抄送的人"},
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        """An empty tick is no tick."""
        return super().clean([one for one in value or () if one != ""])


def everybody() -> Any:
    """All active people, department by department."""
    rows = User.objects.filter(is_active=True).exclude(groups=None).select_related("department")
    return rows.distinct().order_by("department__order", "department_id", "id")


class CopyForm(Sheet):
    """Who gets it."""

    people = PeopleField("抄送给")

    def __init__(self, *args: Any, reception: Reception, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        have = {reception.applicant_id, *reception.copies.values_list("to_id", flat=True)}
        self.fields["people"].queryset = everybody().exclude(pk__in=have)  # type: ignore[attr-defined]
