"""The procedure of a booking as a table (B4): it follows its reception, and whoever made it lets it go."""

from reception.core.flow import Flow, Move
from visits.resources.choices import LIVE
from visits.resources.choices import BookingStatus as S

FLOW = Flow(
    "visits.resourcebooking",
    S,
    start=S.FIRM,
    label="资源预订",
    moves=(
        # The first four are made by the reception's own moves: submitted, sent back, approved, beaten by a firm one.
        Move("hold", (S.PLANNED,), S.TENTATIVE, "拟订", None),
        Move("unhold", (S.TENTATIVE,), S.PLANNED, "回到未提交", None),
        Move("confirm", (S.PLANNED, S.TENTATIVE), S.FIRM, "确认预订", None),
        Move("give_way", LIVE, S.FREED, "让位", None, (), ("reason",)),
        Move("free", LIVE, S.FREED, "释放", None, ("concerned",), ("reason",)),
    ),
)
