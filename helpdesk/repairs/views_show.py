"""What the page of one order shows beside its fields: chips, the time line, the household, the next step."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from helpdesk.cases.views_faces import Mark, day_hour, face
from helpdesk.repairs.choices import Status
from helpdesk.repairs.models import Repair
from helpdesk.repairs.queries import ACCEPT, ARRIVE, FINISH, KIND, REVISIT
from helpdesk.repairs.views_chart import Chart, Step, draw
from reception.core.clock.models import Clock
from reception.core.clock.reading import clocks_of
from reception.core.templatetags.core import why_url

ON_THE_WAY = (Status.HANDED, Status.ACKNOWLEDGED)
# What became of an earlier record, in two characters.
SCORES = {5: "很满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}


@dataclass(frozen=True)
class Row:
    """One earlier record of the household."""

    glyph: str
    tone: str
    title: str
    meta: str
    url: str


@dataclass(frozen=True)
class Household:
    """Earlier records of the same unit, newest first, and where all of them are."""

    rows: list[Row] = field(default_factory=list)
    url: str = ""


def minutes(start: datetime, end: datetime) -> int:
    """Whole minutes from `start` to `end`."""
    return int((end - start).total_seconds() // 60)


def span(count: int) -> str:
    """24分钟 · 3小时05分."""
    return f"{count}分钟" if count < 120 else f"{count // 60}小时{count % 60:02d}分"


def verdict(order: Repair, clock: Clock | None, at: datetime) -> tuple[str, str]:
    """(sentence, colour) about the arrival limit at `at`."""
    if clock is None:
        return ("还没有派工，派出后计时", "") if order.status == Status.WAITING else ("没有到场时限", "")
    kind = "约定" if order.agreed else "时限"
    if order.arrived_at:
        took = span(max(0, minutes(clock.started_at, order.arrived_at)))
        late = minutes(clock.due_at, order.arrived_at)
        if clock.breached_at:
            return f"超时{span(max(1, late))}到场", "bad"
        return (
            (f"按{kind} {day_hour(clock.due_at, at)} 到场", "ok")
            if order.agreed
            else (f"{took}到场，未超时", "ok")
        )
    if clock.stopped_at:
        return ("到场超时，已结束", "bad") if clock.breached_at else ("已结束，未到场", "")
    left = minutes(at, clock.due_at)
    if clock.late(at):
        return (
            f"超时{span(max(1, minutes(clock.due_at, at)))}，还没到场" if at > clock.due_at else "曾超时",
            "bad",
        )
    return f"还有{span(left)}，{kind} {day_hour(clock.due_at, at)}", "warn" if left < 10 else "brand"


def apart(first: datetime | None, later: datetime | None) -> datetime | None:
    """`first`, unless it is the very moment of `later`."""
    return None if first == later else first


def steps(order: Repair, at: datetime) -> list[Step]:
    """The order's moments, oldest first; now as well, while somebody is waited for."""
    waiting = order.status in ON_THE_WAY and order.arrived_at is None and at > order.created_at
    named = [
        ("受理", order.created_at, True),
        ("派工", order.dispatched_at, True),
        ("签收", apart(order.signed_at, order.acknowledged_at), True),
        ("接单", order.acknowledged_at, True),
        ("现在", at if waiting else None, True),
        ("到场", order.arrived_at, True),
        ("完工", order.finished_at, False),
    ]
    return sorted((Step(label, at, solid) for label, at, solid in named if at), key=lambda step: step.at)


def chart(order: Repair, clocks: list[Clock], at: datetime) -> Chart:
    """The time line, with the newest round's limit and a sentence for every limit broken before."""
    rounds = [clock for clock in clocks if clock.rule == ARRIVE]
    last = rounds[-1] if rounds else None
    words, tone = verdict(order, last, at)
    past = [
        f"原定 {day_hour(clock.due_at, at)} 前到场，没有做到；改约后仍记为超时。"
        for clock in rounds[:-1]
        if clock.breached_at
    ]
    mark = "约定" if order.agreed else "30分钟线"
    if last and not order.agreed:
        mark = f"{minutes(last.started_at, last.due_at)}分钟线"
    return draw(steps(order, at), last.due_at if last else None, mark, words, tone, at, past)


def marks(order: Repair, clocks: list[Clock], at: datetime) -> list[Mark]:
    """Chips beside the title; lateness is never taken away."""
    found = []
    if any(clock.late(at) for clock in clocks if clock.rule == ARRIVE):
        found.append(Mark("到场超时", "bad", why_url(KIND, order.pk)))
    if order.important:
        found.append(Mark("重大", "bad"))
    if order.status == Status.HANDED and order.signed_at is None:
        found.append(Mark("工程部未签收", "warn"))
    if order.status == Status.WAITING and order.returned_at:
        found.append(Mark(f"退单：{order.return_reason}", "warn"))
    if order.status == Status.FINISHED:
        found.append(Mark("底联未返回", "warn"))
    if order.slip_reason and order.slip_at is None and order.is_open:
        found.append(Mark(f"未返回原因：{order.get_slip_reason_display()}", "warn"))
    if order.status == Status.PAUSED and order.pause_reason:
        found.append(Mark(order.pause_reason, "warn"))
    if order.origin_id:
        found.append(Mark("返修", "warn"))
    return found


NAMES = {ACCEPT: "接单", FINISH: "完工", REVISIT: "回访"}


def promises(order: Repair, clocks: list[Clock], at: datetime) -> list[Mark]:
    """The limits beside the arrival: of each the newest round, kept, running, held or broken (records §2.1)."""
    newest = {clock.rule: clock for clock in clocks if clock.rule in NAMES}
    return [promise(NAMES[rule], newest[rule], order, at) for rule in NAMES if rule in newest]


def promise(name: str, clock: Clock, order: Repair, at: datetime) -> Mark:
    """One limit as a chip."""
    if clock.late(at):
        return Mark(f"{name}超时", "bad", why_url(KIND, order.pk))
    if clock.stopped_at:
        return Mark(f"{name}未超时", "ok")
    if clock.paused_at:
        return Mark(f"{name}时限暂停计时", "warn")
    return Mark(f"{day_hour(clock.due_at, at)}前{name}", "")


def household(order: Repair, url: str) -> Household:
    """The unit's latest other calls, with what became of the order where there was one; one query."""
    if order.unit is None:
        return Household()
    # The newest stands: those before it were struck out.
    made = Repair.objects.filter(call=OuterRef("pk")).order_by("-pk")
    rows = order.unit.calls.exclude(repairs=order).annotate(
        order_status=Subquery(made.values("status")[:1]), order_score=Subquery(made.values("score")[:1])
    )
    return Household(
        [earlier(row, order.created_at) for row in rows.order_by("-recorded_at", "-pk")[:4]], url
    )


def earlier(row: Any, at: datetime) -> Row:
    """One earlier call of the unit."""
    state = Status(row.order_status).label if row.order_status else row.get_status_display()
    words = [day_hour(row.recorded_at, at), state, SCORES.get(row.order_score or 0, "")]
    return Row(*face(row.kind), row.title, "·".join(filter(None, words)), row.get_absolute_url())


def facts(order: Repair, at: datetime) -> dict[str, Any]:
    """The context that only reads the order."""
    clocks = clocks_of(order)
    return {
        "chart": chart(order, clocks, at),
        "marks": marks(order, clocks, at),
        "promises": promises(order, clocks, at),
    }
