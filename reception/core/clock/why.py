"""What the page 为什么超时 says of one clock: the sum, the bar, the reminders. Pure: all rows are handed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from reception.core.clock.life import Stretch, causes, lasts, stretches, total
from reception.core.clock.models import Clock, Hold
from reception.core.clock.periods import local
from reception.core.ledger.models import Event
from reception.core.people.roles import ROLES

WIDTH = 1000


@dataclass(frozen=True)
class Bar:
    """One stretch of the drawn line."""

    css: str
    x: float
    width: float


@dataclass(frozen=True)
class Told:
    """One climb or one change of the limit: when, what, to whom, what to add."""

    at: datetime
    what: str
    who: str
    note: str = ""


@dataclass(frozen=True)
class Life:
    """Everything the page shows of one clock."""

    clock: Clock
    name: str
    words: str
    tone: str
    counting: str
    sums: list[tuple[str, str, str]]
    rows: list[Stretch]
    whole: str
    counted: str
    uncounted: str
    bars: list[Bar]
    due_x: float
    spoken: str
    told: list[Told] = field(default_factory=list)


def life_of(clock: Clock, holds: Sequence[Hold], events: Iterable[Event], name: str, at: datetime) -> Life:
    """The page's view of `clock` as it stands at `at`."""
    until = clock.stopped_at or at
    rows = stretches(clock, holds, until)
    bars, due_x = drawn(clock, rows, max(until, clock.due_at))
    words, tone = verdict(clock, at)
    counted, uncounted = total(rows, True), total(rows, False)
    return Life(
        clock, name, words, tone,
        f"只计{clock.calendar}的工作时间" if clock.calendar else "昼夜连续计时",
        sums(clock, holds), rows,
        lasts(counted + uncounted), lasts(counted), lasts(uncounted), bars, due_x,
        f"{words}；计时 {lasts(counted)}，不计 {lasts(uncounted)}",
        [told(event, clock) for event in events if _belongs(event, clock)],
    )  # fmt: skip


def verdict(clock: Clock, at: datetime) -> tuple[str, str]:
    """(sentence, tone of the chip)."""
    end = clock.stopped_at or at

    def short(length: timedelta) -> str:
        whole = length - length % timedelta(minutes=1)
        return lasts(whole or length)

    if at < clock.started_at:
        return "还没有开始计时", ""
    if clock.late(at):
        over = end - clock.due_at
        running = "" if clock.stopped_at else "，暂停中" if clock.paused_at else "，还没有办"
        return (f"超时 {short(over)}{running}" if over > timedelta() else f"曾经超时{running}"), "bad"
    if clock.stopped_at:
        return "停表时正在暂停，不算超时" if clock.paused_at else "按时", "ok"
    return ("暂停中，不计时", "warn") if clock.paused_at else (f"还剩 {short(clock.due_at - at)}", "")


def sums(clock: Clock, holds: Sequence[Hold]) -> list[tuple[str, str, str]]:
    """The due time's arithmetic, line by line: (sign, what, how much). What is paused now is not added yet."""
    over = [hold for hold in holds if hold.resumed_at]
    rows = stretches(clock, over, clock.due_at)
    lines = [("", "开始", _moment(clock.started_at)), ("＋", "约定用时", lasts(total(rows, True)))]
    lines += [("＋", f"不计时·{cause}", lasts(length)) for cause, length in causes(rows).items()]
    lines += [("＝", "到期", _moment(clock.due_at))]
    return lines + (
        [("", "暂停还没有结束", "恢复时顺延")] if clock.paused_at and not clock.stopped_at else []
    )


def drawn(clock: Clock, rows: Sequence[Stretch], end: datetime) -> tuple[list[Bar], float]:
    """The line from the start to `end`: counted, late, paused, off; and where the due time stands."""
    whole = max(1.0, (end - clock.started_at).total_seconds())

    def x(moment: datetime) -> float:
        return round(min(1.0, max(0.0, (moment - clock.started_at).total_seconds() / whole)) * WIDTH, 1)

    bars = []
    for row in rows:
        css = "c1" if row.counted else "c3" if row.cause.startswith("暂停") else "c5"
        cuts = (
            [row.start, clock.due_at, row.end] if row.start < clock.due_at < row.end else [row.start, row.end]
        )
        for first, last in pairwise(cuts):
            late = row.counted and first >= clock.due_at
            bars.append(Bar("c4" if late else css, x(first), max(1.0, round(x(last) - x(first), 1))))
    return bars, x(clock.due_at)


def told(event: Event, clock: Clock) -> Told:
    """A line of the ledger as a line of the page."""
    said = event.detail
    if event.verb == "limit":
        moved = f"{_moment(_read(said['from']))} → {_moment(_read(said['to']))}"
        return Told(event.at, f"改时限 {moved}", event.actor_name, event.reason)
    roles = [name for name in said.get("told", ()) if isinstance(name, str)]
    heard = "、".join(said.get("people", ())) or "、".join(map(_role, roles))
    what = f"已用 {said['percent']}%" if "percent" in said else event.label
    if said.get("off"):
        return Told(event.at, what, "没有通知", "这种提醒当时停用")
    if said.get("until"):
        return Told(event.at, what, "没有通知", f"静默时段，{local(_read(said['until'])):%H:%M} 再说")
    return Told(event.at, what, heard or "没有人可通知")


def _role(name: str) -> str:
    """The word for one audience of a rung; a person's name stays."""
    return "承办人" if name == "owner" else ROLES[name].name if name in ROLES else name


def _belongs(event: Event, clock: Clock) -> bool:
    """Whether the event is of this clock's round."""
    said: dict[str, Any] = event.detail
    if said.get("rule", clock.rule) != clock.rule:
        return False
    if "round" in said:
        return said["round"] == clock.round
    return clock.started_at < event.at and (clock.stopped_at is None or event.at <= clock.stopped_at)


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _moment(at: datetime) -> str:
    """10月21日 10:00, with seconds where there are some."""
    here = local(at)
    return f"{here.month}月{here.day}日 {here:%H:%M}{f':{here:%S}' if here.second else ''}"
