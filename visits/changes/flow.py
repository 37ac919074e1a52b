"""The procedure of a 变更 as a table (records §1.2)."""

from reception.core.flow import Flow, Move
from reception.core.people.roles import Can
from visits.changes.choices import Status as S

FLOW = Flow(
    "visits.change",
    S,
    start=S.DRAFT,
    label="接待变更",
    moves=(
        # What is only logged is in force at once; what needs approval waits for it. A table says which.
        Move(
            "submit",
            (S.DRAFT,),
            (S.PENDING, S.EFFECTIVE),
            "提交变更",
            Can.APPLY_RECEPTION,
            ("deciders",),
            tone="primary",
        ),
        Move(
            "approve",
            (S.PENDING,),
            S.EFFECTIVE,
            "同意变更",
            Can.DECIDE_RECEPTION,
            ("applicant",),
            tone="primary",
        ),
        Move(
            "refuse",
            (S.PENDING,),
            S.REFUSED,
            "不同意变更",
            Can.DECIDE_RECEPTION,
            ("applicant",),
            ("reason",),
            "danger",
        ),
        Move("withdraw", (S.DRAFT, S.PENDING), S.WITHDRAWN, "撤回变更", Can.APPLY_RECEPTION, ("waiting",)),
    ),
)
