"""The guests come later or earlier by minutes: what is due before their arrival is due by as much later or earlier."""

from datetime import datetime, timedelta
from typing import Any

from reception.core.clock import calendar_for, restart
from visits.tasks.actions import RULE
from visits.tasks.choices import Anchor
from visits.tasks.models import Task


def waiting(reception: Any, at: datetime) -> list[Task]:
    """Open tasks whose due time counts from the arrival and lies within a day after `at`; none once the guests are here."""
    if reception.status != "preparing":
        return []
    rows = reception.tasks.open().filter(
        template__anchor=Anchor.ARRIVAL, due_at__gt=at, due_at__lte=at + timedelta(days=1)
    )
    return list(rows.select_related("department__head", "assignee").order_by("due_at", "pk"))


def nudge(tasks: list[Task], by: timedelta, *, at: datetime) -> None:
    """Move the due times and clocks of `tasks`; never into the past. Inside an action that records it."""
    calendar = calendar_for("office") if tasks else None
    for task in tasks:
        task.due_at = max(task.due_at + by, at + timedelta(minutes=1))
        Task.objects.filter(pk=task.pk).update(due_at=task.due_at)
        restart(
            task,
            RULE,
            at=at,
            due_at=task.due_at,
            owner=task.assignee or task.department.head,
            calendar=calendar,
        )
