"""What of a matter may be set right (D4.3.3). Of what kind it is decided where it went, so that stays."""

from typing import Any

from django import forms

from helpdesk.cases.models import Category
from helpdesk.corrections import asking
from helpdesk.corrections.registry import Field, Kind, register
from helpdesk.matters.models import Matter
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can


def ask_category() -> forms.Field:
    """A category of any kind of call: the one that fits is chosen by its name (D4.3.1)."""
    sentence = "没有这个类别，请重选。"
    return forms.ModelChoiceField(
        Category.objects.all(),
        label="类别更正为",
        error_messages={"required": "请选类别。", "invalid_choice": sentence},
    )


def category(matter: Matter, value: Category, reason: str) -> dict[str, Any]:
    """A category of the matter's own kind. Raises Refused."""
    if value.kind != matter.kind:
        sentence = f"“{value}”不属于“{matter.get_kind_display()}”，请重选。（D4.3.1）"
        raise Refused("invalid", sentence, field="value")
    return {"category": value}


def sees_phone(matter: Matter, user: User) -> bool:
    """The telephone number is for the desk."""
    return user.may(Can.VIEW_DESK)


register(
    Kind(
        prefix="QT",
        model=Matter,
        fields=(
            asking.line("reporter", "反映人", 40),
            asking.phone(),
            asking.maybe("place", "房号或单位", 120, effect=asking.KEPT),
            Field("category", "类别", ask_category, settle=category, effect=asking.KEPT),
            asking.lines("content", "内容"),
            asking.line("transfer_to", "转给谁", 60, since="transfer_to"),
            asking.lines("result", "办理结果", since="closed_at"),
            asking.maybe("opinion_words", "反映人的话", 500, since="fed_back_at"),
        ),
        seen_by=lambda user: Matter.objects.visible_to(user),
        sees_phone=sees_phone,
    )
)
