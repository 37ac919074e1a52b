"""The board of tasks: lanes by department, or one column by time; bounded, the same queries for few and many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from reception.core.clock.periods import day_bounds, local
from reception.core.people.models import User
from reception.core.people.roles import Can
from reception.core.web.keyset import moment_and_id
from visits.tasks.choices import TaskStatus
from visits.tasks.models import Task

SIZE = 50
LANE = 6  # cards of a lane; the rest is behind a link
SCOPES = {"ours": "本部门", "mine": "我的", "all": "我能看的"}
WAYS = {"department": "按部门", "time": "按时间"}
KINDS = {
    "": "全部",
    "late": "已过期",
    "blocked": "受阻",
    "todo": "待领",
    "free": "没指派",
    "again": "要再确认",
    "recheck": "待复核",
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it asks wrongly is not asked."""

    scope: str
    by: str
    kind: str
    department: int | None
    after: str
    q: str = ""

    def url(self, **over: Any) -> str:
        """The address with something else in it."""
        values = {
            "scope": self.scope,
            "by": self.by,
            "kind": self.kind,
            "department": self.department or "",
            "q": self.q,
            **over,
        }
        return "?" + urlencode({name: value for name, value in values.items() if value})


def asked(user: User, query: Mapping[str, str]) -> Asked:
    """The address, read."""
    default = "ours" if user.department_id and user.may(Can.DO_TASK) else "all"
    scope, by, kind = query.get("scope", ""), query.get("by", ""), query.get("kind", "")
    scope = scope if scope in SCOPES else default
    number = query.get("department", "")
    return Asked(
        scope, by if by in WAYS else "department" if scope == "all" else "time", kind if kind in KINDS else "",
        int(number) if number.isdecimal() and len(number) < 10 else None, query.get("after", ""),
        " ".join(query.get("q", "").replace("\x00", "").split())[:60],
    )  # fmt: skip


def board(user: User, query: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """The context of the page."""
    ask = asked(user, query)
    tasks = narrowed(scoped(user, ask.scope), ask, at)
    found = (
        _lanes(tasks, ask, at) if ask.by == "department" and not ask.department else _times(tasks, ask, at)
    )
    tabs = [
        {"label": label, "url": ask.url(scope=key), "on": key == ask.scope} for key, label in SCOPES.items()
    ]
    ways = [
        {"label": label, "url": ask.url(by=key, department=""), "on": key == ask.by and not ask.department}
        for key, label in WAYS.items()
    ]
    kinds = [
        {"label": label, "url": ask.url(kind=key), "on": key == ask.kind} for key, label in KINDS.items()
    ]
    return {**found, "tabs": tabs, "ways": ways, "kinds": kinds, "address": ask.url()[1:], "scope": ask.scope, "kind": ask.kind, "ask": ask,
            "kind_label": KINDS[ask.kind]}  # fmt: skip


def scoped(user: User, scope: str) -> QuerySet[Any]:
    """Open tasks of that scope, and the done ones that ask for something again."""
    asks = Q(recheck=True) | Q(
        reconfirm_due_at__isnull=False, reconfirmed_at__isnull=True, status=TaskStatus.DONE
    )
    live = Q(reception__status__in=("preparing", "receiving"))
    rows = Task.objects.visible_to(user).filter(Q(pk__in=Task.objects.open().values("pk")) | asks & live)
    rows = rows.exclude(status=TaskStatus.DROPPED)
    if scope == "mine":
        return rows.filter(Q(assignee=user) | Q(offered_to=user))
    if scope == "ours":
        ours = Q(department=user.department_id) | Q(offered_department=user.department_id)
        return rows.filter(ours | Q(assignee=user))
    return rows


def narrowed(rows: QuerySet[Any], ask: Asked, at: datetime) -> QuerySet[Any]:
    """The chosen kind and department."""
    kinds = {
        "late": Q(due_at__lt=at) & ~Q(status=TaskStatus.DONE), "blocked": Q(status=TaskStatus.BLOCKED),
        "todo": Q(status=TaskStatus.TODO), "free": Q(status=TaskStatus.TODO, assignee__isnull=True), "again": Q(reconfirm_due_at__lte=at, reconfirmed_at__isnull=True),
        "recheck": Q(recheck=True),
    }  # fmt: skip
    rows = rows.filter(kinds[ask.kind]) if ask.kind else rows
    for word in ask.q.split():
        said = Q(duty__icontains=word) | Q(reception__customer_name__icontains=word)
        rows = rows.filter(said | Q(reception__no__icontains=word))
    return rows.filter(department=ask.department) if ask.department else rows


def _lanes(tasks: QuerySet[Any], ask: Asked, at: datetime) -> dict[str, Any]:
    """Lanes by department, each with its soonest cards; two queries."""
    counts = tasks.order_by().values("department_id", "department__name", "department__order").annotate(
        total=Count("pk"), late=Count("pk", filter=Q(due_at__lt=at) & ~Q(status=TaskStatus.DONE)),
    ).order_by("department__order", "department_id")  # fmt: skip
    place = Window(RowNumber(), partition_by=F("department_id"), order_by=[F("due_at").asc(), F("pk").asc()])
    shown = tasks.annotate(place=place).filter(place__lte=LANE).order_by("due_at", "pk")
    cards: dict[int, list[dict[str, Any]]] = {}
    for task in shown.select_related("department", "assignee", "reception"):
        cards.setdefault(task.department_id, []).append(card(task, at))
    lanes = [
        {"name": row["department__name"], "total": row["total"], "late": row["late"], "rows": cards.get(row["department_id"], []),
         "more": row["total"] - len(cards.get(row["department_id"], [])), "url": ask.url(department=row["department_id"])}
        for row in counts
    ]  # fmt: skip
    return {
        "lanes": lanes,
        "total": sum(lane["total"] for lane in lanes),
        "late": sum(lane["late"] for lane in lanes),
    }


def _times(tasks: QuerySet[Any], ask: Asked, at: datetime) -> dict[str, Any]:
    """One column, the soonest due first, under headings: 已过期, 今天, 明天, 本周, 以后."""
    page = soonest(tasks.select_related("department", "assignee", "reception"), ask.after)
    groups: list[dict[str, Any]] = []
    for task in page.rows:
        name = bucket(task, at)
        if not groups or groups[-1]["name"] != name:
            groups.append({"name": name, "rows": []})
        groups[-1]["rows"].append(card(task, at))
    return {"groups": groups, "page": page, "next": ask.url(after=page.next) if page.next else ""}


def bucket(task: Task, at: datetime) -> str:
    """Under which heading a task stands: by its due time on a Shanghai calendar, the week ending on Sunday."""
    if task.due_at < at:
        return "已过期" if task.status != TaskStatus.DONE else "等再确认、复核"
    today, tomorrow = day_bounds(local(at).date())
    sunday = today + timedelta(days=7 - today.weekday())
    if task.due_at < tomorrow:
        return "今天"
    if task.due_at < tomorrow + timedelta(days=1):
        return "明天"
    return "本周" if task.due_at < sunday else "以后"


def card(task: Task, at: datetime) -> dict[str, Any]:
    """One card: what, who, until when, how it stands."""
    late = task.status != TaskStatus.DONE and task.due_at < at
    state, tone = _state(task, late, at)
    return {"task": task, "late": late or task.status == TaskStatus.BLOCKED, "state": state, "tone": tone,
            "who": str(task.assignee) if task.assignee else "待领"}  # fmt: skip


def _state(task: Task, late: bool, at: datetime) -> tuple[str, str]:
    """(words, tone): what presses most."""
    if task.status == TaskStatus.BLOCKED:
        return "受阻", "bad"
    if task.wants_again(at):
        return "要再确认", "bad"
    if task.recheck:
        return "待复核", "warn"
    if task.offered_at:
        return "移交中", "brand"
    if late:
        return "已过期", "bad"
    if task.compressed:
        return "立即办", "warn"
    return task.get_status_display(), "brand" if task.status == TaskStatus.TAKEN else ""


@dataclass(frozen=True)
class Page:
    """rows: at most SIZE; next: the key of the following page, "" at the end."""

    rows: list[Any]
    next: str


def soonest(tasks: QuerySet[Any], after: str | None) -> Page:
    """One page of `tasks`, the soonest due first by (due_at, id); a broken key is the first page."""
    rows = tasks.order_by("due_at", "pk")
    key = moment_and_id(after)
    if key:
        at, pk = key
        rows = rows.filter(Q(due_at__gt=at) | Q(due_at=at, pk__gt=pk))
    found = list(rows[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    return Page(found, f"{found[-1].due_at.isoformat()}~{found[-1].pk}" if more else "")
