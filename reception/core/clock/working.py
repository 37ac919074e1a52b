"""Arithmetic of working time: several blocks a day, holidays, 调休. Pure; all times Asia/Shanghai."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from reception.core.clock.periods import SHANGHAI, local

Block = tuple[time, time]
HORIZON = 3660  # days looked ahead before a calendar without working time is called broken


@dataclass(frozen=True)
class Hours:
    """Working blocks per weekday (0 = Monday) and per single day; an empty day is off."""

    week: dict[int, tuple[Block, ...]]
    days: dict[date, tuple[Block, ...]] = field(default_factory=dict)

    def blocks(self, day: date) -> list[tuple[datetime, datetime]]:
        """The working blocks of `day` as Shanghai instants, in order."""
        blocks = self.days.get(day, self.week.get(day.weekday(), ()))
        return [(datetime.combine(day, a, SHANGHAI), datetime.combine(day, b, SHANGHAI)) for a, b in blocks]

    def works(self, day: date) -> bool:
        """Whether anybody works on `day`."""
        return bool(self.blocks(day))

    def _from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working blocks from `start` on, the first one cut to begin there."""
        for ahead in range(HORIZON):
            for begin, end in self.blocks(local(start).date() + timedelta(days=ahead)):
                if end > start:
                    yield max(begin, start), end
        raise ValueError("工作日历里没有工作时间，请检查日历设置")

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The instant at which `amount` of working time has passed since `start`."""
        left = amount
        for begin, end in self._from(local(start)):
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise AssertionError("unreachable")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Working time from `start` to `end`; zero when end is not later."""
        total, day = timedelta(), local(start).date()
        while day <= local(end).date():
            for begin, stop in self.blocks(day):
                total += max(timedelta(), min(stop, end) - max(begin, start))
            day += timedelta(days=1)
        return total

    def shift_days(self, at: datetime, days: int) -> datetime:
        """The same clock time `days` working days later (negative: earlier); 0 keeps `at`."""
        day, step, left = local(at).date(), (1 if days > 0 else -1), abs(days)
        for _ in range(HORIZON):
            if not left:
                return datetime.combine(day, local(at).timetz().replace(tzinfo=None), SHANGHAI)
            day += timedelta(days=step)
            left -= self.works(day)
        raise ValueError("工作日历里没有工作日，请检查日历设置")

    def end_of_day(self, at: datetime) -> datetime:
        """When work ends on the day of `at`, or on the next working day when that is over or off."""
        _, end = next(self._from(local(at)))
        return self.blocks(end.date())[-1][1]


def parse(week: dict[str, list[list[str]]], days: dict[str, list[list[str]]]) -> Hours:
    """Hours from their JSON form: {"0": [["08:30", "12:00"], …]}, {"2026-10-01": []}."""

    def blocks(rows: list[list[str]]) -> tuple[Block, ...]:
        return tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in rows)

    return Hours(
        {int(day): blocks(rows) for day, rows in week.items()},
        {date.fromisoformat(day): blocks(rows) for day, rows in days.items()},
    )


def wrong(week: Any, days: Any) -> str:
    """What is wrong with a calendar's JSON form, as a sentence; "" when every clock can count by it."""
    try:
        hours = parse(week, days)
    except (ValueError, TypeError, AttributeError):
        return '每周时段或节假日写得不对：星期写 0 到 6，日期写 2026-10-01，时段写成 [["08:30", "12:00"]]。'
    if not set(hours.week) <= set(range(7)):
        return "每周时段里的星期只能写 0（周一）到 6（周日）。"
    told: list[tuple[int | date, tuple[Block, ...]]] = [*hours.week.items(), *hours.days.items()]
    for day, blocks in told:
        edges = [edge for block in blocks for edge in block]
        if any(first >= later for first, later in pairwise(edges)):
            name = f"周{'一二三四五六日'[day]}" if isinstance(day, int) else day.isoformat()
            return f"{name}的时段要从早到晚、互不重叠，每段结束晚于开始。"
    return "" if any(hours.week.values()) else "每周至少要有一段工作时间。"
