"""What a figure is: a count, a share, or a mean; with what it was divided by."""

from collections.abc import Iterable
from dataclasses import dataclass

from helpdesk.report.definitions import FEW


@dataclass(frozen=True)
class Rate:
    """part ÷ base; value is None when there is nothing to divide by."""

    part: int = 0
    base: int = 0

    @property
    def value(self) -> float | None:
        """The share, 0–1 (rework may exceed 1)."""
        return self.part / self.base if self.base else None

    @property
    def few(self) -> bool:
        """Too few to say much."""
        return 0 < self.base < FEW


@dataclass(frozen=True)
class Mean(Rate):
    """A mean time: part is the sum in seconds, base how many; value in minutes."""

    @property
    def value(self) -> float | None:
        """Minutes."""
        return self.part / 60 / self.base if self.base else None


Figure = int | Rate
Figures = dict[str, Figure]


def rate(flags: Iterable[bool]) -> Rate:
    """How many of the flags are up."""
    seen = list(flags)
    return Rate(sum(seen), len(seen))


def mean(seconds: Iterable[float]) -> Mean:
    """The mean of times in seconds."""
    seen = [int(one) for one in seconds]
    return Mean(sum(seen), len(seen))


def is_share(figure: object) -> bool:
    """Whether it is shown as per cent."""
    return isinstance(figure, Rate) and not isinstance(figure, Mean)


def divided(figure: Figure, by: str = "/") -> str:
    """What a figure was divided from: 95/100 of a share, 4件 of a mean, "" of a count."""
    if isinstance(figure, Mean):
        return f"{figure.base}件"
    return f"{figure.part}{by}{figure.base}" if isinstance(figure, Rate) else ""
