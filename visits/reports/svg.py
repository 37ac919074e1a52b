"""The charts of the page as geometry: numbers for SVG attributes, colours from the style sheet's classes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 480, 190, 44, 12, 164
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Value:
    """What one month holds: now, a year earlier, both as numbers and in words, and where its link leads."""

    label: str
    now: float
    year_ago: float
    words: str
    url: str


@dataclass(frozen=True)
class Bar:
    """One month: its bar, the thin one of a year earlier beside it, and the column that a finger hits."""

    x: float
    width: float
    y: float
    height: float
    old_x: float
    old_y: float
    old_height: float
    middle: float
    gap: float
    label: str
    words: str
    url: str


@dataclass(frozen=True)
class Bars:
    """Twelve months with their axis: (y, words) of each line."""

    bars: list[Bar]
    grid: list[tuple[float, str]]


def ceiling(most: float) -> int:
    """The axis' end: a round number that four steps reach."""
    if most <= 4:
        return 4
    size = 10 ** (len(str(int(most))) - 1)
    return next(int(ceil(step * size / 4) * 4) for step in STEPS if ceil(step * size / 4) * 4 >= most)


def month_bars(values: Sequence[Value]) -> Bars:
    """Bars of the months, each with the same month a year earlier."""
    top = ceiling(max((max(value.now, value.year_ago) for value in values), default=0))
    gap = (WIDTH - LEFT) / max(1, len(values))

    def height(amount: float) -> float:
        return round((BOTTOM - TOP) * amount / top, 1)

    bars = []
    for number, value in enumerate(values):
        x = LEFT + gap * number
        now, old = height(value.now), height(value.year_ago)
        bars.append(Bar(round(x + gap * 0.34, 1), round(gap * 0.46, 1), BOTTOM - now, now, round(x + gap * 0.14, 1),
                        BOTTOM - old, old, round(x + gap / 2, 1), round(gap, 1), value.label, value.words, value.url))  # fmt: skip
    grid = [(round(BOTTOM - (BOTTOM - TOP) * part / 4, 1), f"{top * part // 4:,}") for part in range(5)]
    return Bars(bars, grid)
