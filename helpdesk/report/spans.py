"""The stretch of time a report speaks of: one or two Shanghai months, half-open, cut off where time has got to."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from reception.core.clock.periods import local, midnight, month_bounds, next_month
from reception.core.flow import Refused

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True)
class Span:
    """`months` months from `first` (a month's first day). Figures cover [start, end); end is also the cut-off.

    A month that is not over ends at the moment of asking, so nothing still to come counts as late.
    """

    first: date
    months: int
    start: datetime
    end: datetime
    whole: bool

    @property
    def code(self) -> str:
        """2026-10, as in the address."""
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        """2026年10月, 2026年9月至10月, 2025年12月至2026年1月."""
        return self._words("{0.year}年{0.month}月")

    @property
    def name(self) -> str:
        """2026-10 or 2026-09至2026-10, as in a file's name."""
        return self._words("{0:%Y-%m}")

    def _words(self, pattern: str) -> str:
        begin = pattern.format(self.first)
        if self.months == 1:
            return begin
        last = next_month(self.first, self.months - 1)
        same = pattern.startswith("{0.year}") and last.year == self.first.year
        return f"{begin}至{f'{last.month}月' if same else pattern.format(last)}"

    @property
    def cut_off(self) -> str:
        """When it is cut off, in words."""
        if self.whole:
            return f"截至{self._end_day()}24时"
        return f"截至{local(self.end):%Y-%m-%d %H:%M}（本期未完）"

    def _end_day(self) -> str:
        day = next_month(self.first, self.months).toordinal() - 1
        return f"{date.fromordinal(day):%Y-%m-%d} "

    def shifted(self, months: int) -> "Span":
        """The whole span as many months away (negative: before)."""
        return whole(next_month(self.first, months), self.months)


def whole(first: date, months: int = 1) -> Span:
    """`months` whole months from `first`."""
    start, end = month_bounds(first.year, first.month, months)
    return Span(first, months, start, end, True)


def month_of(at: datetime) -> date:
    """The first day of the Shanghai month of `at`."""
    return next_month(local(at).date(), 0)


def read_month(text: str) -> date:
    """2026-10 → its first day. Raises Refused("invalid")."""
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12 or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise Refused("invalid", f"“{text[:20]}”不是月份。请写成 2026-10 这样的年月。", field="month")
    return date(int(found[1]), int(found[2]), 1)


def span_of(month: str, months: int, at: datetime) -> Span:
    """The span to report on at `at`: `months` (1 or 2) from `month` on. Raises Refused("invalid")."""
    first = read_month(month)
    if months not in (1, 2):
        raise Refused("invalid", "报告只出一个月或两个月的，请把月数写成 1 或 2。", field="months")
    if midnight(first) >= at:
        raise Refused(
            "invalid", f"{first.year}年{first.month}月还没有开始，没有可以汇总的记录。", field="month"
        )
    span = whole(first, months)
    return span if span.end <= at else Span(first, months, span.start, at, False)
