"""What of an emergency may be set right (D4.3.3). Who was told when, and who confirmed, stands as it was."""

from datetime import datetime
from typing import Any

from helpdesk.cases.forms import moment
from helpdesk.corrections import asking
from helpdesk.corrections.registry import Field, Kind, register
from helpdesk.emergencies.choices import Grade
from helpdesk.emergencies.models import Emergency
from reception.core.flow import Refused


def happened(emergency: Emergency, value: datetime, reason: str) -> dict[str, Any]:
    """When it happened: not after it was reported. Raises Refused."""
    if value > emergency.created_at:
        raise Refused("invalid", "发生时间不能在接报之后，请重填。", field="value")
    asking.check_year(value, emergency.created_at)
    return {"happened_at": value}


register(
    Kind(
        prefix="TF",
        model=Emergency,
        fields=(
            asking.line("place", "地点", 120, since="place"),
            asking.lines("content", "情况", since="content"),
            asking.category("emergency"),
            asking.one_of("grade", "等级", Grade, since="grade"),
            asking.line("reporter", "报告人", 40),
            asking.phone(),
            Field(
                "happened_at",
                "发生时间",
                lambda: moment("发生时间更正为"),
                since="happened_at",
                settle=happened,
            ),
            asking.line("commander", "现场指挥", 40, since="handled_at"),
            asking.maybe("casualties", "伤亡", 200, since="casualties"),
            asking.maybe("losses", "损失", 200, since="losses"),
            asking.lines("measures", "已采取措施", since="controlled_at"),
            asking.lines("story", "经过", since="written_at"),
            asking.lines("result", "处理结果", since="written_at"),
            asking.lines("prevention", "防范措施", since="prevented_at"),
        ),
        seen_by=lambda user: Emergency.objects.visible_to(user),
    )
)
