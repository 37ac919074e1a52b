"""The record of a day is made when somebody first writes to it, with the shifts of that time (D4.1)."""

from datetime import date, datetime

from helpdesk.daybook.models import Day
from helpdesk.daybook.policies import check_day, check_open
from helpdesk.daybook.shifts import turns_of
from reception.core.flow import Refused
from reception.core.ledger import record
from reception.core.people.models import User
from reception.core.people.roles import Can


def day_of(on: date, *, by: User, at: datetime) -> Day:
    """The record of the day `on`, made on first use; inside an action. Raises Refused."""
    check_day(on, at)
    if not by.may(Can.LOG_CALL):
        raise Refused("forbidden", "您的岗位不能写工作日汇总，请联系前台。")
    found = Day.objects.filter(on=on).first()
    if found is None:
        found = Day(no=on.isoformat(), on=on, created_at=at, created_by=by)
        found.save(force_insert=True)
        record(found, "record", "开写汇总", by=by, at=at)
    check_open(found)
    begin(found, by=by, at=at)
    return found


def begin(day: Day, *, by: User, at: datetime) -> None:
    """The day keeps the shifts with which it began; inside an action."""
    for turn in turns_of(day):
        if turn.pk is None:
            turn.created_at, turn.created_by = at, by
            turn.save(force_insert=True)
