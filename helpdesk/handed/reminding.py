"""A month whose report is not handed in by the set day is asked after (D4.4.5)."""

from datetime import date, datetime

from helpdesk.handed.choices import HANDED
from helpdesk.handed.models import DeadlineRule, HeldMonth
from helpdesk.handed.policies import months_of
from helpdesk.log.models import Call
from helpdesk.report.spans import Span, whole
from reception.core.clock.periods import local, next_month
from reception.core.ledger import writing
from reception.core.notices import tell
from reception.core.people.models import User

WEEK = 7


def due(on: date) -> tuple[Span, date] | None:
    """The span whose report is due next or last on `on`, and its day; None without a rule, or between two."""
    rule = DeadlineRule.objects.on(on)
    if rule is None:
        return None
    ended = next_month(on, -1)
    if rule.months == 2 and ended.month % 2:
        return None
    return whole(next_month(ended, 1 - rule.months), rule.months), on.replace(day=rule.day)


def missing(span: Span) -> bool:
    """Whether a month of the span that has records is in no report that was handed in; at most two queries."""
    covered = set(
        HeldMonth.objects.filter(
            month__in=months_of(span.first, span.months), submission__status__in=HANDED
        ).values_list("month", flat=True)
    )
    return any(month not in covered and _lived(whole(month)) for month in months_of(span.first, span.months))


def _lived(month: Span) -> bool:
    """Whether anything was written down in the month."""
    return Call.objects.filter(recorded_at__gte=month.start, recorded_at__lt=month.end).exists()


def remind(at: datetime) -> None:
    """Tell the managers on the day, and them and the directors on the next and every week after, while it is missing."""
    today = local(at).date()
    found = due(today)
    if found is None:
        return
    span, day = found
    late = (today - day).days
    if late < 0 or (late > 0 and (late - 1) % WEEK) or not missing(span):
        return
    title = f"{span.label}的客户反映情况报告" + (f"逾期 {late} 天没有报送" if late else "今天要报送物管中心")
    roles = ("manager", "director") if late else ("manager",)
    url = f"/helpdesk/reports/{span.code}/" + ("?months=2" if span.months == 2 else "")
    with writing():
        tell(User.objects.in_role(*roles), title=title, url=url, at=at, level="warn" if late else "info")
