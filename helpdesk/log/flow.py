"""The procedure of a call as a table (D4.1, D4.3.4)."""

from helpdesk.cases.voiding import void_move
from helpdesk.log.choices import Status as S
from reception.core.flow import Flow, Move
from reception.core.people.roles import Can

FLOW = Flow(
    "helpdesk.call",
    S,
    start=S.OPEN,
    label="来电",
    moves=(
        Move(
            "reply_close", (S.OPEN,), S.CLOSED, "答复并关闭", Can.CLOSE_CASE, needs=("reply",), tone="primary"
        ),
        Move("convert", (S.OPEN,), S.CONVERTED, "转维修单", Can.LOG_CALL),
        Move("join", (S.OPEN,), S.CONVERTED, "并入维修单", Can.LOG_CALL),
        Move("complain", (S.OPEN,), S.LED_ON, "转投诉", Can.LOG_CALL, needs=("courtesy",)),
        Move("hand_on", (S.OPEN,), S.LED_ON, "转其他问题", Can.LOG_CALL),
        Move("enquire", (S.OPEN,), S.LED_ON, "登记查询", Can.LOG_CALL),
        Move("alarm", (S.OPEN,), S.LED_ON, "报突发", Can.LOG_CALL, tone="danger"),
        # Made by the house when the case that came of it is over.
        Move("follow", (S.LED_ON,), S.CLOSED, "随案关闭", None),
        # Made by the house when the order or the case that came of it was struck out.
        Move("reopen", (S.CONVERTED, S.LED_ON), S.OPEN, "退回待处理", None),
        void_move(S),
    ),
)
