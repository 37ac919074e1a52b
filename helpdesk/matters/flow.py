"""The procedure of a matter as a table (D4.4.3 反馈有关方面，跟踪处理并关闭)."""

from helpdesk.cases.voiding import void_move
from helpdesk.matters.choices import CHARGED, NEW
from helpdesk.matters.choices import Status as S
from reception.core.flow import Flow, Move
from reception.core.people.roles import Can

DESK = Can.CLOSE_CASE

FLOW = Flow(
    "helpdesk.matter",
    S,
    start=S.RECEIVED,
    label="其他问题",
    moves=(
        Move("assign", NEW, S.ASSIGNED, "交办", DESK, ("charged",), ("due_at",), "primary"),
        # The desk itself did it: nobody else need be asked.
        Move("settle", NEW, S.DONE, "前台办结", DESK, ("maker",), ("result",)),
        Move("sign", (S.ASSIGNED,), S.SIGNED, "签收", None, ("assigner",), tone="primary"),
        Move("note", CHARGED, None, "记进展", None, needs=("words",)),
        Move("finish", (S.SIGNED,), S.DONE, "办结", None, ("maker", "assigner"), ("result",), "primary"),
        Move("send_back", CHARGED, S.RETURNED, "退回", None, ("assigner", "maker"), ("reason",)),
        Move("reassign", CHARGED, S.ASSIGNED, "改派", DESK, ("charged",), ("reason", "due_at")),
        Move("postpone", CHARGED, None, "约定新时限", DESK, ("charged",), ("reason", "due_at")),
        Move(
            "feedback", (S.DONE,), (S.FED_BACK, S.RETURNED, S.DONE), "反馈", DESK, (), ("opinion",), "primary"
        ),
        Move("close", (S.FED_BACK,), S.CLOSED, "关闭", DESK, ("charged",), tone="primary"),
        void_move(S, ("maker",)),
    ),
)
