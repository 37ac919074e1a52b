"""A day that nobody handed over is not forgotten (D4.1)."""

from datetime import datetime, timedelta

from helpdesk.daybook.choices import LOCKED
from helpdesk.daybook.gathering import left_open
from helpdesk.daybook.models import Day
from reception.core.clock.periods import local
from reception.core.ledger import writing
from reception.core.notices import tell
from reception.core.people.models import User


def remind(at: datetime) -> None:
    """Tell the managers and the desk of yesterday, when it left something open and was not signed."""
    on = local(at).date() - timedelta(days=1)
    if Day.objects.filter(on=on, status__in=LOCKED).exists():
        return
    left = left_open(on, at)
    if not left:
        return
    title = f"{on:%m月%d日}的工作日汇总还没有交班，有 {len(left)} 件没有了结"
    with writing():
        tell(
            User.objects.in_role("manager", "clerk"),
            title=title,
            url=f"/helpdesk/daybook/{on}/",
            at=at,
            level="warn",
        )
