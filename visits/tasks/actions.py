"""What people do with tasks."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from reception.core.clock import calendar_for, start, stop
from reception.core.flow import Refused
from reception.core.ledger import action, apply, record
from reception.core.notices import tell
from reception.core.people.models import Department, User
from visits.tasks.choices import TaskStatus
from visits.tasks.flow import FLOW
from visits.tasks.making import Plan, plan
from visits.tasks.models import Task
from visits.tasks.policies import PROCEDURE, check_adds

RULE = "visits.task"


@action
def create_tasks(
    reception: Any, *, tier: Any, host: User, needs: Collection[str], by: User, at: datetime
) -> list[Task]:
    """Make the tasks of an approved reception, start their clocks, tell each department once (A3.2, A5)."""
    calendar = calendar_for("office")
    plans = plan(reception, tier=tier, host=host, needs=needs, hours=calendar.hours, at=at)
    first = reception.tasks.count() + 1
    tasks = Task.objects.bulk_create(
        _task(reception, f"{reception.no}-{number:02d}", row, by, at)
        for number, row in enumerate(plans, first)
    )
    for task, row in zip(tasks, plans, strict=True):
        _start_clock(task, row, calendar, at)
    _tell_departments(reception, tasks, by, at)
    return tasks


def _task(reception: Any, no: str, row: Plan, by: User, at: datetime) -> Task:
    return Task(
        no=no, created_at=at, created_by=by, reception=reception, template=row.template,
        department=row.department, assignee=row.assignee, duty=row.duty, checklist=row.checklist,
        due_at=row.due_at, compressed=row.compressed,
    )  # fmt: skip


def _start_clock(task: Task, row: Plan, calendar: Any, at: datetime) -> None:
    """The task's clock. A compressed task is due at once, but its alarm rings at the arrival or
    departure it prepares: nobody can have been late for what was not asked yet. A past one has none."""
    due_at = row.anchor_at if row.compressed else row.due_at
    if due_at > at:
        start(
            task, RULE, at=at, due_at=due_at, owner=task.assignee or task.department.head, calendar=calendar
        )


def _tell_departments(reception: Any, tasks: list[Task], by: User, at: datetime) -> None:
    """One line to each head (or host) with how many tasks came, louder when some are due at once."""
    people = {task.pk: task.assignee or task.department.head for task in tasks}
    counts = Counter(person for person in people.values() if person)
    hurried = {people[task.pk] for task in tasks if task.compressed}
    for person, count in counts.items():
        word = "，其中有时间紧、要立即办的" if person in hurried else ""
        tell(
            [person], title=f"{reception.no} {reception.title}：有 {count} 项任务待办{word}",
            url=reception.get_absolute_url(), at=at, level="warn" if word else "info",
        )  # fmt: skip


@action
def take(task: Task, *, by: User, at: datetime, expect: int | None = None) -> Task:
    """领取: `by` takes the task on. Raises Refused (forbidden, state, stale)."""
    PROCEDURE.run(task, "take", by=by, at=at, expect=expect, assignee=by, taken_at=at, taken_by=by)
    return task


@action
def finish(task: Task, *, by: User, at: datetime, note: str = "", expect: int | None = None) -> Task:
    """完成: done by `by`, who need not have taken it before; its clock stops. Raises Refused."""
    fields: dict[str, Any] = {"done_at": at, "done_by": by, "note": note.strip() or task.note}
    if task.assignee_id is None:
        fields["assignee"] = by
    PROCEDURE.run(task, "finish", by=by, at=at, reason=note, expect=expect, **fields)
    stop(task, RULE, at=at)
    return task


@action
def give_back(task: Task, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Task:
    """退还: back to 待领 for somebody else of the department; the clock runs on. Raises Refused."""
    fields = {"assignee": None, "taken_at": None, "taken_by": None}
    PROCEDURE.run(task, "give_back", by=by, at=at, reason=reason, expect=expect, **fields)
    return task


@action
def drop(task: Task, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Task:
    """不办, with its reason; the clock stops. Raises Refused."""
    PROCEDURE.run(task, "drop", by=by, at=at, reason=reason, expect=expect)
    stop(task, RULE, at=at)
    return task


@action
def drop_open(reception: Any, *, by: User, at: datetime, reason: str) -> int:
    """Drop every open task of a cancelled reception; returns how many. The cancellation tells people."""
    tasks = list(reception.tasks.open())
    for task in tasks:
        apply(task, FLOW.drop, by=by, at=at, target=TaskStatus.DROPPED, reason=reason)
        stop(task, RULE, at=at)
    return len(tasks)


@action
def finish_with(task: Task, *, by: User, at: datetime) -> None:
    """Finish a task that another action carries out: archiving is the work of the archive task."""
    fields: dict[str, Any] = {"done_at": at, "done_by": by}
    if task.assignee_id is None:
        fields["assignee"] = by
    apply(task, FLOW.finish, by=by, at=at, target=TaskStatus.DONE, **fields)
    stop(task, RULE, at=at)


@action
def add(reception: Any, *, by: User, at: datetime, department: Department, duty: str, due_at: datetime,
        checklist: str = "") -> Task:  # fmt: skip
    """Add a duty that the tier's template does not have (records §1.3 "—"). Raises Refused."""
    check_adds(reception, by)
    if not duty.strip():
        raise Refused("missing", "请写明要办的事。", field="duty")
    if due_at <= at:
        raise Refused("invalid", "时限要晚于现在，请改一个时间。", field="due_at")
    task = Task.objects.create(
        no=f"{reception.no}-{reception.tasks.count() + 1:02d}", created_at=at, created_by=by, reception=reception,
        department=department, duty=duty.strip(), checklist=checklist, due_at=due_at,
    )  # fmt: skip
    record(task, "add", "增加任务", by=by, at=at, detail={"duty": task.duty, "due_at": due_at})
    start(task, RULE, at=at, due_at=due_at, owner=department.head, calendar=calendar_for("office"))
    _tell_departments(reception, [task], by, at)
    return task
