"""The receptions behind one figure of the report: the same facts, narrowed and paged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reception.core.clock.periods import local
from reception.core.people.models import User
from reception.core.web.keyset import moment_and_id
from visits.reports.choices import Shown, Way
from visits.reports.figures import BEHIND, Fact, Line, facts
from visits.reports.spans import Span

SIZE = 50


@dataclass(frozen=True)
class Rows:
    """What a figure consists of. label: of its group, "" for the whole; next: the key of the following page."""

    figure: str
    way: str
    key: str
    label: str
    line: Line
    page: list[Fact]
    next: str

    @property
    def words(self) -> str:
        """按级别·嘉宾级：有费用的接待."""
        about = f"{Way(self.way).label}·{self.label}：" if self.way else ""
        return about + Shown(self.figure).label


def rows(span: Span, query: Mapping[str, str], user: User, at: datetime) -> Rows:
    """What the address asks for; what it asks wrongly is not asked. Three queries. Raises Refused("forbidden")."""
    figure = query.get("figure", "") if query.get("figure", "") in BEHIND else Shown.TIMES.value
    way = query.get("by", "") if query.get("by", "") in Way.values else ""
    found, key, label = facts(span.start, span.end, user, at), query.get("key", ""), ""
    if way:
        found = [fact for fact in found if fact.keys[way][0] == key]
        label = found[0].keys[way][1] if found else "没有这一组"
    found = [fact for fact in found if BEHIND[figure](fact)]
    left = _after(found, query.get("before"))
    more = f"{local(left[SIZE - 1].came).isoformat()}~{left[SIZE - 1].pk}" if len(left) > SIZE else ""
    return Rows(figure, way, key, label, Line(key, label, found), left[:SIZE], more)


def _after(found: list[Fact], before: str | None) -> list[Fact]:
    """Those older than the key; a broken key is the first page."""
    key = moment_and_id(before)
    return [fact for fact in found if (fact.came, fact.pk) < key] if key else found
