"""The procedure of a department's task as a table (A5)."""

from reception.core.flow import Flow, Move
from reception.core.people.roles import Can
from visits.tasks.choices import TaskStatus as S

FLOW = Flow(
    "visits.task",
    S,
    start=S.TODO,
    label="部门任务",
    moves=(
        Move("take", (S.TODO,), S.TAKEN, "领取", Can.DO_TASK, tone="primary"),
        Move("finish", (S.TODO, S.TAKEN), S.DONE, "完成", Can.DO_TASK, ("applicant",), tone="primary"),
        Move("give_back", (S.TAKEN,), S.TODO, "退还", Can.DO_TASK, ("head",), ("reason",)),
        Move("drop", (S.TODO, S.TAKEN), S.DROPPED, "不办", Can.DO_TASK, ("applicant", "head"), ("reason",)),
    ),
)
