"""What of a repair order may be set right (D4.3.3): what was written, never when somebody came or signed."""

from typing import Any

from django import forms

from helpdesk.cases.models import Category
from helpdesk.corrections import asking
from helpdesk.corrections.registry import Field, Kind, register
from helpdesk.repairs.choices import Urgency
from helpdesk.repairs.models import Repair
from helpdesk.repairs.views_scope import sees_phone


def category(order: Repair, value: Category, reason: str) -> dict[str, Any]:
    """The category; an order that nobody has yet goes to the trade that answers for it."""
    return {"category": value} | ({} if order.repairer_id else {"trade": value.trade})


def ask_score() -> forms.Field:
    """满意度 1–5."""
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), "满意度填 1 到 5 分。")
    return forms.IntegerField(label="满意度更正为", min_value=1, max_value=5, error_messages=wrong)


register(
    Kind(
        prefix="WX",
        model=Repair,
        fields=(
            asking.line("reporter", "报修人", 40),
            asking.phone(),
            asking.line("place", "地址", 120, settle=asking.place, effect=asking.KEPT),
            asking.lines("content", "报修内容", 1000),
            asking.category("repair", settle=category),
            asking.one_of("urgency", "紧急程度", Urgency, effect=asking.KEPT),
            asking.maybe("cause", "原因", 500, since="finished_at"),
            asking.lines("measures", "措施", since="finished_at"),
            asking.maybe("opinion", "客户意见", 500, since="finished_at"),
            Field("score", "满意度", ask_score, since="closed_at"),
            asking.maybe("signed_name", "客户签字", 40, since="finished_at"),
            asking.maybe("slip_note", "底联说明", 200, since="slip_at"),
            asking.line("revisit_note", "回访记录", 500, since="revisited_at"),
            asking.line("close_word", "客户的话", 500, since="close_word"),
        ),
        seen_by=lambda user: Repair.objects.visible_to(user),
        sees_phone=sees_phone,
    )
)
