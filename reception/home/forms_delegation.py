"""设置代理 as a form: shape only, the rules are the action's."""

from typing import Any

from django import forms
from django.db.models import Q

from reception.core.people.choices import Scope
from reception.core.people.models import User
from reception.core.people.roles import ROLES, Can
from visits.forms import Sheet, moment, pick, text

HOLDING = [
    code
    for code, role in ROLES.items()
    if {Can.DECIDE_RECEPTION.value, Can.REVIEW_RECEPTION.value} & role.cans
]


class PersonField(forms.ModelChoiceField):
    """A person with department and position: 何志远·公司领导 副总经理."""

    def label_from_instance(self, obj: User) -> str:
        """Name, department, position."""
        return f"{obj}·{obj.department or ''} {obj.position or ''}".strip()


def person(label: str) -> PersonField:
    """One active person, asked for."""
    field = PersonField(
        User.objects.none(), label=label, required=True, empty_label="请选择",
        error_messages={"required": f"请选择{label}", "invalid_choice": f"请选择{label}"},
    )  # fmt: skip
    field.star = True  # type: ignore[attr-defined]
    return field


class DelegationForm(Sheet):
    """Who stands in, from when to when, for what, why; `arranging` also asks for whom. Shanghai times."""

    from_user = person("委托人")
    to_user = person("代理人")
    scope = pick("范围", Scope.choices, star=True)
    starts_at = moment("开始", star=True)
    ends_at = moment("结束", star=True)
    reason = text("原因", 200, star=True, attrs={"placeholder": "如 出差、休假"})

    def __init__(self, *args: Any, user: User, arranging: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).select_related("department", "position")
        holding = Q(groups__name__in=HOLDING)
        if arranging:
            self.fields["from_user"].queryset = people.filter(holding).distinct()  # type: ignore[attr-defined]
            near = holding | Q(department__reviews=True)
        else:
            del self.fields["from_user"]
            near = holding | Q(department_id=user.department_id, department__isnull=False)
        choices = people.filter(near).distinct()
        choices = choices if arranging else choices.exclude(pk=user.pk)
        self.fields["to_user"].queryset = choices  # type: ignore[attr-defined]
        for name in ("scope", "starts_at", "ends_at"):
            self.fields[name].required = True
