"""晚 20 分钟: what moves, what runs longer, what stays and is squeezed. Reads only; the action carries it out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from reception.core.clock.periods import local
from reception.core.flow import Refused
from visits.itinerary.models import Item

LONGEST = 12 * 60
# A longer gap across midnight ends the day.
NIGHT = timedelta(hours=4)


@dataclass(frozen=True)
class Moved:
    """One item and its new times."""

    item: Item
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Shift:
    """The rest of the day by `minutes`. moved: not begun yet; longer: under way; stays: fixed (不动); squeezes: sentences
    about what then collides."""

    minutes: int
    moved: list[Moved] = field(default_factory=list)
    longer: list[Moved] = field(default_factory=list)
    stays: list[Item] = field(default_factory=list)
    squeezes: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """晚 20 分钟, 早 10 分钟."""
        return f"{'晚' if self.minutes > 0 else '早'} {abs(self.minutes)} 分钟"

    @property
    def touched(self) -> list[Moved]:
        """Everything whose times change."""
        return [*self.longer, *self.moved]


def rest_of(items: list[Item], at: datetime) -> list[Item]:
    """What is not over yet of the day; an evening that runs past midnight is still that day, the next morning is not."""
    rest: list[Item] = []
    last, today = at, local(at).date()
    for item in sorted(items, key=lambda one: (one.start, one.end)):
        if item.end <= at:
            continue
        if local(item.start).date() != today and item.start - last > NIGHT:
            break
        rest.append(item)
        last = max(last, item.end)
    return rest


def plan(items: list[Item], minutes: int, at: datetime, reception: Any) -> Shift:
    """What shifting today's rest by `minutes` at `at` does. Raises Refused("invalid", "state")."""
    if not minutes or abs(minutes) > LONGEST:
        raise Refused("invalid", f"请填 1 到 {LONGEST} 分钟；早到填负数。", field="minutes")
    by, rest = timedelta(minutes=minutes), rest_of(items, at)
    moved = [
        Moved(item, item.start + by, item.end + by) for item in rest if item.start > at and not item.fixed
    ]
    longer = [Moved(item, item.start, max(item.end + by, at, item.start + timedelta(minutes=1)))
              for item in rest if item.start <= at and not item.fixed]  # fmt: skip
    if not moved:
        raise Refused("state", "今天没有还没开始、可以顺延的日程。")
    stays = [item for item in rest if item.fixed]
    found = Shift(minutes, moved, longer, stays)
    return Shift(minutes, moved, longer, stays, _squeezes(found, items, reception))


def _squeezes(found: Shift, items: list[Item], reception: Any) -> list[str]:
    """A fixed item that a moved one runs into, what then lies after the departure, and two that collide."""
    new = {one.item.pk: one for one in found.touched}
    ends = {item.pk: new[item.pk].end if item.pk in new else item.end for item in items}
    starts = {item.pk: new[item.pk].start if item.pk in new else item.start for item in items}
    said = []
    for one in found.touched:
        if one.item.kind not in ("pick", "return") and one.end > reception.leave_at >= one.item.end:
            said.append(f"“{one.item}”到 {_hm(one.end)} 才结束，晚于离开时间 {_hm(reception.leave_at)}")
        for other in items:
            if (other.pk in new and other.pk <= one.item.pk) or other.pk == one.item.pk:
                continue
            if one.item.parallel or other.parallel:
                late = other.fixed and one.end > ends[other.pk] > one.item.end
            else:
                late = one.start < ends[other.pk] and starts[other.pk] < one.end
            if late:
                stays = "（不动）" if other.fixed else ""
                said.append(
                    f"“{one.item}”{_hm(one.start)}–{_hm(one.end)} 与“{other}”{_hm(starts[other.pk])}{stays}碰上"
                )
    return said


def _hm(at: datetime) -> str:
    return f"{local(at):%H:%M}"
