"""What people say afterwards: scores of repairs, and what was answered when results were told (E5.3, D4.4.2, D4.4.3)."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from helpdesk.collective.choices import Result
from helpdesk.collective.models import Household
from helpdesk.complaints.choices import Opinion as Of_complaint
from helpdesk.matters.choices import Opinion as Of_matter
from helpdesk.matters.choices import Status as Matter_
from helpdesk.matters.models import Matter
from helpdesk.repairs.models import Repair
from helpdesk.report.figures import SATISFIED
from helpdesk.report.rates import Rate, rate
from helpdesk.report.works import Work
from reception.core.ledger.models import Event

LOW, BEST = 2, 5
GOOD, FAIR, BAD, LOST = "满意", "基本满意", "不满意", "联系不上"
# What each noun calls it → the four words of the table.
MATTER_WORDS = {Of_matter.ACCEPTED: GOOD, Of_matter.UNREACHABLE: LOST}
HOUSE_WORDS = {Result.SETTLED: GOOD, Result.INFORMED: FAIR, Result.UNSETTLED: BAD, Result.UNREACHABLE: LOST}
assert {one.label for one in Of_complaint} == {GOOD, FAIR, BAD, LOST}


@dataclass
class Scores:
    """One trade, category or all: 应回访, 已回访 of it, and the scores of what was finished (1–5)."""

    name: str
    revisits: Rate
    scores: Counter[int]
    done: int

    @property
    def given(self) -> int:
        """评分数."""
        return sum(self.scores.values())

    @property
    def satisfied(self) -> Rate:
        """满意率: 4–5."""
        return Rate(sum(n for score, n in self.scores.items() if score >= SATISFIED), self.given)

    @property
    def average(self) -> float | None:
        """平均分."""
        return sum(score * n for score, n in self.scores.items()) / self.given if self.given else None


class Low(NamedTuple):
    """One order that was scored 1 or 2."""

    no: str
    finished: datetime
    place: str
    content: str
    repairer: str
    score: int
    opinion: str
    revisit: str


@dataclass(frozen=True)
class Opinions:
    """Everything the sheet 回访满意度 says; told: (of what, its four words counted)."""

    trades: list[Scores]
    categories: list[Scores]
    total: Scores
    told: list[tuple[str, Counter[str]]]
    low: list[Low]


def opinions(
    start: datetime, end: datetime, done: list[Work], words: dict[int | None, str], complaints: Counter[str]
) -> Opinions:
    """The scores of what `works` gave, and what was told of the rest; four queries."""
    whole = scores("合计", done, start, end)
    by_score = {
        score: GOOD if score >= SATISFIED else BAD if score <= LOW else FAIR for score in range(1, BEST + 1)
    }
    repairs = Counter[str]()
    for score, number in whole.scores.items():
        repairs[by_score[score]] += number
    told = [
        ("维修", repairs),
        ("投诉", complaints),
        ("其他问题", of_matters(start, end)),
        ("集体反映", of_households(start, end)),
    ]

    def named(key: Callable[[Work], str]) -> list[Scores]:
        rows = (
            scores(name, [work for work in done if key(work) == name], start, end)
            for name in sorted({*map(key, done)})
        )
        return [row for row in rows if row.done or row.revisits.base]

    trades = named(lambda work: work.crew[0] or "未定班组")
    categories = named(lambda work: words[work.spot[0]])  # type: ignore[index]
    return Opinions(trades, categories, whole, told, low(start, end))


def scores(name: str, works: Iterable[Work], start: datetime, end: datetime) -> Scores:
    """The scores of the works finished in [start, end), and the revisits of the slips of it."""
    seen = list(works)
    done = [work for work in seen if start <= work.finished < end]
    slips = [work for work in seen if work.slip and start <= work.slip < end]
    due = rate(work.revisited is not None and work.revisited < end for work in slips)
    return Scores(name, due, Counter(work.score for work in done if work.score is not None), len(done))


def of_matters(start: datetime, end: datetime) -> Counter[str]:
    """认可, 不认可 and 联系不上 of matters fed back in [start, end), in the table's words; two queries."""
    rows = (
        Matter.objects.filter(fed_back_at__gte=start, fed_back_at__lt=end).exclude(void_at__lt=end).order_by()
    )
    found = Counter[str]()
    for opinion, number in rows.values_list("opinion").annotate(n=Count("pk")):
        found[MATTER_WORDS.get(opinion, BAD)] += number
    alive = Matter.objects.filter(round__gt=1, created_at__lt=end).exclude(closed_at__lt=start).order_by()
    told = Event.objects.filter(subject_kind="helpdesk.matter", verb="feedback", new=Matter_.RETURNED)
    found[BAD] += told.filter(at__gte=start, at__lt=end, subject_id__in=alive.values("pk")).order_by().count()
    return found


def of_households(start: datetime, end: datetime) -> Counter[str]:
    """What households of collective reports said when called back in [start, end); one query."""
    rows = Household.objects.filter(called_at__gte=start, called_at__lt=end).order_by()
    found = Counter[str]()
    for result, number in rows.values_list("result").annotate(n=Count("pk")):
        found[HOUSE_WORDS[result]] += number
    return found


def low(start: datetime, end: datetime) -> list[Low]:
    """The orders finished in [start, end) that were scored 1 or 2, oldest first; one query."""
    rows = Repair.objects.filter(finished_at__gte=start, finished_at__lt=end, score__lte=LOW).exclude(
        void_at__lt=end
    )
    columns = (
        "no",
        "finished_at",
        "place",
        "content",
        "repairer__name",
        "score",
        "opinion",
        "revisit_note",
        "revisited_at",
    )
    return [
        Low(no, at, place, content, name or "", score, opinion, note if seen and seen < end else "")
        for no, at, place, content, name, score, opinion, note, seen in rows.order_by("finished_at", "no").values_list(*columns)
    ]  # fmt: skip
