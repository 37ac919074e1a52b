"""The procedure of a collective report as a table (D4.4.4 重要问题)."""

from helpdesk.collective.choices import Status as S
from reception.core.flow import Flow, Move
from reception.core.people.roles import Can

FLOW = Flow(
    "helpdesk.collective",
    S,
    start=S.PROPOSED,
    label="集体反映",
    moves=(
        Move("accept", (S.PROPOSED,), S.ACCEPTED, "立为重要问题", Can.LOG_CALL, (), (), "danger"),
        Move("dismiss", (S.PROPOSED,), S.DISMISSED, "不立案", Can.CLOSE_CASE, ("managers",), ("reason",)),
        Move("call_back", (S.ACCEPTED,), None, "登记回访", Can.LOG_CALL, (), ("household",), "primary"),
        Move("finish", (S.ACCEPTED,), S.FINISHED, "回访完毕", Can.CLOSE_CASE, (), ()),
    ),
)
