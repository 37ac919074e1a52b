"""登记外出: shape only."""

from typing import Any

from reception.core.people.models import User
from visits.forms import Sheet, moment, one_of, pick, text
from visits.hosts.choices import AbsenceKind


class AbsenceForm(Sheet):
    """Who, why, from when to when. `people`: (id, name) pairs `user` may enter for; only oneself: no question."""

    user = one_of("谁外出", User.objects.none(), star=True, empty_label=None)
    kind = pick("事由", AbsenceKind.choices, star=True)
    start = moment("开始", star=True)
    end = moment("结束", star=True)
    note = text("说明", 100, attrs={"placeholder": "如 上海行业年会；只有本人和办公室看得到"})

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("user", "kind", "start", "end"):
            self.fields[name].required = True
        self.fields["user"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["user"].choices = people  # type: ignore[attr-defined]
