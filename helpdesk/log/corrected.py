"""What of a call may be set right (D4.3.3). Which kind it is decided what followed, so that stays: a wrong one is void."""

from datetime import datetime
from typing import Any

from django import forms

from helpdesk.cases.forms import moment
from helpdesk.corrections import asking
from helpdesk.corrections.registry import Field, Kind, register
from helpdesk.directory.models import Phone, normalize
from helpdesk.log.choices import Channel
from helpdesk.log.models import MOST_RINGS, PROMPT_RINGS, Call
from helpdesk.log.policies import check_number, check_rings
from reception.core.flow import Refused


def number(call: Call, value: str, reason: str) -> dict[str, Any]:
    """The number, and the resident whose only number it is. Raises Refused."""
    plain = normalize(value) or value.strip()[:32]
    check_number(call.channel, plain)
    found = list(Phone.objects.filter(number=plain).select_related("resident")[:2]) if plain else []
    return {"number": plain, "resident": found[0].resident if len(found) == 1 else None}


def channel(call: Call, value: str, reason: str) -> dict[str, Any]:
    """How it came. Raises Refused."""
    check_number(value, call.number)
    return {"channel": value}


def rings(call: Call, value: int, reason: str) -> dict[str, Any]:
    """How often it rang (C6); above three the reason of the correction says why, where nothing does. Raises Refused."""
    why = call.rings_reason or (reason[:200] if value > PROMPT_RINGS else "")
    check_rings(value, why)
    return {"rings": value, "rings_reason": why}


def recorded(call: Call, value: datetime, reason: str) -> dict[str, Any]:
    """When it came in: never after it was written down, and earlier says why (D4.3.2). Raises Refused."""
    if value > call.created_at:
        raise Refused("invalid", "来电时间不能在登记之后，请重填。（D4.3.2）", field="value")
    asking.check_year(value, call.created_at)
    return {"recorded_at": value, "backdate_reason": call.backdate_reason or reason[:200]}


def ask_rings() -> forms.Field:
    """A number of rings."""
    sentence = f"振铃次数填 1 到 {MOST_RINGS}。"
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence)
    return forms.IntegerField(label="振铃次数更正为", min_value=1, max_value=MOST_RINGS, error_messages=wrong)


WHEN = f"报告按更正后的时间归月。{asking.KEPT}"

register(
    Kind(
        prefix="DH",
        model=Call,
        fields=(
            Field("recorded_at", "来电时间", lambda: moment("来电时间更正为"), settle=recorded, effect=WHEN),
            asking.one_of("channel", "渠道", Channel, settle=channel),
            Field("rings", "振铃次数", ask_rings, settle=rings),
            Field(
                "number",
                "来电号码",
                lambda: asking.maybe("number", "来电号码", 32).ask(),
                secret=True,
                settle=number,
            ),
            asking.line("caller_name", "来电人", 40),
            asking.maybe("caller_title", "称呼", 8),
            asking.maybe("company", "单位", 80),
            asking.maybe("place", "地址", 120, settle=asking.place, effect=asking.KEPT),
            asking.lines("content", "事由", 1000),
            asking.maybe("handling", "处理方式", 200),
            asking.lines("reply", "答复内容", 1000, since="replied_at"),
        ),
        seen_by=lambda user: Call.objects.visible_to(user),
        recorder=lambda call: call.recorder_id,
    )
)
