"""The stretch of time a report on receptions speaks of: a Shanghai month or year, half-open."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from reception.core.clock.periods import local, midnight, next_month
from reception.core.flow import Refused

_CODE = re.compile(r"(20[0-9]{2})(?:-(0[1-9]|1[0-2]))?")
FIRST_YEAR, YEAR = 2000, 12


@dataclass(frozen=True)
class Span:
    """`months` (1 or 12) from `first`, a month's first day. Figures cover the arrivals in [start, end)."""

    first: date
    months: int

    @property
    def start(self) -> datetime:
        """Its first instant."""
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first instant after it."""
        return midnight(next_month(self.first, self.months))

    @property
    def yearly(self) -> bool:
        """Whether it is a year."""
        return self.months == YEAR

    @property
    def code(self) -> str:
        """2026-10 or 2026, as in the address."""
        return f"{self.first:%Y}" if self.yearly else f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        """2026年10月 or 2026年."""
        return f"{self.first.year}年" + ("" if self.yearly else f"{self.first.month}月")

    @property
    def before(self) -> "Span":
        """The month or the year before."""
        return self.shifted(-self.months)

    @property
    def trend(self) -> "Span":
        """The twelve months that its chart shows: the year itself, or those that end with the month."""
        return self if self.yearly else Span(next_month(self.first, -11), YEAR)

    def shifted(self, months: int) -> "Span":
        """The same length, `months` away (negative: before)."""
        return Span(next_month(self.first, months), self.months)

    def holds(self, at: datetime) -> bool:
        """Whether `at` lies in it."""
        return self.start <= at < self.end


def month_of(at: datetime) -> Span:
    """The Shanghai month of `at`."""
    return Span(local(at).date().replace(day=1), 1)


def year_of(span: Span) -> Span:
    """The year in which `span` begins."""
    return Span(span.first.replace(month=1), YEAR)


def span_of(code: str, at: datetime) -> Span:
    """2026-10 or 2026 as asked for at `at`. Raises Refused("invalid") for anything else, or what has not begun."""
    found = _CODE.fullmatch(code)
    if not found:
        raise Refused("invalid", f"“{code[:20]}”不是年份或月份。请写成 2026-10 或 2026。", field="span")
    span = Span(date(int(found[1]), int(found[2] or 1), 1), 1 if found[2] else YEAR)
    if span.start > at:
        raise Refused("invalid", f"{span.label}还没有开始，没有可以汇总的接待。", field="span")
    return span
