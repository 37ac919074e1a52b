"""The report as the page shows it: figures as words, tables as rows of text."""

from dataclasses import dataclass
from typing import Any

from helpdesk.cases.choices import Kind
from helpdesk.report.build import Line, Report, changed
from helpdesk.report.definitions import HIGH, METRIC, explained
from helpdesk.report.figures import Figure, Mean, Rate
from helpdesk.report.rates import divided, is_share
from helpdesk.report.spans import Span
from helpdesk.report.states import state, why
from helpdesk.report.svg import arrival_bars, month_lines
from helpdesk.report.tables import ALL, OLD, SUBTOTAL, CategoryRow, CrewRow, age, by_age, names, pareto
from helpdesk.report.views_crews import crew_links
from helpdesk.report.views_grids import link, sections

KPIS = ("received", "prompt", "on_time", "same_day", "left")
NONE, SHOWN = "—", 50


def words(figure: Figure | float | None, digits: int = 1) -> str:
    """95.1%, 1,040, 23.5, 4.2分钟; — for none."""
    value = figure.value if isinstance(figure, Rate) else figure
    if value is None:
        return NONE
    if isinstance(figure, Mean):
        return f"{value:,.{digits}f}分钟"
    if isinstance(figure, Rate):
        return f"{value:.{digits}%}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{digits}f}"


def growth(now: Figure, before: Figure) -> str:
    """+3.2% for counts and mean times, +1.4个百分点 for rates; — without a base."""
    value = changed(now, before)
    if value is None:
        return NONE
    return f"{value:+.1f}个百分点" if is_share(now) else f"{value:+.1%}"


@dataclass(frozen=True)
class Cell:
    """One figure of 总览 in words; tone is the colour of the verdict."""

    code: str
    label: str
    text: str
    now: str
    base: str
    before: str
    change: str
    year_ago: str
    yearly: str
    target: str
    verdict: str
    tone: str


def cell(line: Line) -> Cell:
    """A figure for 总览 and the tiles."""
    metric, target = line.metric, line.target
    sign = "≥" if metric.better == HIGH else "≤"
    verdict = {True: "达标", False: "未达标", None: NONE}[line.met]
    tone = {True: "t-green", False: "t-red b", None: "mut"}[line.met]
    base = divided(line.now, " / ")
    if isinstance(line.now, Rate) and metric.code == "satisfied" and line.now.few:
        base += "，样本不足"
    return Cell(
        metric.code, metric.label, metric.text, words(line.now), base, words(line.before), growth(line.now, line.before),
        words(line.year_ago), growth(line.now, line.year_ago), f"{sign} {target:.1%}" if target is not None else NONE,
        verdict, tone,
    )  # fmt: skip


def category_row(row: CategoryRow) -> dict[str, Any]:
    """One 小类 or the total."""
    flow = row.flow
    counts = (flow.carried, flow.fresh, flow.again, flow.void, flow.due, flow.closed, flow.left)
    return {
        "big": row.big,
        "small": row.small,
        "counts": [words(count) for count in counts],
        "share": words(row.share),
        "change": growth(flow.received, row.before),
        "yearly": growth(flow.received, row.year_ago),
        "balanced": flow.balanced,
    }


def crew_row(row: CrewRow, span: Span) -> dict[str, Any]:
    """One repairer, a trade or all."""
    figures = (row.sent, row.in_time, row.on_time, row.kept.base, row.kept, row.average, row.p90, row.finished,
               row.rework, row.satisfied)  # fmt: skip
    cells = [words(figure) for figure in figures]
    return {
        "trade": row.trade,
        "name": row.name,
        "total": row.name == SUBTOTAL or row.trade == ALL,
        "cells": cells,
        "links": crew_links(row, cells, span),
    }


def top_rows(report: Report) -> list[dict[str, Any]]:
    """The most reported, as bars against the first, with the change in number since the last period."""
    before = {f"{row.big}·{row.small}": row.before for row in report.categories}
    bars = pareto(report.categories, 12)
    most = max((bar.number for bar in bars if bar.label in before), default=1)
    return [
        {
            "label": bar.label,
            "count": bar.number,
            "width": round(min(1, bar.number / most) * 100, 1),
            "running": f"{bar.running:.0%}",
            "change": f"{bar.number - before[bar.label]:+d}" if bar.label in before else "",
        }
        for bar in bars
    ]


def left_rows(report: Report) -> list[dict[str, Any]]:
    """The oldest open matters."""
    kinds, end = names(), report.span.end
    return [
        {
            "no": row.no,
            "url": f"/helpdesk/{'repairs' if row.order else 'calls'}/{row.no}/",
            "kind": Kind(row.kind).label,
            "category": kinds[row.category],
            "place": row.place,
            "content": row.content,
            "days": age(row, end),
            "old": age(row, end) > OLD,
            "state": state(row, end)[0],
            "why": why(row, end),
            "step": state(row, end)[1],
            "who": (row.case.who if row.case else "") or row.repairer,
            "case": row.case.no if row.case else "",
            "case_url": link(row.case.no) if row.case else "",
        }
        for row in report.leftovers[:SHOWN]
    ]


def context(report: Report) -> dict[str, Any]:
    """Everything the page shows of a report."""
    cells = [cell(line) for line in report.lines]
    by_code = {one.code: one for one in cells}
    bars = arrival_bars(report.minutes)
    return {
        "report": report,
        "cells": cells,
        "kpis": [by_code[code] for code in KPIS],
        "trend": month_lines(report.months),
        "months_table": report.months,
        "bars": bars,
        "arrived": len(report.minutes),
        "within": sum(bar.count for bar in bars if bar.css == "c1"),
        "top": top_rows(report),
        "categories": [category_row(row) for row in report.categories],
        "total": category_row(report.total),
        "crews": [crew_row(row, report.span) for row in report.crews],
        "sections": sections(report),
        "leftovers": left_rows(report),
        "left_count": len(report.leftovers),
        "ages": by_age(report.leftovers, report.span.end),
        "explained": explained(),
        "tips": {code: metric.text for code, metric in METRIC.items()},
    }
