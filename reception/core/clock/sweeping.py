"""The sweep: every clock that reached its next rung is claimed exactly once and its people are told.

A claim is a guarded update of the row's level. Any number of workers may sweep at once; one wins each
rung, the others see zero rows. Nothing hangs on a job that could be lost: the next sweep finds the rest.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from reception.core.clock.ladder import Rung, ladders, next_at, next_rung
from reception.core.clock.models import Clock
from reception.core.clock.voices import speak
from reception.core.ledger import record, writing
from reception.core.notices.actions import tell
from reception.core.people.models import User

BATCH = 200
# rule → what a climb does instead of the common words, in the claim's own transaction; a wing adds its own.
SPEAKERS: dict[str, Callable[[Clock, Rung, datetime], None]] = {}


def sweep(at: datetime) -> int:
    """Climb every rung that is due at `at`; returns how many rungs this worker claimed."""
    claimed, known = 0, dict[str, list[Rung]]()
    while due := list(Clock.objects.due(at).order_by("next_at", "id").values_list("pk", flat=True)[:BATCH]):
        known = known or ladders()
        won = sum(climb(pk, at=at, known=known) for pk in due)
        claimed += won
        if not won:
            break
    return claimed


def climb(pk: int, *, at: datetime, known: dict[str, list[Rung]]) -> bool:
    """Claim the next rung of one clock, in a transaction of its own. False when another worker has it."""
    with writing():
        clock = Clock.objects.due(at).filter(pk=pk).select_related("calendar", "owner").first()
        if clock is None:
            return False
        ladder, seen = known.get(clock.rule) or known[""], clock.level
        rung = next_rung(clock, ladder)
        if rung is None:
            return bool(Clock.objects.filter(pk=pk, level=seen).update(next_at=None))
        clock.level = rung.percent
        breached = clock.breached_at or (clock.due_at if rung.percent >= 100 else None)
        rows = Clock.objects.running().filter(pk=pk, level=seen)
        if not rows.update(level=clock.level, next_at=next_at(clock, ladder), breached_at=breached):
            return False
        SPEAKERS.get(clock.rule, announce)(clock, rung, at)
        return True


def announce(clock: Clock, rung: Rung, at: datetime) -> None:
    """Write the climb into the ledger under the record's own name, and tell the rung's people."""
    late = rung.percent >= 100
    label = "超时升级" if late else "临期提醒"
    ghost: Any = Ghost(clock)
    record(
        ghost,
        "escalate",
        label,
        by=None,
        at=at,
        detail={"rule": clock.rule, "percent": rung.percent, "due_at": clock.due_at, "told": rung.audiences},
    )
    said = speak(clock, rung.percent, _people(clock, rung.audiences), at)
    tell(said.people, title=said.title, url=clock.url, at=at, level=said.level, body=said.body)


def _people(clock: Clock, audiences: Iterable[str]) -> list[User]:
    """The owner and everybody who holds one of the rung's roles."""
    people = list(User.objects.in_role(*[name for name in audiences if name != "owner"]))
    return people + ([clock.owner] if "owner" in audiences and clock.owner else [])


class Ghost:
    """Stands for a clock's record in the ledger without loading it: the sweep knows no wing."""

    status = ""

    def __init__(self, clock: Clock) -> None:
        self._meta = _Label(clock.subject_kind)
        self.pk, self.no = clock.subject_id, clock.subject_no


class _Label:
    """The one thing the ledger asks of a model's meta."""

    def __init__(self, label: str) -> None:
        self.label_lower = label
