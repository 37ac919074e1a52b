"""移交: a task goes to a colleague or to another department when they accept it; until then it stays where it is."""

from datetime import datetime

from reception.core.flow import Refused
from reception.core.ledger import action
from reception.core.notices import tell
from reception.core.people.models import Department, User
from visits.tasks.actions import clocks_follow
from visits.tasks.creating import LEFT_OUT, UNBLOCKED
from visits.tasks.models import Task
from visits.tasks.policies import PROCEDURE


@action
def hand_over(task: Task, *, by: User, at: datetime, reason: str, person: User | None = None,
              department: Department | None = None, expect: int | None = None) -> Task:  # fmt: skip
    """移交 to a colleague (`person`, of any department) or to another `department`, with its reason. Raises Refused."""
    PROCEDURE.fresh(task, "hand_over", expect)
    PROCEDURE.check(task, "hand_over", by=by, at=at)
    department = person.department if person else department
    _check_receiver(task, by, person, department)
    to = f"{department} {person}" if person else str(department)
    PROCEDURE.run(
        task, "hand_over", by=by, at=at, expect=expect, reason=reason, detail={"to": to}, offered_at=at, offered_by=by,
        offered_to=person, offered_department=department, offer_reason=reason.strip()[:200],
    )  # fmt: skip
    return task


def _check_receiver(task: Task, by: User, person: User | None, department: Department | None) -> None:
    """Somebody else, who can accept. Raises Refused("invalid")."""
    if department is None:
        raise Refused("invalid", "请选择移交给哪位同事或哪个部门。", field="to")
    if person and (person.pk in (by.pk, task.assignee_id) or not person.is_active):
        raise Refused("invalid", f"{person}不能接收这项任务，请另选一位。", field="to")
    if person is None and department.pk == task.department_id:
        raise Refused("invalid", f"任务本来就由{department}办理，请选择一位同事，或另选部门。", field="to")


@action
def accept(task: Task, *, by: User, at: datetime, expect: int | None = None) -> Task:
    """接收: it is `by`'s and their department's from now on, its clocks run on; whoever handed it over is told."""
    giver = task.offered_by
    PROCEDURE.run(
        task, "accept", by=by, at=at, expect=expect, department=by.department or task.department, assignee=by,
        taken_at=at, taken_by=by, **LEFT_OUT, **UNBLOCKED,
    )  # fmt: skip
    clocks_follow(task)
    _answer(task, giver, by, at, f"{by}已接收")
    return task


@action
def decline(task: Task, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Task:
    """不接收, with its reason: it stays with whoever had it, who is told."""
    giver = task.offered_by
    PROCEDURE.run(task, "decline", by=by, at=at, expect=expect, reason=reason, **LEFT_OUT)
    _answer(task, giver, by, at, f"{by}没有接收，仍由您办理", reason.strip())
    return task


@action
def recall(task: Task, *, by: User, at: datetime, expect: int | None = None) -> Task:
    """收回移交 before anybody accepted."""
    PROCEDURE.run(task, "recall", by=by, at=at, expect=expect, **LEFT_OUT)
    return task


def _answer(task: Task, giver: User | None, by: User, at: datetime, words: str, body: str = "") -> None:
    """One line to whoever handed it over."""
    if giver and giver.pk != by.pk:
        tell([giver], title=f"{task.no} {task.title}：{words}", url=task.get_absolute_url(), at=at, body=body)
