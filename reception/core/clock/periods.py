"""Half-open days and months in Asia/Shanghai. Pure."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(at: datetime) -> datetime:
    """The same instant on a Shanghai clock."""
    return at.astimezone(SHANGHAI)


def midnight(day: date) -> datetime:
    """The first instant of `day` in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """[first instant of the day, first instant of the next)."""
    return midnight(day), midnight(day + timedelta(days=1))


def next_month(day: date, months: int = 1) -> date:
    """The first day of the month `months` after the one of `day` (negative: before)."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def month_bounds(year: int, month: int, months: int = 1) -> tuple[datetime, datetime]:
    """[first instant of the month, first instant after `months` months)."""
    first = date(year, month, 1)
    return midnight(first), midnight(next_month(first, months))
