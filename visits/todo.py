"""What waits for a person in this wing: decisions, reviews, returned forms, tasks, promises."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

import visits.materials.todo as materials
from reception.core.clock.periods import day_bounds
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.counting import counted
from reception.core.web.todo import Todo
from visits.changes.queries import ChangeQuerySet
from visits.models import Change, Promise, Reception, Task
from visits.promises.models import PromiseQuerySet
from visits.readiness.facts import undecided
from visits.requests.choices import Status
from visits.requests.queries import ReceptionQuerySet
from visits.tasks.choices import TaskStatus
from visits.tasks.queries import TaskQuerySet

MOST = 100


def todo(user: User, at: datetime) -> list[Todo]:
    """Rows for 待办, most pressing kind first. Each links straight to where it is done."""
    rows = [_decide(r) for r in _pending(user, at).for_list().order_by("arrive_at", "id")[:MOST]]
    rows += [_change(c) for c in _changes(user, at).for_page().order_by("reception__arrive_at", "id")[:MOST]]
    rows += [_cancel(r) for r in _cancels(user, at).for_list().order_by("arrive_at", "id")[:MOST]]
    rows += [_review(r) for r in _reviews(user, at).for_list().order_by("arrive_at", "id")[:MOST]]
    rows += [_returned(r) for r in _sent_back(user).for_list().order_by("arrive_at", "id")[:MOST]]
    rows += [
        _money(r, word)
        for found, word in _moneys(user)
        for r in found.for_list().order_by("leave_at", "id")[:MOST]
    ]
    rows += [_go(r) for r in undecided(user, at).for_list().order_by("arrive_at", "id")[:MOST]]
    rows += [_task(t, at) for t in tasks_of(user, at).for_board()[:MOST]]
    rows += [_promise(p, at) for p in promises_of(user).for_list()[:MOST]]
    return rows + materials.todo(user, at)


def waiting(user: User, at: datetime) -> list[QuerySet]:
    """What `todo` lists, as querysets to be counted."""
    moneys = [found for found, _ in _moneys(user)]
    trusted = at if user.may_stand_in else None
    return [
        Reception.objects.pending_for(user, trusted),
        Change.objects.pending_for(user, trusted),
        Reception.objects.cancelling_for(user, trusted),
        Reception.objects.review_for(user, trusted),
        _sent_back(user),
        tasks_of(user, at),
        undecided(user, at),
        promises_of(user),
        materials.waiting(user, at),
        *moneys,
    ]


def todo_count(user: User, at: datetime) -> int:
    """How many rows `todo` has, without loading them; one query."""
    return counted(waiting(user, at))[0]


def tasks_of(user: User, at: datetime) -> TaskQuerySet:
    """Tasks that this person has to see to."""
    return Task.objects.waiting_for(user, at)


def promises_of(user: User) -> PromiseQuerySet:
    """Promises to customers that this person has to see to (B1)."""
    return Promise.objects.owed_by(user)


def _pending(user: User, at: datetime) -> ReceptionQuerySet:
    return Reception.objects.pending_for(user, at)


def _changes(user: User, at: datetime) -> ChangeQuerySet:
    return Change.objects.pending_for(user, at)


def _cancels(user: User, at: datetime) -> ReceptionQuerySet:
    return Reception.objects.cancelling_for(user, at)


def _reviews(user: User, at: datetime) -> ReceptionQuerySet:
    return Reception.objects.review_for(user, at)


def _sent_back(user: User) -> ReceptionQuerySet:
    if not user.may(Can.APPLY_RECEPTION):
        return Reception.objects.none()
    return Reception.objects.filter(applicant=user, status=Status.RETURNED)


def _moneys(user: User) -> list[tuple[ReceptionQuerySet, str]]:
    """接待清单 that wait for this person, each kind with what is to be done (records §1.2)."""
    rows = Reception.objects
    return [
        (rows.to_settle(user), "等你结算"),
        (rows.to_confirm(user), "等你确认超出"),
        (rows.to_audit(user), "等你审核"),
    ]


def _money(reception: Reception, state: str) -> Todo:
    url = reverse("visits:costs", args=[reception.no])
    return Todo("费", "t", f"接待清单：{reception.title}", _about(reception), url, None, "", state)


def _about(reception: Reception) -> str:
    """顾清·嘉宾级·6人."""
    tier = reception.tier_now
    people = f"{reception.headcount}人" if reception.headcount else ""
    return "·".join(filter(None, (str(reception.applicant), tier.name if tier else "", people)))


def _decide(reception: Reception) -> Todo:
    url = reverse("visits:decide", args=[reception.no])
    return Todo(
        "接",
        "",
        reception.title,
        _about(reception),
        url,
        reception.arrive_at,
        "到达",
        _for(reception, "等你审批"),
    )


def _for(reception: Reception, state: str) -> str:
    """等你审批; for somebody else 代 沈国栋."""
    return f"代 {reception.principal_name}" if reception.principal_name else state  # type: ignore[attr-defined]


def _change(change: Change) -> Todo:
    it = change.reception
    meta = f"{it.applicant}·{change.reason}"
    return Todo(
        "变", "", f"变更：{it.title}", meta, change.get_absolute_url(), it.arrive_at, "原定到达", "等你审批"
    )


def _cancel(reception: Reception) -> Todo:
    url = reverse("visits:request_cancel", args=[reception.no])
    meta = f"{reception.applicant}·{reception.cancel_reason}"
    return Todo("消", "t", f"取消：{reception.title}", meta, url, reception.arrive_at, "到达", "等你确认")


def _review(reception: Reception) -> Todo:
    url = reverse("visits:decide", args=[reception.no])
    return Todo(
        "接",
        "",
        reception.title,
        _about(reception),
        url,
        reception.arrive_at,
        "到达",
        _for(reception, "等你审核"),
    )


def _returned(reception: Reception) -> Todo:
    url = reverse("visits:request_edit", args=[reception.no])
    return Todo(
        "接", "t", reception.title, f"{reception.no}·改好再提交", url, reception.arrive_at, "到达", "已退回"
    )


def _task(task: Task, at: datetime) -> Todo:
    meta = f"{task.reception.title}·{task.department}"
    return Todo(
        "任",
        "q",
        task.duty,
        meta,
        reverse("visits:task", args=[task.pk]),
        task.due_at,
        "时限",
        _task_state(task, at),
    )


def _task_state(task: Task, at: datetime) -> str:
    """What presses most."""
    if task.wants_again(at):
        return "要再确认"
    if task.recheck:
        return "变更后待复核"
    if task.offered_at:
        return "等接收"
    late = task.is_late(at) and task.status != TaskStatus.BLOCKED
    return "已过期" if late else task.get_status_display()


def _go(reception: Reception) -> Todo:
    url = reverse("visits:ready", args=[reception.no])
    return Todo(
        "始", "t", reception.title, _about(reception), url, reception.arrive_at, "到达", "等你决定能否开始"
    )


def _promise(promise: Promise, at: datetime) -> Todo:
    due_at = day_bounds(promise.due_on)[1] - timedelta(seconds=1)
    meta = f"对{promise.customer}的承诺·{promise.no}"
    state = "已过期" if promise.is_late(at) else promise.get_status_display()
    return Todo("诺", "t", promise.what, meta, promise.get_absolute_url(), due_at, "期限", state)
