"""The day or the month of a book, as its address writes it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reception.core.clock.periods import day_bounds, midnight, next_month

WRITTEN = re.compile(r"(20\d\d)-(\d\d)(?:-(\d\d))?")


@dataclass(frozen=True)
class Span:
    """[start, end) of Shanghai days. key: 2026-03 or 2026-03-18; label: 2026年3月, 2026年3月18日."""

    key: str
    label: str
    first: date
    after: date

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """[first instant, first instant after)."""
        return midnight(self.first), midnight(self.after)

    @property
    def is_month(self) -> bool:
        """Whether it is a month."""
        return len(self.key) == 7

    @property
    def days(self) -> list[date]:
        """Its days."""
        return [self.first + timedelta(days=n) for n in range((self.after - self.first).days)]


def parse(text: str) -> Span:
    """The span that an address names. Raises ValueError."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = found.groups()
    if day is None:
        return month_of(date(int(year), int(month), 1))
    return day_of(date(int(year), int(month), int(day)))


def day_of(on: date) -> Span:
    """That day."""
    _, after = day_bounds(on)
    return Span(f"{on:%Y-%m-%d}", f"{on.year}年{on.month}月{on.day}日", on, after.date())


def month_of(on: date) -> Span:
    """The month of that day."""
    first = on.replace(day=1)
    return Span(f"{first:%Y-%m}", f"{first.year}年{first.month}月", first, next_month(first))
