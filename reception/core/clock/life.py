"""A clock's whole life as stretches of time, counted or not and why, so that 为什么超时 can be checked by hand. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from reception.core.clock.models import Clock, Hold
from reception.core.clock.periods import local
from reception.core.clock.working import Hours

NOON = time(12, 30)  # a gap within a day that holds it is lunch
UNITS = (("天", 86400), ("小时", 3600), ("分钟", 60), ("秒", 1))


def lasts(length: timedelta) -> str:
    """1天2小时 · 24分钟 · 45秒; exact to the second, 0分钟 for nothing."""
    left, parts = int(length.total_seconds()), []
    for word, size in UNITS:
        count, left = divmod(left, size)
        parts += [f"{count}{word}"] if count else []
    return "".join(parts) or "0分钟"


@dataclass(frozen=True)
class Stretch:
    """[start, end): whether the clock counted it, and why or why not; by: who paused it, "" otherwise."""

    start: datetime
    end: datetime
    counted: bool
    cause: str = ""
    by: str = ""

    @property
    def length(self) -> timedelta:
        """Wall-clock time."""
        return self.end - self.start

    @property
    def lasted(self) -> str:
        """The same in words."""
        return lasts(self.length)


def stretches(clock: Clock, holds: Iterable[Hold], until: datetime) -> list[Stretch]:
    """Everything between the clock's start and `until`, in order, without a gap; a pause hides what it covers.

    holds: the pauses of this clock, oldest first; an open one lasts to `until`. Nothing before the start.
    """
    if until <= clock.started_at:
        return []
    whole = _worked(clock.calendar.hours, clock.started_at, until) if clock.calendar else None
    pieces = whole if whole is not None else [Stretch(clock.started_at, until, True)]
    for hold in holds:
        pieces = _cut(pieces, _pause(hold, until))
    return _joined(pieces)


def total(rows: Iterable[Stretch], counted: bool) -> timedelta:
    """The time that was counted, or was not."""
    return sum((row.length for row in rows if row.counted is counted), timedelta())


def causes(rows: Iterable[Stretch]) -> dict[str, timedelta]:
    """Why time was not counted, and how much for each reason, in the order in which they came."""
    found: dict[str, timedelta] = {}
    for row in rows:
        if not row.counted:
            found[row.cause] = found.get(row.cause, timedelta()) + row.length
    return found


def _worked(hours: Hours, start: datetime, until: datetime) -> list[Stretch]:
    """Working blocks and what lies between them, from `start` to `until`."""
    found, here, day = list[Stretch](), start, local(start).date()
    while day <= local(until).date():
        for begin, end in hours.blocks(day):
            first, last = max(begin, start), min(end, until)
            if first < last:
                if here < first:
                    found.append(Stretch(here, first, False, _off(hours, here, first)))
                found.append(Stretch(first, last, True, "调休上班" if _moved(hours, day) else ""))
                here = last
        day += timedelta(days=1)
    return found + ([Stretch(here, until, False, _off(hours, here, until))] if here < until else [])


def _moved(hours: Hours, day: date) -> bool:
    """Whether `day` is worked although its weekday is not."""
    return day in hours.days and not hours.week.get(day.weekday())


def _off(hours: Hours, start: datetime, end: datetime) -> str:
    """Why nobody works in [start, end), which holds no block."""
    first, last = local(start).date(), local(end - timedelta(microseconds=1)).date()
    free = [day for n in range((last - first).days + 1) if not hours.works(day := first + timedelta(days=n))]
    if any(day in hours.days for day in free):
        return "节假日"
    if free:
        return "周末"
    if first != last:
        return "下班"
    edges = [edge for block in hours.blocks(first) for edge in block]
    if end <= edges[0]:
        return "未上班"
    if start >= edges[-1]:
        return "下班"
    return "午休" if local(start).time() <= NOON <= local(end).time() else "间休"


def _pause(hold: Hold, until: datetime) -> Stretch:
    """A pause as a stretch."""
    cause = f"暂停：{hold.reason}" if hold.reason else "暂停"
    by = str(hold.paused_by) if hold.paused_by else ""
    return Stretch(hold.paused_at, min(hold.resumed_at or until, until), False, cause, by)


def _cut(pieces: Sequence[Stretch], hold: Stretch) -> list[Stretch]:
    """`pieces` with `hold` in the place of what it covers."""
    found = list[Stretch]()
    for piece in pieces:
        first, last = max(piece.start, hold.start), min(piece.end, hold.end)
        if first >= last:
            found.append(piece)
            continue
        if piece.start < first:
            found.append(Stretch(piece.start, first, piece.counted, piece.cause, piece.by))
        found.append(Stretch(first, last, False, hold.cause, hold.by))
        if last < piece.end:
            found.append(Stretch(last, piece.end, piece.counted, piece.cause, piece.by))
    return found


def _joined(pieces: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours that say the same are one."""
    found = list[Stretch](pieces[:1])
    for before, piece in pairwise(pieces):
        if (before.counted, before.cause, before.by) == (piece.counted, piece.cause, piece.by):
            found[-1] = Stretch(found[-1].start, piece.end, piece.counted, piece.cause, piece.by)
        else:
            found.append(piece)
    return found
