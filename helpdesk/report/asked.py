"""《信息接待记录》 of a period: how enquiries were answered, by what they were about (C3, E5.2)."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from helpdesk.enquiries.models import CallBack, Enquiry
from helpdesk.report.cases import stood
from helpdesk.report.rates import Mean, mean
from helpdesk.report.tables import names


@dataclass
class Asked:
    """What one category was asked: 受理 = 当场答复 + 承诺后答复 + 未答复; 转专业人员 among them; seconds until answered."""

    category: str
    received: int = 0
    at_once: int = 0
    later: int = 0
    waiting: int = 0
    specialist: int = 0
    seconds: float = 0

    @property
    def took(self) -> Mean:
        """平均答复用时."""
        return (
            mean([]) if self.waiting == self.received else Mean(int(self.seconds), self.at_once + self.later)
        )


def asked(start: datetime, end: datetime) -> list[Asked]:
    """The enquiries received in [start, end) as they stood at `end`, the most asked first; two queries."""
    promised = CallBack.objects.filter(enquiry=OuterRef("pk"), made_at__lt=end).order_by()
    rows = Enquiry.objects.filter(stood(end), created_at__gte=start).order_by()
    rows = rows.annotate(called=Exists(promised), passed=Q(sent_at__isnull=False, sent_at__lt=end))
    words, found = names(), dict[str, Asked]()
    columns = ("category_id", "created_at", "replied_at", "called", "passed")
    for category, made, replied, called, passed in rows.values_list(*columns):
        one = found.setdefault(words[category], Asked(words[category]))
        done = replied is not None and replied < end
        one.received += 1
        one.specialist += bool(passed)
        one.waiting += not done
        one.later += done and bool(called or passed)
        one.at_once += done and not (called or passed)
        one.seconds += (replied - made).total_seconds() if done else 0
    return sorted(found.values(), key=lambda one: (-one.received, one.category))


def all_asked(rows: Iterable[Asked]) -> Asked:
    """All of them together."""
    seen: list[Any] = list(rows)
    return Asked("合计", *(sum(getattr(row, one.name) for row in seen) for one in fields(Asked)[1:]))
