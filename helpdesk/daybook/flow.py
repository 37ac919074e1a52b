"""The procedure of a day's summary as a table (E5.3.7, D4.1)."""

from helpdesk.daybook.choices import Status as S
from helpdesk.daybook.choices import Turn as T
from reception.core.flow import Flow, Move
from reception.core.people.roles import Can

FLOW = Flow(
    "helpdesk.day",
    S,
    start=S.OPEN,
    label="工作日汇总",
    moves=(
        Move("hand", (S.OPEN,), S.HANDED, "交班签字", Can.LOG_CALL, tone="primary"),
        Move("take", (S.HANDED,), S.TAKEN, "接班签字", Can.LOG_CALL, ("managers",), tone="primary"),
        Move("review", (S.TAKEN,), S.REVIEWED, "审阅签字", Can.REVIEW_DAY, ("writers",), ("opinion",), "primary"),
        # Locked means locked: only the manager opens it again, and says why (D4.3.3).
        Move("give_back", (S.HANDED, S.TAKEN), S.OPEN, "退回补写", Can.REVIEW_DAY, ("writers",), ("reason",)),
    ),
)  # fmt: skip

# A shift within the day: two people sign where one ends and the next begins.
TURN = Flow(
    "helpdesk.turn",
    T,
    start=T.ON,
    label="班次交接",
    moves=(
        Move("hand", (T.ON,), T.HANDED, "交班签字", Can.LOG_CALL, tone="primary"),
        Move("take", (T.HANDED,), T.TAKEN, "接班签字", Can.LOG_CALL, tone="primary"),
    ),
)
