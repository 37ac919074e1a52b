"""The time line of an order as geometry for one SVG: from report to finish, with the mark of the limit (D4.4.1). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from reception.core.clock.periods import local

WIDTH, LAST, GAP, MARK_GAP = 880, 840, 68, 12


@dataclass(frozen=True)
class Point:
    """A step on the line: where it stands, where its two words stand, and what they are."""

    x: int
    text_x: int
    anchor: str
    css: str
    time: str
    label: str


@dataclass(frozen=True)
class Bar:
    """A stretch of the line."""

    css: str
    x: int
    width: int


@dataclass(frozen=True)
class Limit:
    """The dashed mark of the limit and its word."""

    x: int
    text_x: int
    anchor: str
    label: str


@dataclass(frozen=True)
class Chart:
    """Everything the template draws. `past` are sentences on limits broken in earlier rounds."""

    points: list[Point]
    bars: list[Bar]
    limit: Limit | None
    verdict: str
    tone: str
    spoken: str
    past: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """What happened when; `solid` steps lie before the arrival."""

    label: str
    at: datetime
    solid: bool = True


def hour(at: datetime, day: datetime) -> str:
    """14:26, with the date when it is another day than `day`."""
    here, there = local(at), local(day)
    return f"{here:%H:%M}" if here.date() == there.date() else f"{here.month}/{here.day} {here:%H:%M}"


def places(steps: Sequence[Step], due: datetime | None, end: datetime) -> tuple[list[int], int | None]:
    """x of every step and of the limit: proportional to time, yet never closer than their words need."""
    first, span = steps[0].at, max(60.0, (end - steps[0].at).total_seconds())
    marks = [(step.at, index) for index, step in enumerate(steps)] + ([(due, -1)] if due else [])
    marks.sort(key=lambda mark: (mark[0], mark[1]))
    found: dict[int, int] = {}
    step_x = near = -GAP
    for at, index in marks:
        x = round((at - first).total_seconds() / span * LAST)
        x = (
            max(x, near + MARK_GAP)
            if index < 0
            else max(x, step_x + GAP, near + MARK_GAP if near > step_x else 0)
        )
        found[index], near = x, x
        step_x = step_x if index < 0 else x
    far = max(found.values())
    if far > LAST:
        found = {index: round(x * LAST / far) for index, x in found.items()}
    return [found[index] for index in range(len(steps))], found.get(-1)


def draw(
    steps: Sequence[Step],
    due: datetime | None,
    mark: str,
    verdict: str,
    tone: str,
    at: datetime,
    past: list[str] | None = None,
) -> Chart:
    """The chart of `steps` (oldest first, at least one) against the limit `due`, seen at `at`."""
    first = steps[0].at
    xs, due_x = places(steps, due, max([steps[-1].at, *([due] if due else [])]))
    last = len(steps) - 1
    points = [_point(step, x, i == last, first) for i, (step, x) in enumerate(zip(steps, xs, strict=True))]
    limit = _limit(due_x, f"{mark} {hour(due, first)}") if due and due_x is not None else None
    spoken = "，".join(f"{point.time}{point.label}" for point in points)
    ends = limit.label if limit else "没有到场时限"
    return Chart(points, _bars(steps, xs, due_x), limit, verdict, tone, f"{spoken}；{ends}", past or [])


def _bars(steps: Sequence[Step], xs: list[int], due_x: int | None) -> list[Bar]:
    """Until the arrival (or now), red beyond the limit, and what came after it."""
    there = next((x for step, x in zip(reversed(steps), reversed(xs), strict=True) if step.solid), 0)
    bars = [Bar("c1", 0, max(there, 6))]
    if due_x is not None and due_x < there:
        bars.append(Bar("c4", due_x, there - due_x))
    if xs[-1] > there:
        bars.append(Bar("c2", there, xs[-1] - there))
    return bars


def _limit(x: int, label: str) -> Limit:
    """The mark, its word on the side where there is room."""
    left = x > WIDTH - 160
    return Limit(x, x - 5 if left else x + 5, "end" if left else "start", label)


def _point(step: Step, x: int, last: bool, day: datetime) -> Point:
    """A step's dot and words; the first hangs right of its dot, the last left."""
    css = "c1" if step.solid else "c2"
    if x < 20:
        return Point(6, 0, "start", css, hour(step.at, day), step.label)
    if last and x > WIDTH - 80:
        return Point(x, x, "end", css, hour(step.at, day), step.label)
    return Point(x, x, "middle", css, hour(step.at, day), step.label)
