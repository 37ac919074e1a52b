"""Which tasks a reception gets, as plans without writing anything (A5, A8.1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reception.core.clock.working import Hours
from reception.core.people.models import Department, User
from visits.tasks.choices import HOST, MANAGER, RESPONSIBLE, Anchor, Difference
from visits.tasks.due import compress, due
from visits.tasks.models import TaskTemplate, TierOffset

# The reception manager's department; "office" is a department's code already.
_DEPARTMENT_OF = {MANAGER: "reception"}


@dataclass(frozen=True)
class Plan:
    """One task to be made: when it is due, for whom, and whether short notice compressed it."""

    template: TaskTemplate
    department: Department
    assignee: User | None
    duty: str
    checklist: str
    anchor_at: datetime
    due_at: datetime
    compressed: bool


def plan(
    reception: Any, *, tier: Any, host: User, needs: Collection[str], hours: Hours, at: datetime
) -> list[Plan]:
    """The tasks of `reception` at `tier`, in the templates' order.

    needs: what is asked for; a template with a need that is not among them is left out. hours: the
    office's working time. A visit that is over already (补办) gets only what follows its departure.
    """
    found = {row.template_id: row for row in TierOffset.objects.filter(tier=tier)}
    departments = {row.code: row for row in Department.objects.select_related("head")}
    plans = []
    for template in TaskTemplate.objects.filter(active=True):
        difference = found.get(template.pk)
        if _wanted(template, difference, reception, needs, at):
            plans.append(_one(template, difference, reception, host, departments, hours, at))
    return plans


def _wanted(template: TaskTemplate, difference: TierOffset | None, reception: Any, needs: Collection[str],
            at: datetime) -> bool:  # fmt: skip
    """Whether the tier has this duty, the request needs it, and it still makes sense."""
    if difference and difference.kind == Difference.DROP:
        return False
    if template.need and template.need not in needs:
        return False
    if template.natures and reception.nature not in template.natures.split(","):
        return False
    after = template.anchor == Anchor.DEPARTURE and template.offset.startswith("+")
    return after or reception.leave_at > at


def _one(template: TaskTemplate, difference: TierOffset | None, reception: Any, host: User,
         departments: dict[str, Department], hours: Hours, at: datetime) -> Plan:  # fmt: skip
    """The plan of one wanted template."""
    anchor_at = reception.arrive_at if template.anchor == Anchor.ARRIVAL else reception.leave_at
    offset = difference.offset if difference else template.offset
    due_at, compressed = compress(due(anchor_at, offset, hours), at)
    checklist = (difference.checklist if difference else "") or template.checklist
    department = _department(template.owner, reception, host, departments)
    assignee = host if template.owner == HOST else None
    return Plan(template, department, assignee, template.duty, checklist, anchor_at, due_at, compressed)


def _department(owner: str, reception: Any, host: User, departments: dict[str, Department]) -> Department:
    """Who answers: the host's or the responsible department, or the one named. A department that this
    organisation does not have leaves the duty with the responsible one."""
    if owner == RESPONSIBLE:
        return departments[reception.department.code]
    if owner == HOST:
        return host.department or reception.department
    return departments.get(_DEPARTMENT_OF.get(owner, owner)) or departments[reception.department.code]
