"""The procedure of a department's task as a table (A5)."""

from reception.core.flow import Flow, Move
from reception.core.people.roles import Can
from visits.tasks.choices import OPEN
from visits.tasks.choices import TaskStatus as S

RUNNING = (S.TAKEN, S.BLOCKED)

FLOW = Flow(
    "visits.task",
    S,
    start=S.TODO,
    label="部门任务",
    moves=(
        Move("take", (S.TODO,), S.TAKEN, "领取", Can.DO_TASK, tone="primary"),
        Move("accept", OPEN, S.TAKEN, "接收", Can.DO_TASK, tone="primary"),
        Move("decline", OPEN, None, "不接收", Can.DO_TASK, (), ("reason",)),
        Move("finish", OPEN, S.DONE, "完成", Can.DO_TASK, ("applicant",), tone="primary"),
        Move("reconfirm", (*OPEN, S.DONE), None, "再确认", Can.DO_TASK, tone="primary"),
        Move("assign", (S.TODO, S.TAKEN), S.TODO, "指派", Can.DO_TASK, ("assignee",), ("person",)),
        Move("hand_over", OPEN, None, "移交", Can.DO_TASK, ("offered",), ("reason",)),
        Move("recall", OPEN, None, "收回移交", Can.DO_TASK),
        Move("block", (S.TODO, S.TAKEN), S.BLOCKED, "受阻", Can.DO_TASK, ("applicant", "head", "helper", "managers"), ("reason",)),
        Move("unblock", (S.BLOCKED,), S.TAKEN, "解除受阻", Can.DO_TASK, ("applicant", "head"), tone="primary"),
        Move("give_back", RUNNING, S.TODO, "退还", Can.DO_TASK, ("head",), ("reason",)),
        Move("still_valid", (S.DONE,), None, "仍然有效", Can.DO_TASK),
        Move("redo", (S.DONE,), S.TAKEN, "重办", Can.DO_TASK, ("applicant", "head"), ("reason",)),
        Move("revive", (S.DROPPED,), S.TODO, "恢复", Can.DO_TASK, ("applicant", "head")),
        Move("drop", OPEN, S.DROPPED, "不办", Can.DO_TASK, ("applicant", "head"), ("reason",)),
    ),
)  # fmt: skip
