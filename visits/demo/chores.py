"""How the demo's departments do a task: the lines of its checklist, what it asks for, its reconfirmation."""

from datetime import datetime, timedelta

from reception.core.people.models import User
from visits.models import Task
from visits.tasks import actions, ticking

EVIDENCE = {
    "pick_up": "浙E·7K208，吴师傅 138****6621",
    "see_off": "浙E·7K208，吴师傅 138****6621",
    "bed": "湖景楼，确认号 HJ-40718",
    "ticket": "G7571 次，订单 E218806",
    "meal_out": "湖景楼二号包间，已留位",
}


def finish(task: Task, by: User, at: datetime) -> None:
    """Its lines without a time of their own are ticked, then it is done."""
    for check in task.checks.filter(due_at__isnull=True, ticked_at__isnull=True):
        check.task = task
        ticking.tick(check, by=by, at=at)
    code = task.template.code if task.template else ""
    actions.finish(task, by=by, at=at, evidence=EVIDENCE.get(code, ""), reason="现场已看过")


def later(task: Task) -> list[tuple[datetime, object]]:
    """(when, what to do by whom) for its timed lines and its reconfirmation, each shortly before it is due."""
    early = timedelta(minutes=18)
    found: list[tuple[datetime, object]] = [
        (check.due_at - early, lambda by, at, check=check: _tick(check, task, by, at))
        for check in task.checks.all()
        if check.due_at
    ]
    if task.reconfirm_due_at:
        found.append((task.reconfirm_due_at - early, lambda by, at: _again(task, by, at)))
    return found


def _tick(check, task: Task, by: User, at: datetime) -> None:
    check.task = task
    if task.status != "dropped" and task.reception.status in ("preparing", "receiving"):
        ticking.tick(check, by=by, at=at)


def _again(task: Task, by: User, at: datetime) -> None:
    if task.status != "dropped" and task.reception.status in ("preparing", "receiving"):
        actions.reconfirm(task, by=by, at=at)
