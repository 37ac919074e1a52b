"""Geometry of the board: numbers for SVG attributes, colours from the style sheet's classes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from helpdesk.board.choices import GROUPS, group_of
from helpdesk.report.daily import Day
from helpdesk.report.hours import Hour
from helpdesk.report.links import rows_url
from helpdesk.report.rates import Rate
from helpdesk.report.spans import Span
from helpdesk.report.svg import Mark, ceiling

WIDTH, LEFT, TOP, BOTTOM = 720, 34, 10, 172
SPARK, LOW, HIGH = 96, 23.0, 3.0
FIRST, LAST, CELL = 7, 20, 22  # the hours that are always shown; a cell's height with its gap


@dataclass(frozen=True)
class Spark:
    """A small line: its points as SVG wants them, and its end."""

    points: str
    x: float
    y: float


def spark(values: Sequence[float | None]) -> Spark | None:
    """The line through what is known; None of fewer than two."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    low, high = min(known), max(known)
    gap = SPARK / (len(known) - 1)

    def y(value: float) -> float:
        return round(LOW - (LOW - HIGH) * (value - low) / (high - low), 1) if high > low else 13.0

    dots = [(round(gap * number, 1), y(value)) for number, value in enumerate(known)]
    return Spark(" ".join(f"{x},{y}" for x, y in dots), *dots[-1])


def so_far(rates: Sequence[Rate]) -> list[float | None]:
    """The rate up to each day: it ends at the month's own."""
    part = base = 0
    found: list[float | None] = []
    for one in rates:
        part, base = part + one.part, base + one.base
        found.append(part / base if base else None)
    return found


@dataclass(frozen=True)
class Box:
    """One rectangle that leads somewhere."""

    css: str
    x: float
    y: float
    width: float
    height: float
    count: int
    url: str
    label: str


@dataclass
class Column:
    """A day's bar: its boxes from below, where the day leads, what it says."""

    on: date
    url: str
    label: str
    total: int
    boxes: list[Box] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Stack:
    """每日受理."""

    columns: list[Column]
    grid: list[Mark]
    labels: list[Mark]


def stack(span: Span, days: Sequence[Day], bottom: int = BOTTOM) -> Stack:
    """A bar a day, a box a kind, the axis at `bottom`; every box leads to exactly its records."""
    top = ceiling(max((day.all for day in days), default=0))
    step = (WIDTH - LEFT) / max(len(days), 1)
    columns = [
        _column(span, day, round(LEFT + 3 + step * number, 1), step, top, bottom)
        for number, day in enumerate(days)
    ]
    grid = [Mark(LEFT - 6, bottom - (bottom - TOP) * part / 4, f"{top * part // 4}") for part in range(5)]
    every = 7 if len(days) <= 31 else 14
    labels = [
        Mark(round(LEFT + step * (number + 0.5), 1), bottom + 18, f"{day.on.month}-{day.on.day}")
        for number, day in enumerate(days)
        if number % every == 0
    ]
    return Stack(columns, grid, labels)


def _column(span: Span, day: Day, x: float, step: float, top: int, bottom: int) -> Column:
    counts = {code: 0 for code, _, _ in GROUPS}
    for kind, number in day.received.items():
        counts[group_of(kind)] += number
    url, said = rows_url(span, "received", day=day.on), f"{day.on.month}月{day.on.day}日"
    column = Column(day.on, url, f"{said}受理 {day.all} 件", day.all, [], list(counts.values()))
    y = float(bottom)
    for code, label, css in GROUPS:
        height = round((bottom - TOP) * counts[code] / top, 1)
        if not counts[code]:
            continue
        y = round(y - height, 1)
        to = rows_url(span, "received", kind=code, day=day.on)
        words = f"{said}{label} {counts[code]} 件"
        column.boxes.append(Box(css, x, y, round(step - 6, 1), height, counts[code], to, words))
    return column


@dataclass(frozen=True)
class Heat:
    """来电时段: a box an hour of a weekday, the heads, and the size of the picture."""

    boxes: list[Box]
    heads: list[Mark]
    rows: list[Mark]
    height: int


def heat(span: Span, hours: Sequence[Hour]) -> Heat:
    """Five shades, from none to the most."""
    counts = {(one.weekday, one.hour): one.phone for one in hours}
    used = [hour for (_, hour), count in counts.items() if count] or [FIRST]
    first, last = min(FIRST, *used), max(LAST, *used)
    most, step = max([*counts.values(), 1]), 410 / (last - first + 1)
    boxes = []
    for weekday in range(1, 8):
        for hour in range(first, last + 1):
            count = counts.get((weekday, hour), 0)
            shade = -(-4 * count // most)
            url = rows_url(span, "phone", weekday=weekday, hour=hour) if count else ""
            x, y = round(31 + step * (hour - first), 1), 19 + CELL * (weekday - 1)
            label = f"周{'一二三四五六日'[weekday - 1]}{hour}时 {count} 个来电"
            boxes.append(Box(f"h{shade}", x, y, round(step - 2, 1), CELL - 2, count, url, label))
    heads = [
        Mark(round(31 + step * (hour - first + 0.5), 1), 12, f"{hour}时")
        for hour in range(first, last + 1, 2 if last - first < 16 else 4)
    ]
    rows = [Mark(0, 33 + CELL * number, f"周{day}") for number, day in enumerate("一二三四五六日")]
    return Heat(boxes, heads, rows, 21 + CELL * 7)
