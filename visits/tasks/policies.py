"""Whose task it is: may this person make this move on this task now?"""

from datetime import datetime

from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.procedures import Procedure
from visits.tasks.flow import FLOW
from visits.tasks.models import Task


def is_head(task: Task, user: User) -> bool:
    """Whether `user` heads the task's department."""
    return task.department.head_id == user.pk


def check_ours(task: Task, user: User | None, at: datetime) -> None:
    """Only the task's own department, its head or its assignee may work on it (A5)."""
    if user is None or task.assignee_id == user.pk or is_head(task, user):
        return
    if task.department_id != user.department_id:
        raise Refused("forbidden", f"这项任务由{task.department}办理，请联系该部门。")
    if task.assignee_id:
        raise Refused("forbidden", f"这项任务由{task.assignee}办理，要换人请部门负责人先退还。")


def check_drops(task: Task, user: User | None, at: datetime) -> None:
    """不办 is decided by the task's department head, or by the responsible side: applicant or its head."""
    reception = task.reception
    if user is None or is_head(task, user) or reception.applicant_id == user.pk:
        return
    if reception.department and reception.department.head_id == user.pk:
        return
    raise Refused("forbidden", f"不办要由{task.department}负责人或接待经办人决定，请联系他们。")


def check_adds(reception, user: User) -> None:
    """Further tasks are added by the responsible department, the reception manager or the office (A3.2)."""
    if not user.may(Can.RUN_RECEPTION):
        raise Refused("forbidden", "您的岗位不能增加任务，请联系接待的经办人。")
    if not (user.may(Can.VIEW_RECEPTIONS) or user.department_id == reception.department_id):
        raise Refused("forbidden", f"增加任务由责任部门{reception.department}办理，请联系经办人。")
    if reception.status not in ("preparing", "receiving", "settling"):
        raise Refused("state", f"{reception} 现在是“{reception.get_status_display()}”，不能增加任务。")


PROCEDURE = Procedure(
    FLOW,
    rules={
        "take": (check_ours,),
        "finish": (check_ours,),
        "give_back": (check_ours,),
        "drop": (check_drops,),
    },
    audiences={
        "applicant": lambda task: [task.reception.applicant],
        "head": lambda task: [task.department.head],
    },
)
