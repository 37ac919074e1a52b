"""THE definition of every figure of the report; desk, page and workbook all read it (records §2.4).

Everything takes [start, end), aware; end is the cut-off, and what happened later is not seen. The words
stand in `definitions.py`, the rows in `rows.py` and `limits.py`. Nothing here reads the clock on the wall.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db.models import Count, Q

from helpdesk.cases.choices import Kind
from helpdesk.log.choices import Channel
from helpdesk.log.models import PROMPT_RINGS, Call
from helpdesk.report.alarms import alarm_figures
from helpdesk.report.finishing import Finish, finishes
from helpdesk.report.flows import Flows, flows, total
from helpdesk.report.limits import Limit, limits
from helpdesk.report.promises import promise_figures
from helpdesk.report.rates import Figure, Figures, Mean, Rate, rate
from helpdesk.report.works import Work, returned, works

SATISFIED = 4  # of 5
KINDS = {"repairs": Kind.REPAIR, "complaints": Kind.COMPLAINT}
__all__ = ["Figure", "Figures", "Mean", "Rate", "Read", "figures", "figures_of", "rate", "read"]


def ring_figures(start: datetime, end: datetime) -> Figures:
    """来电, 三声接听率; one query."""
    rung = Q(channel=Channel.PHONE, rings__isnull=False)
    came = (
        Call.objects.filter(recorded_at__gte=start, recorded_at__lt=end)
        .exclude(void_at__lt=end)
        .order_by()
        .aggregate(
            phone=Count("pk", filter=Q(channel=Channel.PHONE)),
            rung=Count("pk", filter=rung),
            prompt=Count("pk", filter=rung & Q(rings__lte=PROMPT_RINGS)),
        )
    )
    return {"phone": came["phone"], "prompt": Rate(came["prompt"], came["rung"])}


def flow_figures(found: Flows) -> Figures:
    """The figures of what came in and went out."""
    flow = total(found.values())
    names = ("received", "carried", "fresh", "again", "closed", "void", "left")
    counts: Figures = {name: getattr(flow, name) for name in names}
    kinds = {
        code: total(f for (kind, _), f in found.items() if kind == one).received
        for code, one in KINDS.items()
    }
    return (
        counts | kinds | {"done": Rate(flow.closed, flow.due), "same_day": Rate(flow.same_day, flow.received)}
    )


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


@dataclass(frozen=True)
class Read:
    """What the figures of a span are made of, read once."""

    start: datetime
    end: datetime
    flows: Flows
    limits: list[Limit]
    finishes: list[Finish]
    works: list[Work]
    again: list[tuple[str, str]]


def read(start: datetime, end: datetime) -> Read:
    """Everything of [start, end) that figures and tables need; eight queries, nine where times were agreed anew."""
    done = list(works(start, end))
    return Read(
        start, end, flows(start, end), list(limits(start, end)), list(finishes(start, end)), done,
        list(returned(start, end, done)),
    )  # fmt: skip


def figures(start: datetime, end: datetime) -> Figures:
    """Every figure of [start, end) by its code."""
    return figures_of(read(start, end))


def figures_of(rows: Read) -> Figures:
    """Every figure of what was read; four more queries."""
    start, end = rows.start, rows.end
    return (
        ring_figures(start, end)
        | promise_figures(start, end)
        | flow_figures(rows.flows)
        | limit_figures(rows.limits)
        | {"finished": rate(row.kept for row in rows.finishes)}
        | alarm_figures(start, end)
        | work_figures(rows.works, len(rows.again), start, end)
    )


def average(values: list[float]) -> float | None:
    """The mean; None of nothing."""
    return sum(values) / len(values) if values else None


def p90(values: list[float]) -> float | None:
    """The value that nine in ten do not exceed: the ⌈0.9 n⌉-th from below; None of nothing."""
    return sorted(values)[ceil(len(values) * 9 / 10) - 1] if values else None
