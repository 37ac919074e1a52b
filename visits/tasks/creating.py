"""Tasks come into being and end with their reception: parts of the reception's own actions (A3.2, A5)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from reception.core.clock import Start, calendar_for, start_new, stop
from reception.core.clock.models import Clock, WorkCalendar
from reception.core.ledger import action, apply
from reception.core.notices import tell
from reception.core.people.models import User
from visits.tasks.choices import AGAIN_RULE, CHECK_RULE, GO_RULE, TASK_RULE, TaskStatus
from visits.tasks.flow import FLOW
from visits.tasks.making import Plan, Visit, plan, visit_of
from visits.tasks.models import Task, TaskCheck

# The clock of a timed line or of a reconfirmation begins so long before it is due: half of it is the asking.
AHEAD = timedelta(hours=2)
# The clock of the decision to begin: half of it is two hours before the arrival.
GO_AHEAD = timedelta(hours=4)
BOARD = "/visits/tasks/?scope=ours"
LEFT_OUT: dict[str, Any] = {
    "offered_at": None,
    "offered_by": None,
    "offered_to": None,
    "offered_department": None,
    "offer_reason": "",
}
UNBLOCKED: dict[str, Any] = {"blocked_at": None, "blocked_by": None, "block_reason": "", "helper": None}


@action
def create_tasks(reception: Any, *, by: User, at: datetime) -> list[Task]:
    """Make the tasks of an approved reception, start their clocks, tell each department once (A3.2, A5)."""
    calendar, visit = calendar_for("office"), visit_of(reception)
    plans = [row for row in plan(visit, hours=calendar.hours, at=at) if row.timely]
    tasks = make(reception, visit, plans, calendar, by, at)
    tell_departments(reception, tasks, by, at)
    start_new(go_clock(reception, at))
    return tasks


def make(reception: Any, visit: Visit, plans: Sequence[Plan], calendar: WorkCalendar, by: User,
         at: datetime) -> list[Task]:  # fmt: skip
    """The rows of `plans` with their checklists and clocks."""
    first = reception.tasks.count() + 1
    tasks = Task.objects.bulk_create(
        _task(reception, visit, f"{reception.no}-{number:02d}", row, by, at)
        for number, row in enumerate(plans, first)
    )
    checks = TaskCheck.objects.bulk_create(
        TaskCheck(task=task, order=order, words=words, offset=offset, due_at=due_at)
        for task, row in zip(tasks, plans, strict=True)
        for order, (words, offset, due_at) in enumerate(row.checks, 1)
    )
    pairs = zip(tasks, plans, strict=True)
    starts = [one for task, row in pairs for one in task_clock(task, row.anchor_at, calendar, at)]
    starts += [
        one for check in checks for one in timed_clock(check, check.task, CHECK_RULE, check.due_at, at)
    ]
    starts += [
        one for task in tasks for one in timed_clock(task, task, AGAIN_RULE, task.reconfirm_due_at, at)
    ]
    start_new(starts)
    return tasks


def _task(reception: Any, visit: Visit, no: str, row: Plan, by: User, at: datetime) -> Task:
    made = row.template
    return Task(
        no=no, created_at=at, created_by=by, reception=reception, template=made, tier=visit.tier,
        department=row.department, assignee=row.assignee, duty=made.duty, anchor=made.anchor, offset=row.offset,
        due_at=row.due_at, compressed=row.compressed, blocking=made.blocking, asked=made.evidence,
        reconfirm=made.reconfirm, reconfirm_due_at=row.reconfirm_due_at,
    )  # fmt: skip


def task_clock(task: Task, anchor_at: datetime | None, calendar: WorkCalendar, at: datetime) -> list[Start]:
    """The task's clock. A compressed task is due at once, but its alarm rings at the arrival or
    departure it prepares: nobody can have been late for what was not asked yet. A past one has none."""
    due_at = anchor_at if task.compressed and anchor_at else task.due_at
    owner = task.assignee or task.department.head
    return [Start(task, TASK_RULE, at, due_at, owner, calendar)] if due_at > at else []


def timed_clock(subject: Any, task: Task, rule: str, due_at: datetime | None, at: datetime) -> list[Start]:
    """The clock of a timed line or a reconfirmation; none for what has no time, or a past one."""
    if due_at is None or due_at <= at:
        return []
    return [Start(subject, rule, max(at, due_at - AHEAD), due_at, task.assignee or task.department.head)]


def go_clock(reception: Any, at: datetime) -> list[Start]:
    """The clock of the decision to begin, owned by the responsible department's head; none once they are here."""
    if reception.arrive_at <= at:
        return []
    owner = reception.department.head or reception.applicant
    return [Start(reception, GO_RULE, reception.arrive_at - GO_AHEAD, reception.arrive_at, owner)]


def tell_departments(reception: Any, tasks: Iterable[Task], by: User, at: datetime) -> None:
    """One line to each head (or host) with how many tasks came, louder when some are due at once."""
    people = {task.pk: (task, task.assignee or task.department.head) for task in tasks}
    counts = Counter(person for _, person in people.values() if person)
    hurried = {person for task, person in people.values() if task.compressed}
    for person, count in counts.items():
        word = "，其中有时间紧、要立即办的" if person in hurried else ""
        tell(
            [person], title=f"{reception.no} {reception.title}：有 {count} 项任务待办{word}",
            url=where(reception), at=at, level="warn" if word else "info",
        )  # fmt: skip


def where(reception: Any) -> str:
    """Where those with tasks in it are led: the page of a secret one is not for all of them, the board is."""
    return BOARD if reception.secret else reception.get_absolute_url()


def silence(tasks: Iterable[Task], *, at: datetime) -> None:
    """Stop what still runs beside the tasks' own clocks: their timed lines and reconfirmations."""
    numbers = [task.pk for task in tasks]
    checks = TaskCheck.objects.filter(task__in=numbers).values("pk")
    rows = Clock.objects.open()
    found = rows.filter(rule=CHECK_RULE, subject_id__in=checks) | rows.filter(
        rule=AGAIN_RULE, subject_id__in=numbers
    )
    for clock in found:
        clock.stopped_at, clock.next_at = at, None
        clock.breached_at = clock.breached_at or (clock.due_at if at > clock.due_at else None)
        clock.save(update_fields=["stopped_at", "next_at", "breached_at"])


@action
def drop_open(reception: Any, *, by: User, at: datetime, reason: str) -> int:
    """Drop every open task of a cancelled reception; returns how many. The cancellation tells people."""
    tasks = list(reception.tasks.open())
    for task in tasks:
        apply(
            task, FLOW.drop, by=by, at=at, target=TaskStatus.DROPPED, reason=reason, **LEFT_OUT, **UNBLOCKED
        )
        stop(task, TASK_RULE, at=at)
    silence(reception.tasks.all(), at=at)
    stop(reception, GO_RULE, at=at)
    return len(tasks)


@action
def arrived(reception: Any, *, at: datetime) -> None:
    """The guests are here: whether to begin is no longer asked."""
    stop(reception, GO_RULE, at=at)


@action
def left(reception: Any, *, at: datetime) -> None:
    """The guests have left: lines and reconfirmations that nobody saw to are no longer asked for."""
    silence(reception.tasks.all(), at=at)


@action
def finish_with(task: Task, *, by: User, at: datetime) -> None:
    """Finish a task that another action carries out: archiving is the work of the archive task."""
    fields: dict[str, Any] = {"done_at": at, "done_by": by, **LEFT_OUT, **UNBLOCKED}
    if task.assignee_id is None:
        fields["assignee"] = by
    apply(task, FLOW.finish, by=by, at=at, target=TaskStatus.DONE, **fields)
    stop(task, TASK_RULE, at=at)
