"""Everything that the board says of a month of the desk, read once (D4.4.5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helpdesk.board.charts import Heat, Spark, Stack, heat, so_far, spark, stack
from helpdesk.board.choices import GROUPS, group_of
from helpdesk.cases.choices import Kind
from helpdesk.report.daily import Day, daily
from helpdesk.report.definitions import METRIC
from helpdesk.report.figures import Figure, flow_figures, limit_figures, ring_figures
from helpdesk.report.flows import Flows, flows, total
from helpdesk.report.hours import Hour, hours, together
from helpdesk.report.limits import Limit, limits
from helpdesk.report.links import rows_url
from helpdesk.report.models import Target
from helpdesk.report.rates import Rate
from helpdesk.report.spans import Span
from helpdesk.report.svg import Bar, arrival_bars
from helpdesk.report.tables import names
from reception.core.clock.periods import local

TALL = 352  # the axis of the bars on a wall
TOP, FEW = 6, 10  # rows of 反映最多的事; calls below which a sentence about hours says nothing


@dataclass(frozen=True)
class Tile:
    """One figure in large type: where it leads, its line, and what it is held against."""

    code: str
    label: str
    number: str
    unit: str
    url: str
    line: Spark | None
    said: str
    tone: str
    text: str


@dataclass(frozen=True)
class Read:
    """What a month of the board is made of. Fourteen queries, sixteen where times were agreed anew: flows of it and of
    the period before (4), arrivals (2–3), rings (1), days (3), hours (1), targets (1), names (1)."""

    span: Span
    flows: Flows
    before: Flows
    limits: list[Limit]
    figures: dict[str, Figure]
    days: list[Day]
    hours: list[Hour]
    targets: dict[str, float]
    names: dict[int | None, str]

    @property
    def received(self) -> int:
        """受理."""
        return total(self.flows.values()).received


def read(span: Span) -> Read:
    """Read `span`; the cost follows its records, not the archive."""
    start, end = span.start, span.end
    earlier = span.shifted(-span.months)
    now, due = flows(start, end), list(limits(start, end))
    found = flow_figures(now) | limit_figures(due) | ring_figures(start, end)
    return Read(
        span, now, flows(earlier.start, earlier.end), due, found, daily(start, end, due), hours(start, end),
        Target.objects.on(local(start).date()), names(),
    )  # fmt: skip


def tiles(rows: Read) -> list[Tile]:
    """受理, 三声接听率, 到场及时率, 当日关闭率, 投诉."""
    days = rows.days
    before = total(rows.before.values()).received
    gap = rows.received - before
    said = f"比上期{'多' if gap > 0 else '少'} {abs(gap):,} 件" if gap else "与上期一样多"
    complaints = total(flow for (kind, _), flow in rows.flows.items() if kind == Kind.COMPLAINT)
    ended = f"已结 {complaints.closed} 件，未结 {complaints.left} 件"
    return [
        _tile(rows, "received", "受理", [day.all for day in days], (said, "mut")),
        _tile(rows, "prompt", "三声内接听", so_far([day.prompt for day in days])),
        _tile(rows, "on_time", "30分钟到场", so_far([day.on_time for day in days])),
        _tile(rows, "same_day", "当日办结", so_far([Rate(day.same_day, day.all) for day in days])),
        _tile(rows, "complaints", "投诉", [day.received.get(Kind.COMPLAINT.value, 0) for day in days],
              (ended, "t-amber b" if complaints.left else "mut")),
    ]  # fmt: skip


def _tile(rows: Read, code: str, label: str, line: Any, said: tuple[str, str] | None = None) -> Tile:
    figure = rows.figures[code]
    if isinstance(figure, Rate):
        value = figure.value
        number, unit = ("—", "") if value is None else (f"{value * 100:.1f}", "%")
    else:
        number, unit = f"{figure:,}", "件"
    words, tone = said or _against(figure, rows.targets.get(code))
    url = rows_url(rows.span, code)
    return Tile(code, label, number, unit, url, spark(line), words, tone, METRIC[code].text)


def _against(figure: Figure, target: float | None) -> tuple[str, str]:
    """(sentence, tone) of a rate against its target; all of ours are better when higher."""
    value = figure.value if isinstance(figure, Rate) else None
    if target is None or value is None:
        return "还没有可算的记录" if value is None else "没有定目标", "mut"
    gap = (target - value) * 100
    if gap <= 0:
        return f"目标 {target:.0%}，达标", "t-green"
    return f"目标 {target:.0%}，差 {max(gap, 0.1):.1f}", "t-amber b"


def keys(rows: Read) -> list[dict[str, Any]]:
    """The legend of 每日受理: each kind, how many, where they are."""
    counts = {code: 0 for code, _, _ in GROUPS}
    for (kind, _), flow in rows.flows.items():
        counts[group_of(kind)] += flow.received
    return [
        {"css": css, "label": label, "count": counts[code], "url": rows_url(rows.span, "received", kind=code)}
        for code, label, css in GROUPS
    ]


def top(rows: Read) -> list[dict[str, Any]]:
    """反映最多的事: the most reported 小类, against the period before."""
    ranked = sorted(
        ((group, flow.received) for group, flow in rows.flows.items() if flow.received),
        key=lambda one: (-one[1], one[0][0], rows.names[one[0][1]]),
    )[:TOP]
    most = ranked[0][1] if ranked else 1
    found = []
    for (kind, category), number in ranked:
        past = rows.before.get((kind, category))
        gap = number - (past.received if past else 0)
        url = rows_url(rows.span, "received", kind=kind, category=category)
        found.append({
            "label": f"{Kind(kind).label}·{rows.names[category]}", "count": number, "url": url,
            "width": round(100 * number / most, 1), "change": f"{gap:+d}" if gap else "持平",
            "tone": "t-red" if gap > 0 else "t-green" if gap < 0 else "mut",
        })  # fmt: skip
    return found


def arrivals(rows: Read) -> list[tuple[Bar, str]]:
    """到场用时: each bar and where it leads."""
    bars = arrival_bars([limit.minutes for limit in rows.limits if limit.minutes is not None])
    return [
        (bar, rows_url(rows.span, "arrivals", bin=number) if bar.count else "")
        for number, bar in enumerate(bars)
    ]


def busiest(rows: Read) -> str:
    """The two hours of the working days in which most calls come, and how they are answered; "" of few calls."""
    calls = sum(one.phone for one in rows.hours)
    week = [one for one in rows.hours if one.weekday <= 5]
    if calls < FEW or not week:
        return ""
    starts = {one.hour for one in week}
    pairs = {hour: [one for one in week if one.hour in (hour, hour + 1)] for hour in starts}
    hour = max(sorted(pairs), key=lambda h: sum(one.phone for one in pairs[h]))
    inside = together(pairs[hour])
    outside = together(one for one in rows.hours if one not in pairs[hour])
    said = f"周一至周五 {hour} 至 {hour + 2} 时占全部来电的 {inside.phone / calls:.0%}"
    if inside.prompt.value is None or outside.prompt.value is None:
        return f"{said}。"
    return f"{said}，三声内接听 {inside.prompt.value:.1%}，其余 {outside.prompt.value:.1%}。"


def context(rows: Read) -> dict[str, Any]:
    """Everything the board draws of a month."""
    bars = arrivals(rows)
    drawn: tuple[Stack, Heat] = stack(rows.span, rows.days), heat(rows.span, rows.hours)
    return {
        "tiles": tiles(rows), "keys": keys(rows), "stack": drawn[0], "heat": drawn[1], "bars": bars,
        "arrived": sum(bar.count for bar, _ in bars), "within": sum(bar.count for bar, _ in bars if bar.css == "c1"),
        "arrived_url": rows_url(rows.span, "arrivals"), "top": top(rows), "busiest": busiest(rows),
        "groups": [label for _, label, _ in GROUPS],
    }  # fmt: skip


def for_wall(rows: Read) -> dict[str, Any]:
    """What a screen in the room shows: numbers only, the bars drawn tall."""
    return context(rows) | {"stack": stack(rows.span, rows.days, TALL)}


def as_of(at: datetime) -> str:
    """14:05, as the wall says when it was read."""
    return f"{local(at):%H:%M}"
