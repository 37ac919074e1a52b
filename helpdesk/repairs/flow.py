"""The procedure of a repair order as a table (records §2.1 报修)."""

from helpdesk.cases.voiding import void_move
from helpdesk.repairs.choices import IN_HAND, NOT_THERE, OPEN
from helpdesk.repairs.choices import Status as S
from reception.core.flow import Flow, Move
from reception.core.people.roles import Can

FLOW = Flow(
    "helpdesk.repair",
    S,
    start=S.WAITING,
    label="维修单",
    moves=(
        Move("dispatch", (S.WAITING,), S.HANDED, "派工", Can.DISPATCH_REPAIR, ("repairer",), tone="primary"),
        # E5.3.3: the press is the signature; where nobody of 工程部 has signed the hand-over yet, it signs that too.
        Move("acknowledge", (S.HANDED,), S.ACKNOWLEDGED, "接单", Can.DO_REPAIR, tone="primary"),
        Move("arrive", (S.ACKNOWLEDGED,), S.ARRIVED, "到场", Can.DO_REPAIR, tone="primary"),
        Move(
            "finish",
            (S.ARRIVED, S.WORKING),
            S.FINISHED,
            "完工",
            Can.DO_REPAIR,
            ("maker",),
            ("measures",),
            "primary",
        ),
        Move("work", (S.ARRIVED, S.PAUSED), S.WORKING, "开工", Can.DO_REPAIR),
        Move("pause", (S.ARRIVED, S.WORKING), S.PAUSED, "暂停", Can.DO_REPAIR, ("maker",), ("reason",)),
        # E5.3.7: an order without its slip is not finished business.
        Move("slip", (S.FINISHED,), S.SLIP_BACK, "登记底联返回", Can.RECEIVE_SLIP, tone="primary"),
        Move("revisit", (S.SLIP_BACK,), S.REVISITED, "登记回访", Can.CLOSE_CASE, tone="primary"),
        Move(
            "close",
            (S.REVISITED, S.SLIP_BACK),
            S.CLOSED,
            "关闭",
            Can.CLOSE_CASE,
            needs=("close_word",),
            tone="primary",
        ),
        # E5.3.3: a fellow of the crew may sign for 工程部 before the repairer has read it.
        Move("sign", (S.HANDED,), None, "工程部签收", Can.DO_REPAIR, ("maker", "dispatcher")),
        Move(
            "give_back",
            IN_HAND,
            S.WAITING,
            "退单",
            Can.DO_REPAIR,
            ("maker", "dispatcher"),
            ("reason",),
            "danger",
        ),
        Move(
            "reassign",
            IN_HAND,
            S.HANDED,
            "转派",
            Can.DISPATCH_REPAIR,
            ("repairer",),
            ("reason",),
        ),
        Move(
            "rearrange",
            NOT_THERE,
            None,
            "改约",
            Can.DISPATCH_REPAIR,
            ("repairer",),
            ("reason", "agreed_with"),
        ),
        # E5.3.4: what is 重大 reaches the manager at once; who is told is the action's business, it is louder.
        Move("mark_important", OPEN, None, "报告重大", Can.LOG_CALL, needs=("reason",)),
        # C2: a walk-in repair is led to a 物业助理, who takes it over.
        Move("introduce", (S.WAITING,), None, "引见给物业助理", Can.LOG_CALL, ("assistants",)),
        Move("receive", (S.WAITING,), None, "接待客户", Can.DISPATCH_REPAIR, ("introducer",)),
        # E5.3.7: why the slip is not back.
        Move(
            "explain",
            (*IN_HAND, S.FINISHED),
            None,
            "登记未返回原因",
            Can.RECEIVE_SLIP,
            needs=("slip_reason",),
        ),
        Move("link", OPEN, None, "记为返修", Can.LOG_CALL, needs=("origin",)),
        Move(
            "cancel",
            (S.WAITING, S.HANDED),
            S.CANCELLED,
            "取消",
            Can.DISPATCH_REPAIR,
            ("repairer",),
            ("reason",),
            "danger",
        ),
        Move(
            "force_close",
            OPEN,
            S.CLOSED,
            "强制关闭",
            Can.FORCE_CLOSE,
            ("repairer", "maker"),
            ("reason",),
            "danger",
        ),
        void_move(S, ("repairer", "maker")),
    ),
)
