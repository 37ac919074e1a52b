"""The procedure of a reception as a table (records §1.2)."""

from reception.core.flow import Flow, Move
from reception.core.people.roles import Can
from visits.requests.choices import Status as S

FLOW = Flow(
    "visits.reception",
    S,
    start=S.DRAFT,
    label="接待申请",
    moves=(
        Move(
            "submit",
            (S.DRAFT, S.RETURNED),
            (S.REVIEW, S.PENDING),
            "提交",
            Can.APPLY_RECEPTION,
            notifies=("deciders",),
            tone="primary",
        ),
        Move(
            "agree",
            (S.REVIEW,),
            S.PENDING,
            "审核同意",
            Can.REVIEW_RECEPTION,
            notifies=("applicant", "deciders"),
            tone="primary",
        ),
        Move(
            "approve",
            (S.PENDING,),
            S.PREPARING,
            "批准定级",
            Can.DECIDE_RECEPTION,
            notifies=("applicant", "department", "host"),
            needs=("tier",),
            tone="primary",
        ),
        # A department head returns from review, a leader from pending: who may is a rule, not a role.
        Move("return_back", (S.REVIEW, S.PENDING), S.RETURNED, "退回", None, ("applicant",), ("reason",)),
        Move(
            "reject",
            (S.PENDING,),
            S.REJECTED,
            "不批准",
            Can.DECIDE_RECEPTION,
            ("applicant", "department"),
            ("reason",),
            "danger",
        ),
        Move("withdraw", (S.REVIEW, S.PENDING), S.DRAFT, "撤回", Can.APPLY_RECEPTION, ("waiting",)),
        Move("start", (S.PREPARING,), S.RECEIVING, "开始接待", Can.RUN_RECEPTION, ("host",), tone="primary"),
        Move(
            "finish",
            (S.RECEIVING,),
            S.SETTLING,
            "结束接待",
            Can.RUN_RECEPTION,
            ("applicant",),
            tone="primary",
        ),
        Move(
            "settle",
            (S.SETTLING,),
            S.AUDITING,
            "提交结算",
            Can.APPLY_RECEPTION,
            ("auditors", "over_approver"),
            ("sheet",),
            "primary",
        ),
        # What was exceeded is confirmed by the leader whom the applicant names (A7a, A7b); the list stays where it is.
        Move(
            "confirm_over",
            (S.AUDITING,),
            None,
            "确认超出",
            Can.DECIDE_RECEPTION,
            ("applicant", "auditors"),
            tone="primary",
        ),
        Move("audit", (S.AUDITING,), S.CLOSING, "审核通过", Can.AUDIT_COSTS, ("applicant",), tone="primary"),
        # The auditor, or the leader who does not confirm: a rule.
        Move("send_back", (S.AUDITING,), S.SETTLING, "退回结算", None, ("applicant",), ("reason",)),
        Move(
            "archive",
            (S.CLOSING,),
            S.ARCHIVED,
            "归档",
            Can.ARCHIVE_RECEPTION,
            ("applicant",),
            tone="primary",
        ),
        # The applicant, and after approval a leader too: again a rule.
        Move(
            "cancel",
            (S.DRAFT, S.RETURNED, S.REVIEW, S.PENDING, S.PREPARING),
            S.CANCELLED,
            "取消",
            None,
            ("waiting", "workers", "host"),
            ("reason",),
            "danger",
        ),
    ),
)
