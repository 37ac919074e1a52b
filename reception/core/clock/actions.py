"""Starting and stopping clocks. Called inside a record's own action."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models

from reception.core.clock.ladder import Rung, ladders, next_at, rungs
from reception.core.clock.models import Clock, Hold, WorkCalendar
from reception.core.ledger import record
from reception.core.people.models import User


@dataclass(frozen=True)
class Start:
    """A clock to be started; see `start`. at: when its time begins, which may lie ahead."""

    subject: models.Model
    rule: str
    at: datetime
    due_at: datetime
    owner: User | None = None
    calendar: WorkCalendar | None = None


def start(
    subject: models.Model,
    rule: str,
    *,
    at: datetime,
    due_at: datetime,
    owner: User | None = None,
    calendar: WorkCalendar | None = None,
) -> Clock:
    """Start the clock `rule` of `subject`: due at `due_at`, its ladder in wall-clock or the calendar's time."""
    assert connection.in_atomic_block, "时限只能在动作里开始"
    rounds = Clock.objects.of(subject).filter(rule=rule).order_by("-round").values_list("round", flat=True)
    last = next(iter(rounds[:1]), 0)
    clock = _made(Start(subject, rule, at, due_at, owner, calendar), last + 1, rungs(rule))
    clock.save(force_insert=True)
    return clock


def start_new(starts: Iterable[Start]) -> list[Clock]:
    """Start clocks of records that have just been made, all with one insert."""
    assert connection.in_atomic_block, "时限只能在动作里开始"
    known = ladders()
    return Clock.objects.bulk_create(_made(one, 1, known.get(one.rule) or known[""]) for one in starts)


def _made(one: Start, number: int, ladder: list[Rung]) -> Clock:
    """The row of a clock, not saved."""
    clock = Clock(
        subject_kind=one.subject._meta.label_lower,
        subject_id=one.subject.pk,
        subject_no=getattr(one.subject, "no", ""),
        title=str(getattr(one.subject, "title", one.subject))[:120],
        url=one.subject.get_absolute_url(),  # type: ignore[attr-defined]
        rule=one.rule,
        round=number,
        owner=one.owner,
        calendar=one.calendar,
        started_at=one.at,
        due_at=one.due_at,
    )
    clock.budget = clock.own_between(clock.started_at, clock.due_at)
    clock.next_at = next_at(clock, ladder)
    return clock


def stop(subject: models.Model, rule: str, *, at: datetime) -> Clock | None:
    """Stop the open clock `rule`: met when `at` is not past its due time, breached for ever otherwise."""
    found = Clock.objects.of(subject).filter(rule=rule, stopped_at__isnull=True).order_by()
    clock = next(iter(found), None)  # never more than one is open
    if clock is None:
        return None
    clock.stopped_at, clock.next_at, clock.hush_until = at, None, None
    if clock.paused_at is None and at > clock.due_at:
        clock.breached_at = clock.breached_at or clock.due_at
    clock.save(update_fields=["stopped_at", "next_at", "hush_until", "breached_at"])
    return clock


def stop_all(subject: models.Model, *, at: datetime) -> None:
    """Stop every open clock of a record that is over."""
    for rule in list(Clock.objects.of(subject).open().values_list("rule", flat=True)):
        stop(subject, rule, at=at)


def restart(
    subject: models.Model,
    rule: str,
    *,
    at: datetime,
    due_at: datetime,
    owner: User | None = None,
    calendar: WorkCalendar | None = None,
) -> Clock:
    """End this round and begin the next with a new due time; a breach of the old round stays (改约)."""
    stop(subject, rule, at=at)
    return start(subject, rule, at=at, due_at=due_at, owner=owner, calendar=calendar)


def hand_over(subject: models.Model, *rules: str, owner: User | None) -> None:
    """The same clocks run on under another owner."""
    Clock.objects.of(subject).open().filter(rule__in=rules).update(owner=owner)


def pause(
    subject: models.Model, rule: str, *, at: datetime, by: User | None = None, reason: str = ""
) -> None:
    """Hold the clock: nothing is due and nothing climbs while it is held. An earlier breach is kept.

    by, reason: who holds it and why, for 为什么超时. What runs is held; what is held already stays as it is.
    """
    for clock in Clock.objects.of(subject).running().filter(rule=rule):
        if at > clock.due_at:
            clock.breached_at = clock.breached_at or clock.due_at
        clock.paused_at = at
        if clock.breached_at is None:
            clock.hush_until = None  # a reminder from the night is no longer true
        clock.save(update_fields=["paused_at", "breached_at", "hush_until"])
        Hold.objects.create(clock=clock, paused_at=at, paused_by=by, reason=reason.strip()[:200])


def resume(subject: models.Model, rule: str, *, at: datetime, by: User | None = None) -> None:
    """Let the clock run on with the time it had left, counted in the clock's own time (working time or wall)."""
    for clock in Clock.objects.of(subject).open().filter(rule=rule, paused_at__isnull=False):
        assert clock.paused_at
        held = clock.own_between(clock.paused_at, at)
        clock.held += held
        # What was late stays due when it was; outside working hours a pause takes nothing away.
        if clock.paused_at <= clock.due_at and (held or at > clock.due_at):
            clock.due_at = clock.own_add(at, clock.own_between(clock.paused_at, clock.due_at))
        clock.paused_at = None
        clock.next_at = next_at(clock, rungs(clock.rule))
        clock.save(update_fields=["due_at", "held", "paused_at", "next_at"])
        clock.holds.filter(resumed_at__isnull=True).update(resumed_at=at, resumed_by=by)


def change_limit(
    subject: models.Model, rule: str, limit: timedelta, *, at: datetime, by: User | None, reason: str
) -> Clock | None:
    """The same promise gets another limit (改优先级): the time used and the time held both count on.

    limit: the whole time promised from the start, in the clock's own time. A shorter limit that is over already
    falls due now, not in the past; a breach stays. Rungs that the new limit has not reached are told again.
    Writes the change into the record's ledger. Only inside an action; None without an open clock.
    """
    clock = Clock.objects.of(subject).open().filter(rule=rule).select_related("calendar").first()
    if clock is None:
        return None
    before, now = clock.due_at, clock.paused_at or at
    if clock.paused_at is None and at > clock.due_at:
        clock.breached_at = clock.breached_at or clock.due_at
    left = limit - (spent := clock.spent(now))
    if left > timedelta():
        clock.due_at, clock.budget = clock.own_add(now, left), limit
    elif now < clock.due_at:
        clock.due_at, clock.budget = now, spent
    clock.level = min(clock.level, int(spent * 100 / clock.promised)) if clock.promised else clock.level
    clock.hush_from = min(clock.hush_from, clock.level)
    clock.next_at = next_at(clock, rungs(rule))
    clock.save(update_fields=["due_at", "budget", "breached_at", "level", "hush_from", "next_at"])
    detail = {"rule": rule, "from": before, "to": clock.due_at, "limit": int(limit.total_seconds() // 60)}
    record(subject, "limit", "改时限", by=by, at=at, reason=reason, detail=detail)
    return clock
