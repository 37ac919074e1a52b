"""Which working calendar is in force, and the public holidays it starts from."""

from datetime import date

import holidays

from reception.core.clock.models import WorkCalendar
from reception.core.steady import steady


@steady
def calendar_for(code: str) -> WorkCalendar:
    """The newest version of a calendar: "office" for 接待, "service" for the desk. Raises DoesNotExist."""
    return WorkCalendar.objects.filter(code=code).order_by("-version")[0:1].get()


def chinese_days(years: range, workday: list[list[str]]) -> dict[str, list[list[str]]]:
    """Public holidays as days off and 调休 Saturdays and Sundays as `workday` blocks, in a calendar's JSON form."""
    public = holidays.country_holidays("CN", years=years, categories=("public",))
    days: dict[str, list[list[str]]] = {day.isoformat(): [] for day in public}
    for day in getattr(public, "weekend_workdays", set()):
        if isinstance(day, date):
            days[day.isoformat()] = workday
    return days
