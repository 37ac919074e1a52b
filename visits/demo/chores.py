"""How the demo's departments do a task: the lines of its checklist, what it asks for, its reconfirmation."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from reception.core.people.models import User
from visits.arrangements.actions import book
from visits.models import Reception, Task
from visits.readiness.actions import decide
from visits.readiness.facts import light_of
from visits.tasks import actions, offering, ticking
from visits.tasks.booking import rows_for

EVIDENCE = {
    "pick_up": "浙E·7K208，吴师傅 138****6621",
    "see_off": "浙E·7K208，吴师傅 138****6621",
    "bed": "湖景楼，确认号 HJ-40718",
    "ticket": "G7571 次，订单 E218806",
    "meal_out": "湖景楼二号包间，已留位",
}

# What is written down of a row when it is booked.
BOOKINGS: dict[str, dict[str, str]] = {
    "cars": {"plate": "浙E·7K208", "driver": "吴师傅", "driver_phone": "13705726621"},
    "lodgings": {"confirmation": "HJ-40718"},
    "tickets": {"confirmation": "E218806"},
    "meetings": {"booking_note": "已在会议室台账登记"},
}

Chore = Callable[[User, datetime], None]


def finish(task: Task, by: User, at: datetime) -> None:
    """Its lines without a time of their own are ticked, its rows of the form are booked, then it is done."""
    for check in task.checks.all():
        if check.due_at is None and check.ticked_at is None:
            check.task = task
            ticking.tick(check, by=by, at=at)
    for row in rows_for(task):
        if not row.booked_at:
            book(row, by=by, at=at, values=BOOKINGS.get(row.KIND, {}))
    code = task.template.code if task.template else ""
    actions.finish(task, by=by, at=at, evidence=EVIDENCE.get(code, ""), reason="现场已看过")


def later(task: Task) -> list[tuple[datetime, Chore]]:
    """(when, what to do by whom) for its timed lines and its reconfirmation, each shortly before it is due."""
    early = timedelta(minutes=18)
    found: list[tuple[datetime, Chore]] = [
        (check.due_at - early, partial(_tick, check, task)) for check in task.checks.all() if check.due_at
    ]
    if task.reconfirm_due_at:
        found.append((task.reconfirm_due_at - early, partial(_again, task)))
    return found


def _tick(check: Any, task: Task, by: User, at: datetime) -> None:
    check.task = task
    if task.status != "dropped" and task.reception.status in ("preparing", "receiving"):
        ticking.tick(check, by=by, at=at)


def _again(task: Task, by: User, at: datetime) -> None:
    if task.status != "dropped" and task.reception.status in ("preparing", "receiving"):
        actions.reconfirm(task, by=by, at=at)


def decide_go(reception: Reception, by: User, at: datetime) -> None:
    """Two hours before the arrival: ready, or begun with what is missing."""
    if reception.status != "preparing":
        return
    found = light_of(reception, at)
    gaps = bool(found and found.blocks)
    reason = "缺的都在收尾，现场有人盯着，不影响到达。" if gaps else ""
    decide(reception, by=by, at=at, verdict="gaps" if gaps else "ready", reason=reason)


def trouble(cast: dict[str, User], at: datetime) -> None:
    """What a newcomer finds under way now: one task blocked, one handed to another department and accepted, one
    waiting for a colleague, one assigned, one checklist half ticked."""
    general, colleague, office = cast["general"], cast["general2"], cast["office"]
    if bed := _open("bed"):
        actions.block(
            bed,
            by=bed.assignee or general,
            at=at,
            reason="湖景楼只剩 5 间单间，差 1 间，等酒店明早回复",
            helper=office,
        )
    if meal := _open("meal_out"):
        offering.hand_over(
            meal,
            by=meal.assignee or general,
            at=at,
            reason="办公室与湖景楼有协议价，由办公室订更合适",
            department=office.department,
        )
        offering.accept(meal, by=office, at=at)
    if sign := _open("sign"):
        who = sign.assignee or general
        offering.hand_over(
            sign, by=who, at=at, reason="明天外出培训一天", person=general if who == colleague else colleague
        )
    if car := _open("pick_up", assignee=None):
        actions.assign(car, by=general, at=at, person=colleague)
    if room := _open("room"):
        for check in room.checks.all()[1:3]:
            check.task = room
            ticking.tick(check, by=colleague, at=at)


def _open(code: str, **more: Any) -> Task | None:
    """The soonest open task of that duty in a reception that is being prepared."""
    rows = Task.objects.open().filter(template__code=code, reception__status="preparing", **more)
    rows = rows.select_related("reception__applicant", "department__head", "assignee__department")
    return rows.prefetch_related("checks").order_by("due_at", "id").first()
