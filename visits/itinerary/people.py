"""Who hears that the day runs later."""

from typing import Any

from reception.core.people.models import User
from visits.itinerary.shifting import Shift
from visits.tasks.models import Task

FRONT_DESK = "clerk"


def shift_concerns(reception: Any, found: Shift, tasks: list[Task]) -> list[User]:
    """Host, companions, applicant, the responsible head, owners of what moved or stays and of due times that follow; each
    once, only those who may still sign in."""
    people: list[User | None] = [reception.host, reception.applicant, reception.department.head]
    people += list(reception.colleagues.all())
    for item in [*(one.item for one in found.touched), *found.stays]:
        people.append(item.person or (item.department.head if item.department else None))
    people += [task.assignee or task.department.head for task in tasks]
    return list({person.pk: person for person in people if person and person.is_active}.values())


def front_desk(reception: Any) -> list[User]:
    """Who greets the guests, and may not open the reception; nobody for a secret one."""
    return [] if reception.secret else list(User.objects.in_role(FRONT_DESK))


def knowing(reception: Any, people: list[User]) -> tuple[list[User], list[User]]:
    """(who may open it, who may not): only a secret one has the second kind."""
    if not reception.secret:
        return people, []
    rows = type(reception)._default_manager.filter(pk=reception.pk)
    may = [person for person in people if rows.visible_to(person).exists()]
    return may, [person for person in people if person not in may]
