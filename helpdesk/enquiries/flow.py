"""The procedure of an enquiry as a table (records §2.1 查询, C3, E5.2)."""

from helpdesk.cases.voiding import void_move
from helpdesk.enquiries.choices import PROMISED, WITH_SPECIALIST
from helpdesk.enquiries.choices import Status as S
from reception.core.flow import Flow, Move
from reception.core.people.roles import Can

DESK = Can.LOG_CALL

FLOW = Flow(
    "helpdesk.enquiry",
    S,
    start=S.RECORDED,
    label="查询",
    moves=(
        Move("answer", (S.RECORDED,), (S.ANSWERED, S.CLOSED), "当场答复", DESK, (), ("answer",), "primary"),
        Move(
            "promise", (S.RECORDED,), S.WAITING, "承诺回电", DESK, (), ("reply_due_at", "contact"), "primary"
        ),
        Move("reply", (S.WAITING,), (S.REPLIED, S.CLOSED), "回复", DESK, (), ("answer",), "primary"),
        Move("hand", (S.WAITING,), S.SENT, "转专业人员", DESK, ("specialist",), ("specialist",)),
        # The specialist's own: named when it was handed over (E5.2.1c).
        Move("accept", (S.SENT,), S.ACCEPTED, "接手办理", None, ("keeper",), tone="primary"),
        Move(
            "advise",
            (S.ACCEPTED,),
            (S.REPLIED, S.WAITING),
            "专业答复",
            None,
            ("keeper",),
            ("answer",),
            "primary",
        ),
        Move("hand_back", WITH_SPECIALIST, S.WAITING, "退回前台", None, ("keeper",), ("reason",)),
        Move("withdraw", WITH_SPECIALIST, S.WAITING, "收回", DESK, ("specialist",), ("reason",)),
        # Nobody picked up: it is written down, and goes on ringing.
        Move("attempt", PROMISED, None, "没打通", None),
        Move("rearrange", PROMISED, None, "改约时间", DESK, ("specialist",), ("reply_due_at", "reason")),
        # 来访查询 (E5.2.2).
        Move("notify", (S.RECORDED, S.WAITING), None, "通知管家、客服经理", DESK),
        Move("take", (S.RECORDED, S.WAITING), None, "我来接待", Can.CLOSE_CASE),
        Move("close", (S.ANSWERED, S.REPLIED), S.CLOSED, "关闭", DESK, tone="primary"),
        void_move(S, ("keeper",)),
    ),
)
