"""THE definition of every figure of the report; desk, page and workbook all read it (records §2.4).

Everything takes [start, end), aware; end is the cut-off, and what happened later is not seen. The words
stand in `definitions.py`, the rows in `rows.py` and `limits.py`. Nothing here reads the clock on the wall.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db.models import Count, F, Q

from helpdesk.cases.choices import Kind
from helpdesk.log.choices import Channel
from helpdesk.log.models import PROMPT_RINGS, Call
from helpdesk.report.definitions import FEW
from helpdesk.report.limits import Limit, limits
from helpdesk.report.rows import Detail, Matter, calls, matters
from helpdesk.report.works import Work, returned, works
from reception.core.clock.periods import local

SATISFIED = 4  # of 5


@dataclass(frozen=True)
class Rate:
    """part ÷ base; value is None when there is nothing to divide by."""

    part: int = 0
    base: int = 0

    @property
    def value(self) -> float | None:
        """The share, 0–1 (rework may exceed 1)."""
        return self.part / self.base if self.base else None

    @property
    def few(self) -> bool:
        """Too few to say much."""
        return 0 < self.base < FEW


Figure = int | Rate
Figures = dict[str, Figure]


def rate(flags: Iterable[bool]) -> Rate:
    """How many of the flags are up."""
    seen = list(flags)
    return Rate(sum(seen), len(seen))


@dataclass
class Flow:
    """What came in and went out of a set of matters; `left` is counted for itself, so that it checks the rest."""

    carried: int = 0
    fresh: int = 0
    again: int = 0
    closed: int = 0
    void: int = 0
    left: int = 0
    same_day: int = 0

    def add(self, matter: Matter | Detail, start: datetime, end: datetime) -> None:
        """Count one matter that was alive in [start, end)."""
        if matter.received < start:
            self.carried += 1
        elif matter.again:
            self.again += 1
        else:
            self.fresh += 1
        if matter.left(end):
            self.left += 1
        elif matter.closed:
            self.closed += 1
            self.same_day += matter.received >= start and local(matter.received).date() == local(matter.closed).date()
        else:
            self.void += 1

    @property
    def received(self) -> int:
        """受理."""
        return self.fresh + self.again

    @property
    def due(self) -> int:
        """应办."""
        return self.carried + self.received - self.void

    @property
    def balanced(self) -> bool:
        """期末未关闭 = 期初遗留 + 新增 + 重开 − 关闭 − 作废."""
        return self.left == self.carried + self.fresh + self.again - self.closed - self.void


def ring_figures(start: datetime, end: datetime) -> Figures:
    """来电, 三声接听率; one query."""
    rung = Q(channel=Channel.PHONE, rings__isnull=False)
    came = Call.objects.filter(recorded_at__gte=start, recorded_at__lt=end).order_by().aggregate(
        phone=Count("pk", filter=Q(channel=Channel.PHONE)),
        rung=Count("pk", filter=rung),
        prompt=Count("pk", filter=rung & Q(rings__lte=PROMPT_RINGS)),
    )
    return {"phone": came["phone"], "prompt": Rate(came["prompt"], came["rung"])}


def promise_figures(start: datetime, end: datetime) -> Figures:
    """按时回复率; one query."""
    promised = calls().filter(reply_due_at__gte=start, reply_due_at__lt=end).aggregate(
        due=Count("pk"), kept=Count("pk", filter=Q(replied_at__lte=F("reply_due_at")))
    )
    return {"replied": Rate(promised["kept"], promised["due"])}


def flow_figures(flow: Flow) -> Figures:
    """The figures of what came in and went out."""
    names = ("received", "carried", "fresh", "again", "closed", "void", "left")
    counts: Figures = {name: getattr(flow, name) for name in names}
    return counts | {"done": Rate(flow.closed, flow.due), "same_day": Rate(flow.same_day, flow.received)}


def limit_figures(rows: Iterable[Limit]) -> Figures:
    """到场及时率, and 践约率 for agreed times apart."""
    seen = list(rows)
    return {
        "on_time": rate(row.kept for row in seen if not row.agreed),
        "kept": rate(row.kept for row in seen if row.agreed),
    }


def work_figures(rows: Iterable[Work], again: int, start: datetime, end: datetime) -> Figures:
    """返修率, 回单率, 回访率, 满意率 of the orders finished, or whose slip came back, in [start, end)."""
    seen = list(rows)
    done = [row for row in seen if start <= row.finished < end]
    slips = [row for row in seen if row.slip and start <= row.slip < end]
    return {
        "rework": Rate(again, len(done)),
        "slips": rate(row.slip is not None and row.slip < end for row in done),
        "revisits": rate(row.revisited is not None and row.revisited < end for row in slips),
        "satisfied": rate(row.score >= SATISFIED for row in done if row.score is not None),
    }


def kind_figures(rows: Iterable[Matter], start: datetime) -> Figures:
    """受理 of 报修 and 投诉."""
    kinds = [row.kind for row in rows if row.received >= start]
    return {"repairs": kinds.count(Kind.REPAIR), "complaints": kinds.count(Kind.COMPLAINT)}


def figures(
    start: datetime,
    end: datetime,
    *,
    alive: list[Matter] | None = None,
    due: list[Limit] | None = None,
    done: list[Work] | None = None,
) -> Figures:
    """Every figure of [start, end) by its code. Rows that the caller has read already may be handed in."""
    alive = list(matters(start, end)) if alive is None else alive
    due = list(limits(start, end)) if due is None else due
    done = list(works(start, end)) if done is None else done
    flow = Flow()
    for matter in alive:
        flow.add(matter, start, end)
    again = sum(1 for _ in returned(start, end, done))
    return (
        ring_figures(start, end)
        | promise_figures(start, end)
        | flow_figures(flow)
        | kind_figures(alive, start)
        | limit_figures(due)
        | work_figures(done, again, start, end)
    )


def average(values: list[float]) -> float | None:
    """The mean; None of nothing."""
    return sum(values) / len(values) if values else None


def p90(values: list[float]) -> float | None:
    """The value that nine in ten do not exceed: the ⌈0.9 n⌉-th from below; None of nothing."""
    return sorted(values)[ceil(len(values) * 9 / 10) - 1] if values else None
