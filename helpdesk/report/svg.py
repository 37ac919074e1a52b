"""Charts of the page as geometry: numbers for SVG attributes, colours from the style sheet's classes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from helpdesk.report.trend import Month

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 196, 40, 10, 172
BINS = (
    (10, "0–10"),
    (15, "10–15"),
    (20, "15–20"),
    (25, "20–25"),
    (30, "25–30"),
    (40, "30–40"),
    (60, "40–60"),
    (None, "60以上"),
)
LIMIT = 5  # bins within the half hour
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Mark:
    """A text at a point."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Curve:
    """One line: its colour class, its name, its points as SVG wants them, its dots."""

    css: str
    name: str
    points: str
    dots: list[Mark]
    total: int


@dataclass(frozen=True)
class Lines:
    """Curves over months, with the axis."""

    curves: list[Curve]
    grid: list[Mark]
    labels: list[Mark]


def ceiling(most: float) -> int:
    """The axis' end: a round number that four steps reach."""
    if most <= 4:
        return 4
    size = 10 ** (len(str(int(most))) - 1)
    return next(int(ceil(step * size / 4) * 4) for step in STEPS if ceil(step * size / 4) * 4 >= most)


def month_lines(months: Sequence[Month]) -> Lines:
    """受理, 关闭 and 期末未关闭 of twelve months."""
    sets = (
        ("l1", "受理", [month.received for month in months]),
        ("l3", "关闭", [month.closed for month in months]),
        ("l4", "期末未关闭", [month.left for month in months]),
    )
    top = ceiling(max(value for _, _, values in sets for value in values))
    gap = (WIDTH - LEFT - 30) / max(1, len(months) - 1)
    xs = [round(LEFT + 14 + gap * number, 1) for number in range(len(months))]

    def y(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)

    curves = []
    for css, name, values in sets:
        dots = [Mark(x, y(value), str(value)) for x, value in zip(xs, values, strict=True)]
        curves.append(Curve(css, name, " ".join(f"{dot.x},{dot.y}" for dot in dots), dots, values[-1]))
    grid = [Mark(LEFT - 6, y(top * part / 4), f"{top * part // 4}") for part in range(5)]
    labels = [Mark(x, 190, f"{int(month.label[5:])}月") for x, month in zip(xs, months, strict=True)]
    return Lines(curves, grid, labels)


@dataclass(frozen=True)
class Bar:
    """One bar of the histogram; late ones have the other colour."""

    x: float
    y: float
    height: float
    css: str
    count: int
    label: str


def bin_of(minutes: float) -> int:
    """The number of its bin; a bin holds its upper end, so that 30 minutes sharp is in time."""
    return next(i for i, (most, _) in enumerate(BINS) if most is None or minutes <= most)


def arrival_bars(minutes: Sequence[float]) -> list[Bar]:
    """How long arrivals took."""
    counts = [0] * len(BINS)
    for value in minutes:
        counts[bin_of(value)] += 1
    most = max(*counts, 1)
    return [
        Bar(
            5 + 55 * i,
            round(160 - 130 * count / most, 1),
            round(130 * count / most, 1),
            "c1" if i < LIMIT else "c4",
            count,
            label,
        )
        for i, (count, (_, label)) in enumerate(zip(counts, BINS, strict=True))
    ]
