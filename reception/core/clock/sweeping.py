"""The sweep: every clock that reached its next rung is claimed exactly once and its people are told.

A claim is a guarded update of the row's level. Any number of workers may sweep at once; one wins each
rung, the others see zero rows. Nothing hangs on a job that could be lost: the next sweep finds the rest.

In quiet hours a rung is climbed, and a breach recorded, at its true time, but its people sleep: what was held
back is told at their end, once, by whoever claims that. Rules that are off climb without a word. A rule with a
speaker of its own (突发) is loud: its climb is more than words.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from reception.core.clock.config import Manners, manners
from reception.core.clock.ladder import Rung, ladders, next_at, next_rung
from reception.core.clock.models import Clock, ClockSet
from reception.core.clock.voices import speak
from reception.core.ledger import record, writing
from reception.core.notices.actions import tell
from reception.core.people.models import User

BATCH = 200
# rule → what a climb does instead of the common words, in the claim's own transaction; a wing adds its own.
SPEAKERS: dict[str, Callable[[Clock, Rung, datetime], None]] = {}
# rule → when its highest rung is reached once more; any other rule is silent at the top. A wing adds its own.
AGAIN: dict[str, Callable[[Clock, datetime], datetime]] = {}


def sweep(at: datetime) -> int:
    """Climb every rung that is due at `at`, then tell what the quiet held back; returns how many this worker claimed."""
    known, how = dict[str, list[Rung]](), None
    claimed = 0
    for look, claim in ((_due, climb), (_hushed, break_silence)):
        while rows := list(look(at).values_list("pk", flat=True)[:BATCH]):
            known, how = known or ladders(), how or manners()
            won = sum(claim(pk, at=at, known=known, how=how) for pk in rows)
            claimed += won
            if not won:
                break
    return claimed


def _due(at: datetime) -> ClockSet:
    return Clock.objects.due(at).order_by("next_at", "id")


def _hushed(at: datetime) -> ClockSet:
    return Clock.objects.hushed(at).order_by("hush_until", "id")


def climb(pk: int, *, at: datetime, known: dict[str, list[Rung]], how: Manners) -> bool:
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
        changes = {
            **_onward(clock, ladder, at),
            "breached_at": clock.breached_at or (clock.due_at if rung.percent >= 100 else None),
        }
        off = clock.rule in how.off
        until = None if off or clock.rule in SPEAKERS else how.hush(clock.rule, at)
        if until:
            changes |= {"hush_until": until, "hush_from": clock.hush_from if clock.hush_until else seen}
        if not Clock.objects.running().filter(pk=pk, level=seen, next_at=clock.next_at).update(**changes):
            return False
        if off or until:
            _note(clock, rung, at, off=off, until=until)
        else:
            SPEAKERS.get(clock.rule, announce)(clock, rung, at)
        return True


def _onward(clock: Clock, ladder: list[Rung], at: datetime) -> dict[str, Any]:
    """The rung that was climbed and when the next is reached; where the top comes again, it stands just below it."""
    following = next_at(clock, ladder)
    if following is None and clock.rule in AGAIN:
        return {"level": clock.level - 1, "next_at": AGAIN[clock.rule](clock, at)}
    return {"level": clock.level, "next_at": following}


def break_silence(pk: int, *, at: datetime, known: dict[str, list[Rung]], how: Manners) -> bool:
    """Tell once what the quiet hours held back of one clock: its highest rung, to everybody of the rungs held."""
    with writing():
        clock = Clock.objects.hushed(at).filter(pk=pk).select_related("calendar", "owner").first()
        if clock is None:
            return False
        rows = Clock.objects.running().filter(pk=pk, hush_until=clock.hush_until, level=clock.level)
        if later := how.hush(clock.rule, at):  # the hours were set longer meanwhile
            return bool(rows.update(hush_until=later))
        if not rows.update(hush_until=None):
            return False
        ladder = known.get(clock.rule) or known[""]
        rings = clock.rule in AGAIN  # its top stands one above its level
        held = [rung for rung in ladder if clock.hush_from < rung.percent <= clock.level + rings]
        held = held or (ladder[-1:] if rings else [])
        if held and clock.rule not in how.off:
            names = {name for rung in held for name in rung.audiences}
            announce(clock, Rung(held[-1].percent, tuple(sorted(names))), at)
        return True


def announce(clock: Clock, rung: Rung, at: datetime) -> None:
    """Write the climb into the ledger under the record's own name, and tell the rung's people."""
    said = speak(clock, rung.percent, _people(clock, rung.audiences), at)
    _note(clock, rung, at, people=sorted({str(user) for user in said.people}))
    tell(said.people, title=said.title, url=clock.url, at=at, level=said.level, body=said.body)


def _note(clock: Clock, rung: Rung, at: datetime, **more: Any) -> None:
    """The climb in the ledger: whom the rung is for (`told`), who heard of it (`people`), or why nobody did."""
    label = "超时升级" if rung.percent >= 100 else "临期提醒"
    if more.get("until"):
        label += "（静默，稍后通知）"
    if more.get("off"):
        label += "（提醒已停用）"
    ghost: Any = Ghost(clock)
    detail = {"rule": clock.rule, "round": clock.round, "percent": rung.percent, "due_at": clock.due_at}
    detail |= {"told": rung.audiences} | {name: value for name, value in more.items() if value}
    record(ghost, "escalate", label, by=None, at=at, detail=detail)


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
