"""What must hold before a report is signed, reviewed, handed in and received (D4.4.5)."""

from collections.abc import Mapping
from datetime import date, datetime

from helpdesk.handed.content import promised
from helpdesk.handed.flow import FLOW
from helpdesk.handed.models import HeldMonth, Submission
from reception.core.clock.periods import next_month
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.procedures import Procedure


def months_of(first: date, months: int) -> list[date]:
    """The first days of the months covered."""
    return [next_month(first, number) for number in range(months)]


def check_over(found: Submission, user: User | None, at: datetime) -> None:
    """Figures are signed for when the months are over. Raises Refused."""
    if at < found.span.end:
        raise Refused(
            "state", f"{found.span.label}还没有结束，数字还会变。请到下月一日以后再制表签字。（D4.4.5）"
        )


def check_free(first: date, months: int, own: int | None = None) -> None:
    """No month of it is in another signed report. Raises Refused."""
    held = HeldMonth.objects.filter(month__in=months_of(first, months)).exclude(submission=own)
    other = held.select_related("submission").first()
    if other is not None:
        raise Refused(
            "state",
            f"{other.month.year}年{other.month.month}月已经在 {other.submission.no}（{other.submission.get_status_display()}）里了，"
            "一个月只能报一次。要改请把那一份退回。",
            field="month",
        )


def check_months(found: Submission, user: User | None, at: datetime) -> None:
    """As `check_free`, for the button."""
    check_free(found.first, found.months, found.pk)


def check_complete(found: Submission, user: User | None, at: datetime) -> None:
    """Every measure says what, who and by when; every promise of the last report says what became of it."""
    for number, one in enumerate(found.measures.all(), 1):
        if not (one.action and one.department_id and one.due_on):
            raise Refused(
                "missing", f"改进建议第 {number} 条（{one.problem}）还缺措施、责任部门或时限，请先填齐。"
            )
    told = {row.measure_id for row in found.outcomes.all()}
    silent = [one for one in promised(found) if one.pk not in told]
    if silent:
        raise Refused("missing", f"上期措施还有 {len(silent)} 条没有写完成情况，请先填写。（D4.4.5）")


def check_another(found: Submission, user: User | None, at: datetime) -> None:
    """制表 and 审核 are two people."""
    if user is not None and found.signed_by_id == user.pk:
        raise Refused("forbidden", "制表和审核、接收要由不同的人签字，请由别人来办。")


PROCEDURE = Procedure(
    FLOW,
    rules={
        "sign": (check_over, check_months, check_complete),
        "review": (check_another,),
        "receive": (check_another,),
    },
    audiences={
        "reviewers": lambda found: User.objects.in_role("manager"),
        "directors": lambda found: User.objects.in_role("director"),
        "writers": lambda found: [found.created_by, found.signed_by, found.submitted_by],
    },
)


def check_draft(found: Submission) -> None:
    """Before 制表签字 only. Raises Refused."""
    if found.status != FLOW.start:
        raise Refused(
            "state", f"{found.no} 是“{found.get_status_display()}”，内容已经定下；要改请先退回。（D4.4.5）"
        )


def check_same(signed: Mapping[str, str], now: Mapping[str, str]) -> None:
    """What was signed for still holds: a correction meanwhile asks for a new signature. Raises Refused."""
    moved = [name for name in {**signed, **now} if signed.get(name) != now.get(name)]
    if moved:
        few = "、".join(f"{name} {signed.get(name, '无')}→{now.get(name, '无')}" for name in moved[:3])
        more = f"等 {len(moved)} 项" if len(moved) > 3 else ""
        raise Refused(
            "state", f"制表签字以后有记录更正，数字变了：{few}{more}。请退回，由制表人看过新数字再签。"
        )
