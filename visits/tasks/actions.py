"""What people do with tasks. Each raises Refused; `expect` is the revision the page showed."""

from datetime import datetime
from typing import Any

from reception.core.clock import calendar_for, start, stop
from reception.core.clock import hand_over as move_clock
from reception.core.clock.models import Clock
from reception.core.flow import Refused
from reception.core.ledger import action, record
from reception.core.people.models import Department, User
from visits.tasks.choices import AGAIN_RULE, CHECK_RULE, TASK_RULE
from visits.tasks.creating import LEFT_OUT, UNBLOCKED, silence, tell_departments
from visits.tasks.models import Task
from visits.tasks.policies import PROCEDURE, check_adds, check_evidence, check_ticked

NOBODY: dict[str, Any] = {"assignee": None, "taken_at": None, "taken_by": None}


def _mine(task: Task, by: User, at: datetime) -> dict[str, Any]:
    """The fields of a task that `by` has in hand."""
    return {"assignee": by, "taken_at": at, "taken_by": by}


def clocks_follow(task: Task) -> None:
    """The clocks of the task, its lines and its reconfirmation run on under whoever has it now."""
    owner = task.assignee or task.department.head
    move_clock(task, TASK_RULE, AGAIN_RULE, owner=owner)
    checks = Clock.objects.open().filter(rule=CHECK_RULE, subject_id__in=task.checks.values("pk"))
    checks.update(owner=owner)


@action
def take(task: Task, *, by: User, at: datetime, expect: int | None = None) -> Task:
    """领取: `by` takes the task on."""
    PROCEDURE.run(task, "take", by=by, at=at, expect=expect, **_mine(task, by, at))
    clocks_follow(task)
    return task


@action
def assign(task: Task, *, by: User, at: datetime, person: User | None, expect: int | None = None) -> Task:
    """指派 by the department's head to one of the department, who acknowledges by 领取."""
    PROCEDURE.fresh(task, "assign", expect)
    PROCEDURE.check(task, "assign", by=by, at=at)
    if person is None or person.department_id != task.department_id or not person.is_active:
        raise Refused("invalid", f"请选择{task.department}的一位同事。", field="person")
    fields: dict[str, Any] = {**NOBODY, "assignee": person, **LEFT_OUT}
    PROCEDURE.run(task, "assign", by=by, at=at, expect=expect, detail={"to": str(person)}, **fields)
    clocks_follow(task)
    return task


@action
def finish(task: Task, *, by: User, at: datetime, note: str = "", evidence: str = "", reason: str = "",
           expect: int | None = None) -> Task:  # fmt: skip
    """完成: done by `by`, who need not have taken it before; its clock stops. `evidence` where the template asks for
    it; `reason` when a line of the checklist is not ticked. Timed lines and the reconfirmation are asked for later."""
    PROCEDURE.fresh(task, "finish", expect)
    PROCEDURE.check(task, "finish", by=by, at=at)
    given = evidence.strip() or task.evidence
    check_evidence(task, given)
    left = check_ticked(task, reason, at)
    fields: dict[str, Any] = {
        "done_at": at,
        "done_by": by,
        "note": note.strip() or task.note,
        "evidence": given,
    }
    if task.assignee_id is None:
        fields["assignee"] = by
    PROCEDURE.run(
        task, "finish", by=by, at=at, reason=reason or note, expect=expect,
        detail={"left": left} if left else {}, **fields, **LEFT_OUT, **UNBLOCKED,
    )  # fmt: skip
    stop(task, TASK_RULE, at=at)
    return task


@action
def reconfirm(task: Task, *, by: User, at: datetime, note: str = "", expect: int | None = None) -> Task:
    """再确认: what was booked still stands; its second clock stops."""
    PROCEDURE.run(
        task, "reconfirm", by=by, at=at, expect=expect, reason=note, reconfirmed_at=at, reconfirmed_by=by
    )
    stop(task, AGAIN_RULE, at=at)
    return task


@action
def block(task: Task, *, by: User, at: datetime, reason: str, helper: User | None = None,
          expect: int | None = None) -> Task:  # fmt: skip
    """受阻: why, and who is asked to help. The clock goes on; one that nobody had taken is `by`'s from now on."""
    fields: dict[str, Any] = {
        "blocked_at": at,
        "blocked_by": by,
        "block_reason": reason.strip()[:200],
        "helper": helper,
    }
    if task.taken_at is None:
        fields |= _mine(task, by, at)
    detail = {"helper": str(helper)} if helper else {}
    PROCEDURE.run(task, "block", by=by, at=at, expect=expect, reason=reason, detail=detail, **fields)
    return task


@action
def unblock(task: Task, *, by: User, at: datetime, note: str = "", expect: int | None = None) -> Task:
    """解除受阻: it goes on with whoever had it."""
    PROCEDURE.run(task, "unblock", by=by, at=at, expect=expect, reason=note, **UNBLOCKED)
    return task


@action
def give_back(task: Task, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Task:
    """退还: back to 待领 for somebody else of the department; the clock runs on."""
    PROCEDURE.run(
        task, "give_back", by=by, at=at, reason=reason, expect=expect, **NOBODY, **LEFT_OUT, **UNBLOCKED
    )
    clocks_follow(task)
    return task


@action
def still_valid(task: Task, *, by: User, at: datetime, expect: int | None = None) -> Task:
    """仍然有效: what was done before a 变更 still holds."""
    PROCEDURE.run(task, "still_valid", by=by, at=at, expect=expect, recheck=False)
    return task


@action
def redo(task: Task, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Task:
    """重办: what was done no longer holds. A due time already past becomes now, and says so."""
    fields = {"done_at": None, "done_by": None, "recheck": False, **_mine(task, by, at)}
    fields |= _from_now(task, at)
    PROCEDURE.run(task, "redo", by=by, at=at, reason=reason, expect=expect, **fields)
    _begin_again(task, at)
    return task


@action
def revive(task: Task, *, by: User, at: datetime, expect: int | None = None) -> Task:
    """恢复: it is to be done after all."""
    fields = {**_from_now(task, at), **NOBODY, "changed_out": False}
    PROCEDURE.run(task, "revive", by=by, at=at, expect=expect, **fields)
    _begin_again(task, at)
    return task


def _from_now(task: Task, at: datetime) -> dict[str, Any]:
    """A due time that is past becomes now, flagged."""
    return {"due_at": at, "compressed": True} if task.due_at <= at else {}


def _begin_again(task: Task, at: datetime) -> None:
    """Another round of its clock, ringing at the arrival when there is no time left before."""
    due_at = task.reception.arrive_at if task.compressed else task.due_at
    if due_at and due_at > at:
        owner = task.assignee or task.department.head
        start(task, TASK_RULE, at=at, due_at=due_at, owner=owner, calendar=calendar_for("office"))


@action
def drop(task: Task, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Task:
    """不办, with its reason; its clocks stop."""
    PROCEDURE.run(task, "drop", by=by, at=at, reason=reason, expect=expect, **LEFT_OUT, **UNBLOCKED)
    stop(task, TASK_RULE, at=at)
    silence([task], at=at)
    return task


@action
def add(reception: Any, *, by: User, at: datetime, department: Department, duty: str, due_at: datetime,
        checklist: str = "", blocking: bool = False) -> Task:  # fmt: skip
    """Add a duty that the tier's template does not have (records §1.3 "—"); a line of `checklist` a check."""
    check_adds(reception, by)
    if not duty.strip():
        raise Refused("missing", "请写明要办的事。", field="duty")
    if due_at <= at:
        raise Refused("invalid", "时限要晚于现在，请改一个时间。", field="due_at")
    task = Task.objects.create(
        no=f"{reception.no}-{reception.tasks.count() + 1:02d}", created_at=at, created_by=by, reception=reception,
        department=department, duty=duty.strip(), due_at=due_at, blocking=blocking,
    )  # fmt: skip
    for order, words in enumerate(filter(None, map(str.strip, checklist.splitlines())), 1):
        task.checks.create(order=order, words=words[:80])
    record(task, "add", "增加任务", by=by, at=at, detail={"duty": task.duty, "due_at": due_at})
    start(task, TASK_RULE, at=at, due_at=due_at, owner=department.head, calendar=calendar_for("office"))
    tell_departments(reception, [task], by, at)
    return task
