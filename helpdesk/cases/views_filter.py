"""The filter bar above a list: its form, the rows it leaves, and whether it is in use."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from helpdesk.cases.forms import Sheet
from helpdesk.directory.models import normalize


@dataclass(frozen=True)
class Filter:
    """form: the bar; rows: what is left; used: whether anything is filtered; path: the list without a filter, which forgets the remembered one."""

    form: forms.Form
    rows: QuerySet[Any]
    used: bool
    path: str


class FilterForm(Sheet):
    """A bar of optional fields; `q` searches in words of any length."""

    q = forms.CharField(
        label="搜索",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "单号、房号、姓名、电话、内容"}),
    )

    def value(self, name: str) -> Any:
        """The cleaned value, None when empty or not one of the choices."""
        self.is_valid()
        return self.cleaned_data.get(name) or None


def words(rows: QuerySet[Any], q: str, fields: tuple[str, ...], number: str) -> QuerySet[Any]:
    """Rows in which every word of `q` stands in one of `fields`, or whose `number` ends with its digits.

    3-1202 also finds 3栋1202.
    """
    for word in q.split()[:5]:
        match = Q()
        for name in fields:
            match |= Q(**{f"{name}__icontains": word})
        digits = normalize(word)
        if len(digits) >= 4 and digits.isdigit():
            match |= Q(**{f"{number}__endswith": digits}) | Q(**{f"{number}__startswith": digits})
        block, dash, room = word.partition("-")
        if dash and block.isdigit() and room.isdigit():
            match |= Q(place__icontains=f"{block}栋{room}")
        rows = rows.filter(match)
    return rows
