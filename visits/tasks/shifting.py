"""What another date or tier does to a reception's tasks: previewed without writing, then carried out (records §1.2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reception.core.clock import calendar_for, start, stop
from reception.core.clock.models import Clock, WorkCalendar
from reception.core.clock.working import Hours
from reception.core.ledger import action, apply, record
from reception.core.ledger.write import touch
from reception.core.notices import tell
from reception.core.people.models import User
from visits.tasks.choices import AGAIN_RULE, CHECK_RULE, GO_RULE, HOST, OPEN, TASK_RULE, TaskStatus
from visits.tasks.creating import LEFT_OUT, UNBLOCKED, go_clock, make, silence, task_clock, timed_clock, where
from visits.tasks.due import due
from visits.tasks.flow import FLOW
from visits.tasks.making import Plan, Visit, plan, visit_of
from visits.tasks.models import Task

WHY = "随变更不再需要"


@dataclass(frozen=True)
class Moved:
    """One task that a change touches. kind: move, add or drop; due times are aware, None where there is none.

    compressed: the new time would be past, so it is now; done: it is done already and may have to be done again.
    """

    duty: str
    department: str
    kind: str
    old_due: datetime | None
    new_due: datetime | None
    compressed: bool = False
    done: bool = False
    task: Task | None = None
    row: Plan | None = None


def preview(reception: Any, arrive_at: datetime, leave_at: datetime, tier: Any, at: datetime, *,
            host: User | None = None, needs: frozenset[str] | None = None) -> list[Moved]:  # fmt: skip
    """What these times, this tier (and this host, these needs) would do at `at`: every task whose due time moves,
    that comes or that goes, in the order of the new due times. Writes nothing."""
    visit = visit_of(reception, arrive_at=arrive_at, leave_at=leave_at, tier=tier, host=host, needs=needs)
    tasks = reception.tasks.select_related("department__head", "assignee", "template").order_by("id")
    return moved(list(tasks), visit, calendar_for("office").hours, at)


def moved(tasks: list[Task], visit: Visit, hours: Hours, at: datetime) -> list[Moved]:
    """The difference between `tasks` and what `visit` asks for."""
    plans = {row.template.pk: row for row in plan(visit, hours=hours, at=at)}
    have = {task.template_id: task for task in tasks if task.template_id}
    found = [_added(row, have.get(pk)) for pk, row in plans.items() if row.timely and _comes(have.get(pk))]
    for task in tasks:
        if task.template_id is None or task.status == TaskStatus.DROPPED:
            continue
        row = plans.get(task.template_id)
        found += [_dropped(task)] if row is None and task.status in OPEN else []
        found += _later(task, row, visit, hours, at) if row else []
    return sorted(found, key=lambda one: (one.new_due is None, one.new_due or at))


def _comes(task: Task | None) -> bool:
    """Whether a planned task has to be made, or brought back after an earlier change dropped it. What people
    decided not to do stays undone."""
    return task is None or (task.status == TaskStatus.DROPPED and task.changed_out)


def _added(row: Plan, task: Task | None) -> Moved:
    return Moved(row.template.duty, str(row.department), "add", None, row.due_at, row.compressed, task=task, row=row)  # fmt: skip


def _dropped(task: Task) -> Moved:
    return Moved(task.duty, str(task.department), "drop", task.due_at, None, task=task)


def _later(task: Task, row: Plan, visit: Visit, hours: Hours, at: datetime) -> list[Moved]:
    """One row when its due time changes. It counts from what the task was made from, unless its tier is another."""
    same = task.tier_id == visit.tier.pk and task.offset
    raw = due(visit.anchor_at(task.anchor), task.offset, hours) if same else row.raw_at
    if raw == task.due_at:
        return []
    done = task.status == TaskStatus.DONE
    past = raw < at
    if past and not done and task.due_at <= at:
        return []  # it is due already: an earlier date makes it no more so, and none makes it innocent
    new, compressed = (at, True) if past else (raw, False)
    return [Moved(task.duty, str(task.department), "move", task.due_at, new, compressed, done, task, row)]


@action
def shift(reception: Any, *, by: User, at: datetime) -> list[Moved]:
    """Bring the tasks up to the reception as it now stands; returns what was touched. Part of the action that
    changed it. Due times move with their clocks (an earlier breach stays for ever), tasks come and go, what is done
    and depends on the date is marked to be checked; each department is told once."""
    visit, calendar = visit_of(reception), calendar_for("office")
    tasks = list(
        reception.tasks.select_related("department__head", "assignee", "template", "reception").order_by("id")
    )
    found = moved(tasks, visit, calendar.hours, at)
    new = [one.row for one in found if one.kind == "add" and one.task is None and one.row]
    for one in found:
        if one.task is not None:
            _carry_out(one, one.task, visit, calendar, by, at)
    rows = {one.template.pk: one for one in plan(visit, hours=calendar.hours, at=at)}
    for task in tasks:
        _relist(task, rows.get(task.template_id), visit, by, at)
        _follow(task, visit, calendar, by, at)
    made = make(reception, visit, new, calendar, by, at)
    for task in made:
        record(task, "add", "随变更增加", by=by, at=at, detail={"due_at": task.due_at})
    _ask_again(reception, at)
    _tell(reception, found, made, by, at)
    return found


def _carry_out(one: Moved, task: Task, visit: Visit, calendar: WorkCalendar, by: User, at: datetime) -> None:
    """Move, drop, bring back, or mark one task."""
    old = {"old_due": one.old_due, "new_due": one.new_due}
    if one.kind == "drop":
        apply(task, FLOW.drop, by=by, at=at, target=TaskStatus.DROPPED, reason=WHY, changed_out=True, **LEFT_OUT,
              **UNBLOCKED)  # fmt: skip
        stop(task, TASK_RULE, at=at)
        silence([task], at=at)
    elif one.done:
        touch(task, recheck=True)
        record(task, "recheck", "变更后待复核", by=by, at=at, detail=old)
    else:
        assert one.row and one.new_due
        same = task.tier_id == visit.tier.pk and task.offset
        fields: dict[str, Any] = {"due_at": one.new_due, "compressed": one.compressed, "tier": visit.tier,
                                  "offset": task.offset if same else one.row.offset}  # fmt: skip
        if one.kind == "add":
            apply(task, FLOW.revive, by=by, at=at, target=TaskStatus.TODO, changed_out=False,
                  assignee=one.row.assignee, taken_at=None, taken_by=None, detail=old, **fields)  # fmt: skip
        else:
            touch(task, **fields)
            record(task, "shift", "改时限", by=by, at=at, detail=old)
        stop(task, TASK_RULE, at=at)
        _begin(task_clock(task, visit.anchor_at(task.anchor), calendar, at))


def _begin(starts: list[Any]) -> None:
    """Start another round of each clock."""
    for one in starts:
        start(one.subject, one.rule, at=one.at, due_at=one.due_at, owner=one.owner, calendar=one.calendar)


def _relist(task: Task, row: Plan | None, visit: Visit, by: User, at: datetime) -> None:
    """Another tier's checklist: lines that it adds come, lines that it has not and nobody ticked go. A done task
    that gets a line is to be checked."""
    if row is None or task.status == TaskStatus.DROPPED or task.tier_id == visit.tier.pk:
        return
    have = {check.words: check for check in task.checks.all()}
    asked = {words: (words, offset, when) for words, offset, when in row.checks}
    task.checks.filter(ticked_at__isnull=True).exclude(words__in=asked).delete()
    last = max((check.order for check in have.values()), default=0)
    new = [asked[words] for words in asked if words not in have]
    for order, (words, offset, when) in enumerate(new, last + 1):
        task.checks.create(order=order, words=words, offset=offset, due_at=when)
    for words in asked.keys() & have.keys():
        task.checks.filter(pk=have[words].pk).update(offset=asked[words][1])
    touch(task, tier=visit.tier, recheck=task.recheck or (bool(new) and task.status == TaskStatus.DONE))


def _follow(task: Task, visit: Visit, calendar: WorkCalendar, by: User, at: datetime) -> None:
    """Its host, its timed lines and its reconfirmation follow the new times."""
    if task.status == TaskStatus.DROPPED or not task.anchor:
        return
    if (
        task.template
        and task.template.owner == HOST
        and task.status in OPEN
        and task.assignee_id != visit.host.pk
    ):
        apply(task, FLOW.assign, by=by, at=at, target=TaskStatus.TODO, assignee=visit.host, taken_at=None, taken_by=None,
              detail={"to": str(visit.host)}, **LEFT_OUT, **UNBLOCKED)  # fmt: skip
    anchor_at = visit.anchor_at(task.anchor)
    for check in task.checks.exclude(offset="").select_related("task__department__head", "task__assignee"):
        when = due(anchor_at, check.offset, calendar.hours)
        if when != check.due_at and check.ticked_at is None:
            type(check).objects.filter(pk=check.pk).update(due_at=when)
            stop(check, CHECK_RULE, at=at)
            _begin(timed_clock(check, task, CHECK_RULE, when, at))
    again = due(anchor_at, task.reconfirm, calendar.hours) if task.reconfirm else None
    if again != task.reconfirm_due_at:
        touch(task, reconfirm_due_at=again, reconfirmed_at=None, reconfirmed_by=None)
        stop(task, AGAIN_RULE, at=at)
        _begin(timed_clock(task, task, AGAIN_RULE, again, at))


def _ask_again(reception: Any, at: datetime) -> None:
    """The decision to begin is asked for the new arrival, unless the guests are here."""
    asked = Clock.objects.of(reception).open().filter(rule=GO_RULE).first()
    if reception.started_at or (asked and asked.due_at == reception.arrive_at):
        return
    stop(reception, GO_RULE, at=at)
    _begin(go_clock(reception, at))


def _tell(reception: Any, found: list[Moved], made: list[Task], by: User, at: datetime) -> None:
    """One line to each head or assignee: how many of theirs moved, came, go, or are to be checked."""
    counts: dict[User, dict[str, int]] = {}
    rows = [(one.task, "check" if one.done else one.kind) for one in found if one.task]
    for task, kind in [*rows, *((task, "add") for task in made)]:
        person = task.assignee or task.department.head
        if person and person.pk != by.pk:
            mine = counts.setdefault(person, dict.fromkeys(("move", "add", "drop", "check"), 0))
            mine[kind] += 1
    words = {"move": "项改时限", "add": "项新增", "drop": "项不办", "check": "项已完成待复核"}
    for person, mine in counts.items():
        said = "，".join(f"{count} {words[kind]}" for kind, count in mine.items() if count)
        tell([person], title=f"{reception.no} {reception.title}变更：您的任务 {said}", at=at, level="warn",
             url=where(reception))  # fmt: skip
