"""Which tasks a reception gets, as plans without writing anything (A5, A8.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reception.core.clock.working import Hours
from reception.core.people.models import Department, User
from visits.tasks.choices import HOST, MANAGER, RESPONSIBLE, Anchor, Difference, Need
from visits.tasks.due import compress, due
from visits.tasks.models_template import TaskTemplate, TierOffset

# The reception manager's department; "office" is a department's code already.
_DEPARTMENT_OF = {MANAGER: "reception"}


@dataclass(frozen=True)
class Visit:
    """What the tasks of a reception hang on; needs: what is asked for, activities and gifts included."""

    arrive_at: datetime
    leave_at: datetime
    tier: Any
    nature: str
    host: User
    department: Department
    needs: frozenset[str]

    def anchor_at(self, anchor: str) -> datetime:
        """The arrival or the departure."""
        return self.arrive_at if anchor == Anchor.ARRIVAL else self.leave_at


@dataclass(frozen=True)
class Plan:
    """One task to be made: when it is due, for whom, and whether short notice compressed it.

    offset: from the anchor, as the tier has it; raw_at: the due time before it was compressed; checks: the lines
    of its checklist as (words, offset, due_at or None).
    """

    template: TaskTemplate
    department: Department
    assignee: User | None
    offset: str
    checks: tuple[tuple[str, str, datetime | None], ...]
    anchor_at: datetime
    raw_at: datetime
    due_at: datetime
    compressed: bool
    reconfirm_due_at: datetime | None
    timely: bool


def needs_of(reception: Any) -> frozenset[str]:
    """What the departments are asked for: the ticked needs, but activities and gifts exactly when the
    leader set a standard for them (A7b)."""
    needs = set(reception.needs) - {Need.ACTIVITY, Need.GIFT}
    needs |= {Need.ACTIVITY} if reception.activity_budget else set()
    needs |= {Need.GIFT} if reception.gift_budget else set()
    return frozenset(str(need) for need in needs)


def visit_of(reception: Any, **over: Any) -> Visit:
    """The reception as it stands; `over` replaces what a change asks for."""
    values = {
        "arrive_at": reception.arrive_at, "leave_at": reception.leave_at, "tier": reception.tier_now,
        "nature": reception.nature, "host": reception.host, "department": reception.department,
        "needs": needs_of(reception), **{name: value for name, value in over.items() if value is not None},
    }  # fmt: skip
    return Visit(**values)


def plan(visit: Visit, *, hours: Hours, at: datetime) -> list[Plan]:
    """All tasks that `visit` asks for, in the templates' order; hours: the office's working time.

    A visit that is over already (补办) can only be given those that follow its departure: the others are not `timely`.
    """
    found = {row.template_id: row for row in TierOffset.objects.filter(tier=visit.tier)}
    departments = {row.code: row for row in Department.objects.select_related("head")}
    plans = []
    for template in TaskTemplate.objects.filter(active=True):
        difference = found.get(template.pk)
        if _asked(template, difference, visit):
            plans.append(_one(template, difference, visit, departments, hours, at))
    return plans


def _asked(template: TaskTemplate, difference: TierOffset | None, visit: Visit) -> bool:
    """Whether the tier has this duty and the request needs it."""
    if (difference is None and not template.base) or (difference and difference.kind == Difference.DROP):
        return False
    if template.need and template.need not in visit.needs:
        return False
    return not template.natures or visit.nature in template.natures.split(",")


def _one(template: TaskTemplate, difference: TierOffset | None, visit: Visit,
         departments: Mapping[str, Department], hours: Hours, at: datetime) -> Plan:  # fmt: skip
    """The plan of one wanted template."""
    anchor_at = visit.anchor_at(template.anchor)
    offset = difference.offset if difference else template.offset
    raw_at = due(anchor_at, offset, hours)
    due_at, compressed = compress(raw_at, at)
    lines = difference.lines if difference and difference.checklist else template.lines
    return Plan(
        template, _department(template.owner, visit, departments), visit.host if template.owner == HOST else None,
        offset, tuple((words, own, due(anchor_at, own, hours) if own else None) for words, own in lines),
        anchor_at, raw_at, due_at, compressed,
        due(anchor_at, template.reconfirm, hours) if template.reconfirm else None,
        visit.leave_at > at or (template.anchor == Anchor.DEPARTURE and offset.startswith("+")),
    )  # fmt: skip


def _department(owner: str, visit: Visit, departments: Mapping[str, Department]) -> Department:
    """Who answers: the host's or the responsible department, or the one named. A department that this
    organisation does not have leaves the duty with the responsible one."""
    if owner == RESPONSIBLE:
        return departments[visit.department.code]
    if owner == HOST:
        return visit.host.department or visit.department
    return departments.get(_DEPARTMENT_OF.get(owner, owner)) or departments[visit.department.code]
