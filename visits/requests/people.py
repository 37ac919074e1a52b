"""Who is told of a reception's moves, and whom it waits for."""

from typing import Any

from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.people.roles import ROLES, Can
from visits.costs.policies import auditors_for, sheet_of
from visits.requests.choices import Status

DECIDING = [code for code, role in ROLES.items() if Can.DECIDE_RECEPTION.value in role.cans]


def leaders_for(reception: Any) -> list[User]:
    """The leaders who may decide at the proposed tier (A3.1b), most senior first."""
    people = User.objects.in_role(*DECIDING).select_related("position")
    fit = [
        p
        for p in people
        if p.rank >= reception.proposed_tier.approver_rank and p.pk != reception.applicant_id
    ]
    return sorted(fit, key=lambda person: (-person.rank, person.pk))


def waits_for(reception: Any, status: str) -> list[User]:
    """The people whose turn it is in `status`: the head, the leaders, or nobody."""
    if status == Status.REVIEW:
        head = reception.department.head
        return [head] if head else []
    return leaders_for(reception) if status == Status.PENDING else []


def deciders(reception: Any) -> list[User]:
    """Whose turn it is now."""
    return waits_for(reception, reception.status)


def waiting(reception: Any) -> list[User]:
    """Whose turn it was before the last move; after an approval the one who approved."""
    last = events_of(reception).last()
    if last and last.old == Status.PREPARING:
        return [reception.decided_by] if reception.decided_by else []
    return waits_for(reception, last.old) if last else []


def workers(reception: Any) -> list[User]:
    """The heads of the departments that have a task in it, and people who hold one."""
    tasks = reception.tasks.select_related("department__head", "assignee")
    return [person for task in tasks for person in (task.department.head, task.assignee) if person]


def over_approver(reception: Any) -> list[User]:
    """The leader named for what a settlement exceeded."""
    sheet = sheet_of(reception)
    return [sheet.approver] if sheet and sheet.approver else []


AUDIENCES = {
    "applicant": lambda reception: [reception.applicant],
    "department": lambda reception: [reception.department.head],
    "host": lambda reception: [reception.host],
    "deciders": deciders,
    "waiting": waiting,
    "workers": workers,
    "auditors": auditors_for,
    "over_approver": over_approver,
}
