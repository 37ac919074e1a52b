"""Whose task it is: may this person make this move on this task now?"""

from datetime import datetime

from reception.core.files.models import Attachment
from reception.core.flow import Refused
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.procedures import Choice, Procedure
from visits.tasks.choices import OPEN
from visits.tasks.flow import FLOW
from visits.tasks.models import Task, TaskCheck

# States of a reception in which its tasks are still worked on.
LIVE = ("preparing", "receiving", "settling", "auditing", "closing")


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


def check_head(task: Task, user: User | None, at: datetime) -> None:
    """指派 is the department head's."""
    if user and not is_head(task, user):
        raise Refused("forbidden", f"指派由{task.department}负责人办理，您可以自己领取。")


def check_offered(task: Task, user: User | None, at: datetime) -> None:
    """接收 and 不接收 are for whom it was handed to: that person, or of that department its head and its people."""
    if task.offered_at is None:
        raise Refused("state", "没有等着接收的移交，请刷新看最新进展。")
    if user is None or task.offered_to_id == user.pk:
        return
    if task.offered_to_id is None and task.offered_department_id == user.department_id:
        return
    raise Refused("forbidden", f"这项任务移交给了{task.offered_to or task.offered_department}，由对方接收。")


def check_no_offer(task: Task, user: User | None, at: datetime) -> None:
    """One hand-over at a time."""
    if task.offered_at:
        raise Refused(
            "state", f"已移交{task.offered_to or task.offered_department}，等对方接收；要改请先收回。"
        )


def check_offer(task: Task, user: User | None, at: datetime) -> None:
    """收回移交 needs one."""
    if task.offered_at is None:
        raise Refused("state", "没有等着接收的移交，请刷新看最新进展。")


def check_again(task: Task, user: User | None, at: datetime) -> None:
    """再确认 is for what the template asks to be confirmed again, once for each date."""
    if task.reconfirm_due_at is None:
        raise Refused("state", "这项任务不用再确认。")
    if task.reconfirmed_at:
        raise Refused("state", "已经再确认过了，请刷新看最新进展。")


def check_marked(task: Task, user: User | None, at: datetime) -> None:
    """仍然有效 answers a 变更."""
    if not task.recheck:
        raise Refused("state", "这项任务没有等着复核的变更。")


def check_live(task: Task, user: User | None, at: datetime) -> None:
    """重办, 恢复, 再确认 and 仍然有效 only while the reception goes on."""
    if task.reception.status not in LIVE:
        raise Refused("state", f"接待现在是“{task.reception.get_status_display()}”，任务不能再改。")


def check_drops(task: Task, user: User | None, at: datetime) -> None:
    """不办 and 恢复 are decided by the task's department head, or by the responsible side: applicant or its head."""
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


def check_evidence(task: Task, given: str) -> None:
    """What the template asks for when the task is done: the words, or a photograph of it. Raises Refused("missing")."""
    if task.asked and not given and not photos_of(task):
        raise Refused("missing", f"请填写{task.asked}，或传一张照片，再点“完成”。", field="evidence")


def pending_checks(task: Task, at: datetime) -> list[TaskCheck]:
    """Lines that have to be ticked before the task is done: all but those whose own time is still to come."""
    rows = [check for check in task.checks.all() if check.ticked_at is None]
    return [check for check in rows if check.due_at is None or check.due_at <= at]


def check_ticked(task: Task, reason: str, at: datetime) -> list[str]:
    """The lines left unticked, which a reason has to explain. Raises Refused("missing")."""
    left = [check.words for check in pending_checks(task, at)]
    if left and not reason.strip():
        raise Refused(
            "missing",
            f"清单还有 {len(left)} 项没有打勾（{'、'.join(left)}）。请先打勾，或写明为什么不用。",
            field="reason",
        )
    return left


def photos_of(task: Task) -> list[Attachment]:
    """The photographs of a task that nobody removed, oldest first."""
    return list(Attachment.objects.of(task).live().for_page())


def check_ticks(task: Task, user: User, at: datetime) -> None:
    """Lines are ticked by whoever may work on the task, also after 完成; not once it is dropped. Raises Refused."""
    if not user.may(Can.DO_TASK):
        raise Refused("forbidden", "您的岗位不能办理部门任务，请联系管理员。")
    if task.status not in (*OPEN, "done") or task.reception.status not in LIVE:
        raise Refused("state", f"任务现在是“{task.get_status_display()}”，清单不能再改。")
    if not (user.department_id == task.department_id or task.assignee_id == user.pk or is_head(task, user)):
        raise Refused("forbidden", f"这项任务由{task.department}办理，请联系该部门。")


PROCEDURE = Procedure(
    FLOW,
    rules={
        "take": (check_ours,),
        "accept": (check_offered,),
        "decline": (check_offered,),
        "finish": (check_ours,),
        "reconfirm": (check_again, check_ours, check_live),
        "assign": (check_head,),
        "hand_over": (check_ours, check_no_offer),
        "recall": (check_offer, check_ours),
        "block": (check_ours,),
        "unblock": (check_ours,),
        "give_back": (check_ours,),
        "still_valid": (check_marked, check_ours, check_live),
        "redo": (check_ours, check_live),
        "revive": (check_drops, check_live),
        "drop": (check_drops,),
    },
    audiences={
        "applicant": lambda task: [task.reception.applicant],
        "head": lambda task: [task.department.head],
        "assignee": lambda task: [task.assignee],
        "helper": lambda task: [task.helper],
        "managers": lambda task: User.objects.in_role("reception_manager"),
        "offered": lambda task: [
            task.offered_to or (task.offered_department and task.offered_department.head)
        ],
    },
)


def choices_for(task: Task, user: User, at: datetime) -> list[Choice]:
    """The buttons of its page: the moves this person may make now."""
    return [choice for choice in PROCEDURE.choices(task, user, at) if not choice.refusal]
