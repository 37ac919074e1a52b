"""The procedure of a complaint as a table (records §2.1 投诉, D4.4.2, E5.4): no step can be skipped."""

from helpdesk.cases.voiding import void_move
from helpdesk.complaints.choices import Status as S
from reception.core.flow import Flow, Move
from reception.core.people.roles import Can

DESK = Can.CLOSE_CASE

FLOW = Flow(
    "helpdesk.complaint",
    S,
    start=S.RECEIVED,
    label="投诉",
    moves=(
        Move("verify", (S.RECEIVED,), S.VERIFIED, "核实", DESK, ("signers",), ("facts", "nature"), "primary"),
        Move(
            "confirm",
            (S.VERIFIED, S.AGAIN),
            S.CONFIRMED,
            "确认签字",
            Can.CONFIRM_COMPLAINT,
            ("maker",),
            ("decision",),
            "primary",
        ),
        Move("send", (S.CONFIRMED,), S.SENT, "转责任部门", DESK, ("department",), tone="primary"),
        # Not founded, or beyond our means: no department works on it, the customer is told all the same.
        Move("settle", (S.CONFIRMED,), S.DONE, "不转办，待反馈", DESK, tone="primary"),
        # The responsible department's own people sign, work and report.
        Move("sign", (S.SENT,), S.SIGNED, "签收", None, ("maker",), tone="primary"),
        Move("work", (S.SIGNED,), S.WORKING, "开始处理", None, tone="primary"),
        Move("finish", (S.WORKING,), S.DONE, "处理完毕", None, ("maker",), ("measures",), "primary"),
        Move(
            "feedback",
            (S.DONE,),
            (S.FED_BACK, S.AGAIN, S.DONE),
            "反馈客户",
            DESK,
            (),
            ("opinion",),
            "primary",
        ),
        Move("close", (S.FED_BACK,), S.CLOSED, "关闭", DESK, ("department",), tone="primary"),
        void_move(S, ("maker",)),
    ),
)
