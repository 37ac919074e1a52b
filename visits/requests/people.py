"""Who is told of a reception's moves, and whom it waits for."""

from typing import Any

from reception.core.ledger import events_of
from reception.core.people.models import User
from reception.core.people.roles import ROLES, Can
from visits.costs.policies import auditors_for, sheet_of
from visits.hosts.naming import recognise
from visits.requests.choices import Status

DECIDING = [code for code, role in ROLES.items() if Can.DECIDE_RECEPTION.value in role.cans]


def leaders_for(reception: Any) -> list[User]:
    """The leaders who may decide at the proposed tier (A3.1b), most senior first."""
    return leaders_at(reception.proposed_tier, reception.applicant_id)


def leaders_at(tier: Any, applicant_id: int) -> list[User]:
    """The leaders who may decide at `tier` on a request of this applicant (A3.1b), most senior first."""
    people = User.objects.in_role(*DECIDING).select_related("position")
    fit = [p for p in people if p.rank >= tier.approver_rank and p.pk != applicant_id]
    return sorted(fit, key=lambda person: (-person.rank, person.pk))


def named(companions: str) -> list[User]:
    """The colleagues whose names stand in 陪同人员, as far as they are written in full: 邱实、方可（技术品质部）."""
    return recognise(companions).users


def receivers_for(reception: Any, giver: User) -> list[User]:
    """The leaders to whom `giver` may hand the request on."""
    return [person for person in leaders_for(reception) if person.pk not in (giver.pk, reception.holder_id)]


def waits_for(reception: Any, status: str) -> list[User]:
    """The people whose turn it is in `status`: the head, the leaders (the one it was handed on to), or nobody."""
    if status == Status.REVIEW:
        head = reception.department.head
        return [head] if head else []
    if status != Status.PENDING:
        return []
    return [reception.holder] if reception.holder_id else leaders_for(reception)


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


def cancellers(reception: Any) -> list[User]:
    """The leaders who may confirm that an approved reception is cancelled: of the tier in force."""
    return leaders_at(reception.tier, reception.applicant_id) if reception.tier_id else []


def companions(reception: Any) -> list[User]:
    """Those of ours who go along: chosen, or written out in full."""
    return [*reception.colleagues.all(), *named(reception.companions)]


def concerns(reception: Any) -> list[User]:
    """Whom a changed or cancelled reception concerns: applicant, host, companions, its department, all with a task."""
    head = reception.department.head if reception.department else None
    people = [reception.applicant, reception.host, head, *companions(reception), *workers(reception)]
    return [person for person in people if person]


def handed(reception: Any) -> list[User]:
    """The two between whom it was handed on last."""
    last = events_of(reception).filter(verb="hand_on").select_related("actor").last()
    return (
        [*([last.actor] if last.actor else []), *User.objects.filter(pk=last.detail["to_id"])] if last else []
    )


def decide_page(reception: Any) -> str:
    """Where it is decided: one tap from the notice."""
    return f"{reception.get_absolute_url()}decide/"


def cancel_page(reception: Any) -> str:
    """Where a cancellation is confirmed."""
    return f"{reception.get_absolute_url()}cancelling/"


def workers_page(reception: Any) -> str:
    """Where people with tasks in it are led: the page of a secret one is not for all of them."""
    return "/notices/" if reception.secret else reception.get_absolute_url()


def costs_page(reception: Any) -> str:
    """Where its 接待清单 is confirmed and checked."""
    return f"{reception.get_absolute_url()}costs/"


AUDIENCES = {
    "applicant": lambda reception: [reception.applicant],
    "department": lambda reception: [reception.department.head if reception.department else None],
    "host": lambda reception: [reception.host],
    "deciders": deciders,
    "holder": lambda reception: [reception.holder],
    "handed": handed,
    "waiting": waiting,
    "workers": workers,
    "companions": companions,
    "cancellers": cancellers,
    "auditors": auditors_for,
    "over_approver": over_approver,
}
