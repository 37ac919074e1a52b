"""Whom a briefing is for: the host, the applicant, and those who carry out its tasks (A5.1, A6)."""

from typing import Any

from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.tasks.choices import TaskStatus


def concerned(reception: Any, tasks: list[Any]) -> list[User]:
    """Everybody who is to acknowledge, each once: host, applicant, the responsible head, then of each task that is not
    dropped its assignee, or its department's head while nobody took it. Asks nothing when the rows are loaded."""
    working = [task for task in tasks if task.status != TaskStatus.DROPPED]
    people = [reception.host, reception.applicant, reception.department and reception.department.head]
    people += list(reception.colleagues.all())
    people += [task.assignee or task.department.head for task in working]
    return list({person.pk: person for person in people if person}.values())


def is_concerned(reception: Any, tasks: list[Any], user: User) -> bool:
    """Whether `user` is one of them, or works in a department that has the responsibility or a task; the host's
    own tasks make nobody else concerned."""
    working = [task for task in tasks if task.status != TaskStatus.DROPPED]
    people = {
        reception.host_id,
        reception.applicant_id,
        reception.department and reception.department.head_id,
    }
    people |= {task.assignee_id or task.department.head_id for task in working}
    if user.pk in people or user in reception.colleagues.all():
        return True
    departments = {task.department_id for task in working if task.assignee_id != reception.host_id}
    return user.may(Can.DO_TASK) and user.department_id in departments | {reception.department_id}


def own_tasks(tasks: list[Any], user: User) -> list[Any]:
    """What `user` has to do: their own tasks, and those of their department that nobody took."""
    return [
        task
        for task in tasks
        if task.status != TaskStatus.DROPPED
        and (
            task.assignee_id == user.pk
            or (
                task.assignee_id is None
                and task.department_id == user.department_id
                and user.may(Can.DO_TASK)
            )
        )
    ]
