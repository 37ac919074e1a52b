"""Starting and stopping clocks. Called inside a record's own action."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models

from reception.core.clock.ladder import Rung, ladders, next_at, rungs
from reception.core.clock.models import Clock, WorkCalendar
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
    clock.next_at = next_at(clock, ladder)
    return clock


def stop(subject: models.Model, rule: str, *, at: datetime) -> Clock | None:
    """Stop the open clock `rule`: met when `at` is not past its due time, breached for ever otherwise."""
    found = Clock.objects.of(subject).filter(rule=rule, stopped_at__isnull=True).order_by()
    clock = next(iter(found), None)  # never more than one is open
    if clock is None:
        return None
    clock.stopped_at, clock.next_at = at, None
    if clock.paused_at is None and at > clock.due_at:
        clock.breached_at = clock.breached_at or clock.due_at
    clock.save(update_fields=["stopped_at", "next_at", "breached_at"])
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


def pause(subject: models.Model, rule: str, *, at: datetime) -> None:
    """Hold the clock: nothing is due and nothing climbs while it is held. An earlier breach is kept."""
    for clock in Clock.objects.of(subject).running().filter(rule=rule):
        if at > clock.due_at:
            clock.breached_at = clock.breached_at or clock.due_at
        clock.paused_at = at
        clock.save(update_fields=["paused_at", "breached_at"])


def resume(subject: models.Model, rule: str, *, at: datetime) -> None:
    """Let the clock run on with the time it had left, counted in the clock's own time (working time or wall)."""
    for clock in Clock.objects.of(subject).open().filter(rule=rule, paused_at__isnull=False):
        assert clock.paused_at
        left = clock.own_between(clock.paused_at, clock.due_at)
        clock.held += clock.own_between(clock.paused_at, at)
        clock.due_at = clock.own_add(at, left) if left else clock.due_at
        clock.paused_at = None
        clock.next_at = next_at(clock, rungs(clock.rule))
        clock.save(update_fields=["due_at", "held", "paused_at", "next_at"])
