"""What of a visitor's record may be set right (D4.3.3)."""

from datetime import datetime
from typing import Any

from django import forms

from helpdesk.cases.forms import moment
from helpdesk.corrections import asking
from helpdesk.corrections.registry import Field, Kind, register
from helpdesk.visitors.forms import Person
from helpdesk.visitors.models import Visitor
from helpdesk.visitors.policies import MOST, check_host
from reception.core.flow import Refused
from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.people.roles import Can


def came(visitor: Visitor, value: datetime, reason: str) -> dict[str, Any]:
    """When they came: not after it was written down, and earlier says why (D4.3.2). Raises Refused."""
    if value > visitor.created_at or (visitor.left_at and value > visitor.left_at):
        raise Refused(
            "invalid", "到达时间不能在登记之后，也不能在离开之后，请重填。（D4.3.2）", field="value"
        )
    asking.check_year(value, visitor.created_at)
    return {"came_at": value, "backdate_reason": visitor.backdate_reason or reason[:200]}


def left(visitor: Visitor, value: datetime, reason: str) -> dict[str, Any]:
    """When they left: after they came, and not after it was noted; a wrong correction can be taken back. Raises Refused."""
    noted = events_of(visitor).filter(verb="leave").values_list("at", flat=True).last() or visitor.left_at
    if value < visitor.came_at or value > noted:
        raise Refused("invalid", "离开时间要在到达之后，不晚于登记离开的时间，请重填。", field="value")
    return {"left_at": value}


def host(visitor: Visitor, value: User, reason: str) -> dict[str, Any]:
    """Whom they came to. Raises Refused."""
    check_host(value, None)
    return {"host": value}


def plate(visitor: Visitor, value: str, reason: str) -> dict[str, Any]:
    """The number plate in capitals."""
    return {"plate": value.upper()}


def ask_host() -> forms.Field:
    """Somebody who works here."""
    people = User.objects.filter(is_active=True).select_related("department").order_by("department", "pk")
    sentence = "没有这个人，请重选。"
    return Person(
        people, label="被访人更正为", error_messages={"required": "请选被访人。", "invalid_choice": sentence}
    )


def ask_people() -> forms.Field:
    """How many came."""
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), f"人数填 1 到 {MOST}。")
    return forms.IntegerField(label="人数更正为", min_value=1, max_value=MOST, error_messages=wrong)


register(
    Kind(
        prefix="FK",
        model=Visitor,
        fields=(
            Field("came_at", "到达时间", lambda: moment("到达时间更正为"), settle=came),
            asking.line("name", "来访人", 40),
            asking.maybe("title", "职务", 40),
            asking.maybe("company", "单位", 80),
            Field("people", "人数", ask_people),
            asking.phone(),
            Field("host", "被访人", ask_host, settle=host),
            asking.line("purpose", "事由", 200),
            asking.maybe("plate", "车牌", 12, settle=plate),
            asking.maybe("badge", "访客证号", 16),
            asking.line("guide", "引见", 40, since="guide"),
            Field("left_at", "离开时间", lambda: moment("离开时间更正为"), since="left_at", settle=left),
        ),
        seen_by=lambda user: Visitor.objects.visible_to(user),
        sees_phone=lambda visitor, user: user.may(Can.VIEW_DESK),
    )
)
