"""The guests come later or earlier by minutes: what is due before their arrival is due by as much later or earlier."""

from datetime import datetime, timedelta
from typing import Any

from reception.core.clock import calendar_for, restart, start, stop
from visits.tasks.choices import CHECK_RULE, TASK_RULE, Anchor
from visits.tasks.creating import timed_clock
from visits.tasks.models import Task


def waiting(reception: Any, at: datetime) -> list[Task]:
    """Open tasks whose due time counts from the arrival and lies within a day after `at`; none once the guests are here."""
    if reception.status != "preparing":
        return []
    rows = reception.tasks.open().filter(
        anchor=Anchor.ARRIVAL, due_at__gt=at, due_at__lte=at + timedelta(days=1)
    )
    return list(rows.select_related("department__head", "assignee").order_by("due_at", "pk"))


def nudge(tasks: list[Task], by: timedelta, *, at: datetime) -> None:
    """Move the due times and clocks of `tasks` and of their timed lines that nobody ticked; never into the past.
    Inside an action that records it."""
    calendar = calendar_for("office") if tasks else None
    for task in tasks:
        task.due_at = max(task.due_at + by, at + timedelta(minutes=1))
        Task.objects.filter(pk=task.pk).update(due_at=task.due_at)
        owner = task.assignee or task.department.head
        restart(task, TASK_RULE, at=at, due_at=task.due_at, owner=owner, calendar=calendar)
        for check in task.checks.filter(due_at__gt=at, ticked_at__isnull=True):
            _nudge_check(check, task, max(check.due_at + by, at + timedelta(minutes=1)), at)


def _nudge_check(check: Any, task: Task, when: datetime, at: datetime) -> None:
    """One timed line and its clock."""
    type(check).objects.filter(pk=check.pk).update(due_at=when)
    stop(check, CHECK_RULE, at=at)
    for one in timed_clock(check, task, CHECK_RULE, when, at):
        start(one.subject, one.rule, at=one.at, due_at=one.due_at, owner=one.owner, calendar=one.calendar)
