"""The way of a report from the draft to the locked snapshot, as a table (D4.4.5)."""

from helpdesk.handed.choices import Status as S
from reception.core.flow import Flow, Move
from reception.core.people.roles import Can

FLOW = Flow(
    "helpdesk.submission",
    S,
    start=S.DRAFT,
    label="客户反映情况报告",
    moves=(
        Move("sign", (S.DRAFT,), S.SIGNED, "制表签字", Can.EDIT_REPORT, ("reviewers",), tone="primary"),
        Move("review", (S.SIGNED,), S.REVIEWED, "审核签字", Can.REVIEW_REPORT, ("writers",), tone="primary"),
        Move("submit", (S.REVIEWED,), S.SUBMITTED, "报物管中心", Can.REVIEW_REPORT, ("directors",), tone="primary"),
        Move("receive", (S.SUBMITTED,), S.LOCKED, "接收并锁定", Can.RECEIVE_REPORT, ("writers",), tone="primary"),
        Move("send_back", (S.SIGNED, S.REVIEWED), S.DRAFT, "退回修改", Can.REVIEW_REPORT, ("writers",), ("reason",)),
        # What is out of the house only its receiver sends back; the snapshot of that day is kept.
        Move("give_back", (S.SUBMITTED,), S.DRAFT, "退回重报", Can.RECEIVE_REPORT, ("writers",), ("reason",)),
    ),
)  # fmt: skip
