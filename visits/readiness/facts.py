"""The facts of the readiness light, for any number of receptions in the same four queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, F, IntegerField, Q, QuerySet, Value

from reception.core.people.models import User
from reception.core.people.roles import Can
from visits.arrangements.choices import Kind, Payer
from visits.arrangements.models import CarRow, LodgingRow, MeetingRow, TicketRow
from visits.briefing.models import Acknowledgement
from visits.changes.choices import Status as ChangeStatus
from visits.changes.models import Change
from visits.guests.models import Guest
from visits.readiness.light import LAST, Facts, Light, TaskFact, light
from visits.requests.choices import Status
from visits.requests.models import Reception
from visits.tasks.choices import OPEN, TaskStatus
from visits.tasks.models import Task, TaskCheck

# Receptions that have a light: approved, and not over.
LIT = (Status.PREPARING, Status.RECEIVING)
# Rows of the form that somebody has to book before the guests arrive, unless the guests do so themselves.
BOOKED: dict[Kind, Any] = {model.KIND: model for model in (LodgingRow, CarRow, MeetingRow, TicketRow)}
THEIRS = (Kind.LODGING, Kind.TICKET)
# Tiers whose guest list has to be complete one day before the arrival (records §1.1).
ROSTER_TIERS = ("vip", "guest")
HEAD = ("pk", "no", "status", "arrive_at", "leave_at", "headcount", "host__name", "host_id", "tier__code")
TASK = ("pk", "reception_id", "duty", "due_at", "status", "blocking", "compressed", "recheck", "block_reason",
        "reconfirm_due_at", "reconfirmed_at", "assignee__name", "department__name")  # fmt: skip


def lights(ids: Iterable[int], at: datetime) -> dict[int, Light]:
    """The light of each of these receptions that has one, by primary key."""
    rows = Reception.objects.filter(pk__in=list(ids), status__in=LIT).values(*HEAD)
    return {pk: light(facts) for pk, facts in gather(list(rows), at).items()}


def undecided(user: User, at: datetime) -> Any:
    """Receptions whose guests come within two hours (or should be here) and about which nobody decided, for those who
    decide of all; a query set of receptions."""
    if not (user.may(Can.RUN_RECEPTION) and user.may(Can.VIEW_RECEPTIONS)):
        return Reception.objects.none()
    rows = Reception.objects.visible_to(user).filter(status=Status.PREPARING, arrive_at__lte=at + LAST)
    return rows.exclude(go_decisions__arrive_at=F("arrive_at"))


def light_of(reception: Any, at: datetime, tasks: Iterable[Task] | None = None) -> Light | None:
    """The light of one reception; None for one that has none. `tasks`: all of its tasks when they are loaded, with
    their people; saves a query."""
    if reception.status not in LIT:
        return None
    return light(gather([head_of(reception)], at, tasks)[reception.pk])


def head_of(reception: Any) -> dict[str, Any]:
    """What HEAD asks for, of a loaded reception."""
    return {
        "pk": reception.pk, "no": reception.no, "status": reception.status, "arrive_at": reception.arrive_at,
        "leave_at": reception.leave_at, "headcount": reception.headcount, "host_id": reception.host_id,
        "host__name": str(reception.host or ""), "tier__code": reception.tier.code if reception.tier else "",
    }  # fmt: skip


def gather(
    rows: Sequence[dict[str, Any]], at: datetime, loaded: Iterable[Task] | None = None
) -> dict[int, Facts]:
    """Facts by the reception's primary key; `rows` hold the columns of HEAD. Three queries."""
    ids = [row["pk"] for row in rows]
    if not ids:
        return {}
    tasks, others = _tasks(ids, loaded), _others(ids)
    return {row["pk"]: _facts(row, tasks[row["pk"]], others[row["pk"]], at) for row in rows}


def _facts(row: dict[str, Any], tasks: list[TaskFact], others: dict[str, int], at: datetime) -> Facts:
    unbooked = [f"{kind.label} {others[kind]} 项" for kind in BOOKED if others.get(kind)]
    return Facts(
        at=at, arrive_at=row["arrive_at"], leave_at=row["leave_at"], begun=row["status"] == Status.RECEIVING,
        tasks=tuple(tasks), roster_due=row["tier__code"] in ROSTER_TIERS, headcount=row["headcount"] or 0,
        roster=others.get("guests", 0), host=row["host__name"] or "", host_read=bool(others.get("read")),
        unbooked=tuple(unbooked), change=f"第 {others['change']} 次" if others.get("change") else "",
        url=f"/visits/requests/{row['no']}/",
    )  # fmt: skip


def _tasks(ids: list[int], loaded: Iterable[Task] | None) -> dict[int, list[TaskFact]]:
    """Tasks that still ask for something: open, to be checked, to be reconfirmed, or with lines left. Two queries,
    one when the tasks are loaded."""
    found: dict[int, list[TaskFact]] = defaultdict(list)
    left: dict[int, list[tuple[str, datetime | None]]] = defaultdict(list)
    checks = TaskCheck.objects.filter(task__reception__in=ids, ticked_at__isnull=True)
    checks = checks.exclude(task__status=TaskStatus.DROPPED).order_by("task", "order")
    for task, words, due_at in checks.values_list("task", "words", "due_at"):
        left[task].append((words, due_at))
    rows = _stored(ids, list(left)) if loaded is None else [_columns(task) for task in loaded]
    for row in rows:
        if row["status"] != TaskStatus.DROPPED:
            found[row["reception_id"]].append(_task(row, tuple(left[row["pk"]])))
    return found


def _stored(ids: list[int], with_lines: list[int]) -> Iterable[dict[str, Any]]:
    """Columns of the tasks that may ask for something, the soonest first."""
    asks = Q(status__in=OPEN) | Q(recheck=True) | Q(reconfirm_due_at__isnull=False) | Q(pk__in=with_lines)
    rows: Iterable[dict[str, Any]] = (
        Task.objects.filter(asks, reception__in=ids).order_by("due_at", "pk").values(*TASK)
    )
    return rows


def _columns(task: Task) -> dict[str, Any]:
    """The same of a loaded task."""
    own = {name: getattr(task, name) for name in TASK if "__" not in name}
    return {**own, "assignee__name": str(task.assignee or ""), "department__name": str(task.department)}


def _task(row: dict[str, Any], left: tuple[tuple[str, datetime | None], ...]) -> TaskFact:
    return TaskFact(
        duty=row["duty"], who=row["assignee__name"] or row["department__name"], url=f"/visits/tasks/{row['pk']}/",
        due_at=row["due_at"], blocking=row["blocking"], open=row["status"] in OPEN, hurried=row["compressed"],
        blocked=row["block_reason"] if row["status"] == TaskStatus.BLOCKED else "", recheck=row["recheck"],
        again_at=None if row["reconfirmed_at"] else row["reconfirm_due_at"], left=left,
    )  # fmt: skip


def _others(ids: list[int]) -> dict[int, dict[str, int]]:
    """Guests named, briefing read by the host, the change waiting for an answer, rows not booked: one query."""
    first, *rest = [
        _counted(Guest.objects.filter(reception__in=ids), "guests"),
        _counted(Acknowledgement.objects.filter(reception__in=ids, user=F("reception__host")), "read"),
        Change.objects.filter(reception__in=ids, status=ChangeStatus.PENDING).order_by()
        .annotate(kind=_word("change"), n=F("number")).values_list("reception_id", "kind", "n"),
    ]  # fmt: skip
    rest += [_counted(_unbooked(kind, model, ids), kind.value) for kind, model in BOOKED.items()]
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for pk, kind, number in first.union(*rest, all=True):
        found[pk][kind] = number
    return found


def _unbooked(kind: Kind, model: Any, ids: list[int]) -> QuerySet[Any]:
    """Rows of one kind that wait to be booked."""
    rows = model._default_manager.filter(reception__in=ids, booked_at__isnull=True, freed_at__isnull=True)
    return rows.filter(payer=Payer.OURS) if kind in THEIRS else rows


def _counted(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
    """(reception, kind, how many)."""
    counted = (
        rows.order_by()
        .values("reception_id")
        .annotate(kind=_word(kind), n=Count("pk", output_field=IntegerField()))
    )
    return counted.values_list("reception_id", "kind", "n")


def _word(kind: str) -> Value:
    return Value(kind, output_field=CharField())
