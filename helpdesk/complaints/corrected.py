"""What of a complaint may be set right (D4.3.3). The signed opinion and the customer's verdict stand as they were given."""

from helpdesk.complaints.models import Complaint
from helpdesk.complaints.policies import check_not_accused
from helpdesk.corrections import asking
from helpdesk.corrections.registry import Kind, register
from reception.core.people.models import User


def check(complaint: Complaint, user: User) -> None:
    """Nobody writes in a complaint against themselves. Raises Refused."""
    check_not_accused(complaint, user, complaint.created_at)


register(
    Kind(
        prefix="TS",
        model=Complaint,
        fields=(
            asking.line("customer", "投诉人", 40),
            asking.phone(),
            asking.maybe("place", "房号或单位", 120, effect=asking.KEPT),
            asking.line("channel", "方式", 8),
            asking.category("complaint"),
            asking.lines("content", "投诉内容"),
            asking.maybe("wish", "诉求", 200),
            asking.lines("facts", "事实真相", since="verified_at"),
            asking.maybe("cause", "原因", 2000, since="done_at"),
            asking.maybe("measures", "措施", 2000, since="done_at"),
            asking.maybe("prevention", "纠正预防", 2000, since="done_at"),
            asking.maybe("opinion_words", "顾客的话", 500, since="fed_back_at"),
        ),
        seen_by=lambda user: Complaint.objects.visible_to(user),
        check=check,
    )
)
