"""The procedure of an emergency as a table (records §2.1 突发/重要, D4.4.4)."""

from helpdesk.cases.voiding import void_move
from helpdesk.emergencies.choices import LIVE, OPEN
from helpdesk.emergencies.choices import Status as S
from reception.core.flow import Flow, Move
from reception.core.people.roles import Can

ACT, REVIEW, CLOSE = Can.HANDLE_EMERGENCY, Can.REVIEW_EMERGENCY, Can.CLOSE_EMERGENCY

FLOW = Flow(
    "helpdesk.emergency",
    S,
    start=S.RECEIVED,
    label="突发事件",
    moves=(
        # Each of those who were told confirms for themselves; the first confirmation makes it 已报告.
        Move("acknowledge", OPEN, None, "确认收到", None, tone="primary"),
        Move("report", (S.RECEIVED,), S.REPORTED, "已报告", None),
        Move("answer", OPEN, None, "代记回执", Can.LOG_CALL, needs=("person",)),
        Move("handle", (S.REPORTED,), S.HANDLING, "开始处置", ACT, ("chain",), ("commander",), "primary"),
        Move("control", (S.HANDLING,), S.CONTROLLED, "已控制", ACT, ("chain",), ("measures",), "primary"),
        Move("write", (S.CONTROLLED,), S.WRITTEN, "交书面报告", ACT, (), ("story", "result"), "primary"),
        Move(
            "prevent", (S.WRITTEN,), S.PREVENTED, "总结防范", ACT, ("reviewers",), ("prevention",), "primary"
        ),
        Move("review", (S.PREVENTED,), S.REVIEWED, "审核通过", REVIEW, ("leaders",), ("opinion",), "primary"),
        Move("close", (S.REVIEWED,), S.CLOSED, "关闭", CLOSE, ("chain",), ("close_word",), "primary"),
        Move("note", OPEN, None, "记一笔", ACT, needs=("words",)),
        Move("tick", OPEN, None, "做完一项", ACT, needs=("duty",)),
        Move("outside", OPEN, None, "外部报警", ACT, needs=("service",)),
        Move("instruct", OPEN, None, "记领导指示", ACT, ("chain",), ("words",)),
        Move("amend", (*LIVE, S.CONTROLLED), None, "补充情况", ACT),
        Move("send_back", (S.PREVENTED,), S.CONTROLLED, "退回重写", REVIEW, ("writer",), ("reason",)),
        Move("refuse", (S.REVIEWED,), S.CONTROLLED, "领导退回", CLOSE, ("writer", "reviewers"), ("reason",)),
        void_move(S, ("chain",), "误报作废"),
    ),
)
