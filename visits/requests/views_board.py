"""The department task board of a reception: lanes by department, by time, or only mine."""

from datetime import datetime
from typing import Any

from reception.core.clock.periods import local
from reception.core.flow import Refused
from reception.core.people.models import User
from visits.models import Reception, Task
from visits.requests.views_words import day, hm
from visits.tasks.choices import OPEN, TaskStatus
from visits.tasks.policies import check_adds

TABS = (("department", "按部门"), ("time", "按时间"), ("mine", "只看我"))
WORDS = {
    TaskStatus.TODO: ("未开始", "sub", ""),
    TaskStatus.TAKEN: ("进行中", "sub", ""),
    TaskStatus.BLOCKED: ("受阻", "t-red b", "exclamation-triangle"),
    TaskStatus.DONE: ("完成", "t-green", "check2"),
    TaskStatus.DROPPED: ("不办", "mut", "dash"),
}


def board(reception: Reception, tasks: list[Task], by: str, user: User, at: datetime) -> dict[str, Any]:
    """Lanes of rows for the page; empty when no task was made yet. `by`: department | time | mine."""
    if not tasks:
        return {}
    by = by if by in dict(TABS) else "department"
    rows = [_row(task, at) for task in tasks]
    shown = [row for row in rows if by != "mine" or row["mine_of"](user)]
    key = "due_day" if by == "time" else "department"
    counted = [row for row in rows if row["status"] != TaskStatus.DROPPED]
    return {
        "lanes": _lanes(shown, key),
        "total": len(counted),
        "done": sum(row["status"] == TaskStatus.DONE for row in counted),
        "late": sum(row["late"] for row in rows),
        "adds": _may_add(reception, user),
        "tabs": [{"key": value, "label": label, "on": value == by} for value, label in TABS],
    }


def _may_add(reception: Reception, user: User) -> bool:
    try:
        check_adds(reception, user)
    except Refused:
        return False
    return True


def _lanes(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Rows grouped by `key`: departments with most work first, days in their order."""
    lanes: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        lanes.setdefault(row[key], []).append(row)
    found = [
        {
            "name": name,
            "rows": group,
            "total": sum(row["status"] != TaskStatus.DROPPED for row in group),
            "done": sum(row["status"] == TaskStatus.DONE for row in group),
        }
        for name, group in lanes.items()
    ]
    return found if key == "due_day" else sorted(found, key=lambda lane: -lane["total"])


def _row(task: Task, at: datetime) -> dict[str, Any]:
    """One card of the board."""
    state, tone, icon = WORDS[TaskStatus(task.status)]
    late = task.status in OPEN and task.due_at < at
    if late and task.status != TaskStatus.BLOCKED:
        state, tone, icon = "已过期", "t-red b", "exclamation-triangle"
    elif task.compressed and task.status in OPEN:
        state, tone = "立即办", "t-amber"
    elif task.wants_again(at) or task.recheck:
        state, tone, icon = ("待复核" if task.recheck else "要再确认"), "t-amber b", "exclamation-triangle"
    return {
        "pk": task.pk, "no": task.no, "duty": task.duty, "status": task.status, "late": late,
        "department": str(task.department), "due_day": day(task.due_at),
        "who": str(task.assignee) if task.assignee else "待领",
        "due": _due(task), "state": state, "tone": tone, "icon": icon,
        "mine_of": lambda user: user.pk == task.assignee_id
        or (task.assignee_id is None and user.department_id == task.department_id),
    }  # fmt: skip


def _due(task: Task) -> str:
    """25日 09:10, with its month when that is not the month of the arrival."""
    due, arrive = local(task.due_at), task.reception.arrive_at
    same = arrive and (local(arrive).year, local(arrive).month) == (due.year, due.month)
    return f"{due.day}日 {hm(due)}" if same else f"{due.month}月{due.day}日 {hm(due)}"
