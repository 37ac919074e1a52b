"""What of a 信息接待记录 may be set right (D4.3.3). Promises, answers' times and signatures stand as they were given."""

from helpdesk.corrections import asking
from helpdesk.corrections.registry import Kind, register
from helpdesk.enquiries.models import Enquiry

register(
    Kind(
        prefix="CX",
        model=Enquiry,
        fields=(
            asking.line("customer", "查询人", 48),
            asking.phone(),
            asking.maybe("company", "单位", 80),
            asking.maybe("place", "房号", 120),
            asking.line("channel", "渠道", 8),
            asking.category("enquiry"),
            asking.lines("content", "查询内容"),
            asking.lines("advice", "专业答复", since="advised_at"),
            asking.lines("answer", "答复内容", since="replied_at"),
        ),
        seen_by=lambda user: Enquiry.objects.visible_to(user),
    )
)
