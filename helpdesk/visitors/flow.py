"""The procedure of a visit to the building as a table (C4, C5)."""

from helpdesk.cases.voiding import void_move
from helpdesk.visitors.choices import Status as S
from reception.core.flow import Flow, Move
from reception.core.people.roles import Can

FLOW = Flow(
    "helpdesk.visitor",
    S,
    start=S.INSIDE,
    label="访客",
    moves=(
        Move("leave", (S.INSIDE,), S.LEFT, "登记离开", Can.LOG_CALL, tone="primary"),
        Move("guide", (S.INSIDE,), None, "登记引见", Can.LOG_CALL, needs=("guide",)),
        void_move(S),
    ),
)
