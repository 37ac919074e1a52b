"""The kinds as the board groups them: the three that matter, and the rest."""

from helpdesk.cases.choices import Kind
from helpdesk.drill.choices import OTHER

# kind, as an address asks for it · its name · its colour
GROUPS = (
    (Kind.REPAIR.value, "报修", "c1"),
    (Kind.ENQUIRY.value, "查询", "c2"),
    (Kind.COMPLAINT.value, "投诉", "c4"),
    (OTHER, "其他", "c5"),
)


def group_of(kind: str) -> str:
    """The group of a kind."""
    return kind if kind in (Kind.REPAIR, Kind.ENQUIRY, Kind.COMPLAINT) else OTHER
