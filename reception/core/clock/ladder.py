"""When each rung of a clock's ladder is reached. Pure but for reading the rungs."""

from dataclasses import dataclass
from datetime import datetime

from reception.core.clock.models import Clock, LadderStep
from reception.core.steady import steady


@dataclass(frozen=True)
class Rung:
    """At `percent` of the time the `audiences` are told."""

    percent: int
    audiences: tuple[str, ...]


def rungs(rule: str) -> list[Rung]:
    """The ladder of `rule`, or the common one when it has none; lowest rung first."""
    known = ladders("", rule)
    return known.get(rule) or known[""]


@steady
def ladders(*rules: str) -> dict[str, list[Rung]]:
    """Every ladder, or those of `rules`; one query."""
    steps: dict[str, dict[int, list[str]]] = {"": {}}
    rows = LadderStep.objects.filter(rule__in=rules) if rules else LadderStep.objects.all()
    for rule, percent, audience in rows.order_by().values_list("rule", "percent", "audience"):
        steps.setdefault(rule, {}).setdefault(percent, []).append(audience)
    return {
        rule: [Rung(percent, tuple(sorted(names))) for percent, names in sorted(rows.items())]
        for rule, rows in steps.items()
    }


def reached_at(clock: Clock, percent: int) -> datetime:
    """The instant at which `percent` of the clock's own time has passed; time held in a pause does not count."""
    if percent == 100 or clock.due_at <= clock.started_at:
        return clock.due_at
    return clock.own_add(clock.started_at, clock.promised * percent / 100 + clock.held)


def next_rung(clock: Clock, ladder: list[Rung]) -> Rung | None:
    """The lowest rung above what has been climbed; None at the top, or when the ladder was taken away."""
    return next((rung for rung in ladder if rung.percent > clock.level), None)


def next_at(clock: Clock, ladder: list[Rung]) -> datetime | None:
    """When the rung above `clock.level` is reached; None at the top."""
    rung = next_rung(clock, ladder)
    return reached_at(clock, rung.percent) if rung else None
