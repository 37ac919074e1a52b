"""The report on receptions as the page and the paper show it: figures as words, each with the way to its rows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from visits.costs.estimate import money
from visits.reports.choices import Shown, Way
from visits.reports.definitions import DEFINITIONS
from visits.reports.figures import Fact, Line
from visits.reports.report import Report
from visits.reports.spans import FIRST_YEAR, Span, month_of, year_of
from visits.reports.svg import Value, month_bars
from visits.requests.choices import Status

NONE = "—"
MOST = 24  # groups of a table on page and paper
LINES = 34  # lines of tables on one sheet of A4
HEADS = ("次数", "人数", "费用", "人均", "标准", "超标准", "预算", "执行率", "满意度", "按时率")
CODES = ("times", "heads", "spent", "each", "allowed", "over", "estimated", "used", "score", "on_time")


@dataclass(frozen=True)
class Cell:
    """One figure in words: the way to its rows ("" without), what stands below it, its colour."""

    text: str
    url: str = ""
    sub: str = ""
    tone: str = ""


def yuan(amount: Decimal | None) -> str:
    """12,300.50; — for none."""
    return NONE if amount is None else money(amount)


def rate(value: float | None) -> str:
    """92.3%; — without a base."""
    return NONE if value is None else f"{value:.1%}"


def points(value: float | None) -> str:
    """4.6; — while nobody said."""
    return NONE if value is None else f"{value:.1f}"


def rows_url(span: Span, figure: str, way: str = "", key: str = "") -> str:
    """The list of the receptions behind a figure."""
    asked = {"figure": figure} | ({"by": way, "key": key} if way else {})
    return f"{reverse('visits:report_rows', args=[span.code])}?{urlencode(asked)}"


def cells(line: Line, past: Line | None, span: Span, way: str = "", *, linked: bool = True) -> list[Cell]:
    """The figures of one line, in the order of HEADS; those of no single group lead nowhere (`linked`)."""

    def to(figure: str, stands: object) -> str:
        return rows_url(span, figure, way, line.key) if stands and linked else ""

    late = f"{line.late} 项超时" if line.late else ""
    return [
        Cell(f"{line.times:,}", to(Shown.TIMES, line.times), f"上期 {past.times if past else 0:,}"),
        Cell(f"{line.heads:,}", to(Shown.TIMES, line.times)),
        Cell(yuan(line.spent), to(Shown.SPENT, line.spent), f"上期 {yuan(past.spent if past else Decimal(0))}"),
        Cell(yuan(line.each)),
        Cell(yuan(line.allowed)),
        Cell(yuan(line.over), to(Shown.OVER, line.over), "", "t-amber b" if line.over else ""),
        Cell(yuan(line.estimated), to(Shown.BUDGET, line.estimated is not None)),
        Cell(rate(line.used), "", "", "t-amber b" if line.used and line.used > 1 else ""),
        Cell(points(line.score), to(Shown.SCORED, line.answers), f"{line.answers} 份" if line.answers else ""),
        Cell(rate(line.on_time), to(Shown.LATE if line.late else Shown.TASKS, line.judged), late),
    ]  # fmt: skip


def change(now: float | Decimal | None, past: float | Decimal | None) -> str:
    """+12.5% against the period before; — without a base."""
    return NONE if now is None or not past else f"{float(now) / float(past) - 1:+.1%}"


def gap(now: float | None, past: float | None, unit: str, factor: int = 1) -> str:
    """+0.3 分, −2.1 个百分点; — where one of them is missing."""
    return NONE if now is None or past is None else f"{(now - past) * factor:+.1f}{unit}"


def tiles(report: Report) -> list[dict[str, Any]]:
    """The six figures on top."""
    now, past, span = report.total, report.past, report.span
    found = dict(zip(CODES, cells(now, past, span), strict=True))
    beside = {
        "times": (f"{past.times:,}", change(now.times, past.times)),
        "heads": (f"{past.heads:,}", change(now.heads, past.heads)),
        "spent": (yuan(past.spent), change(now.spent, past.spent)),
        "over": (yuan(past.over), change(now.over, past.over)),
        "score": (points(past.score), gap(now.score, past.score, "分")),
        "on_time": (rate(past.on_time), gap(now.on_time, past.on_time, "个百分点", 100)),
    }
    return [
        {"code": code, "label": DEFINITIONS[code][0], "text": DEFINITIONS[code][1], "cell": found[code],
         "past": before, "change": moved}
        for code, (before, moved) in beside.items()
    ]  # fmt: skip


def tables(report: Report) -> list[dict[str, Any]]:
    """The four groupings with their bars: a group's share of the money."""
    whole = report.total.spent
    return [
        {"way": way.value, "label": way.label, "head": way.label.removeprefix("按"),
         "rows": [_row(line, report, way.value, whole) for line in report.groups[way][:MOST]] + _rest(report, way.value),
         "total": cells(report.total, report.past, report.span)}
        for way in Way
    ]  # fmt: skip


def leaves(shown: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The tables as the sheets of A4 that they fill: customers take a second one where there are many lines."""
    if sum(len(table["rows"]) + 2 for table in shown) <= LINES:
        return [shown]
    return [
        [table for table in shown if (table["way"] == Way.CUSTOMER) is second] for second in (False, True)
    ]


def _rest(report: Report, way: str) -> list[dict[str, Any]]:
    """What stands below the first MOST groups, as one row; the workbook has them all."""
    left = report.groups[way][MOST:]
    if not left:
        return []
    facts = [fact for line in left for fact in line.facts]
    past = [fact for line in left for fact in _past(report, way, line.key)]
    line = Line("", f"其余 {len(left)} 个", facts)
    share = float(line.spent / report.total.spent) if report.total.spent else 0.0
    shown = cells(line, Line("", "", past), report.span, way, linked=False)
    return [{"label": line.label, "share": f"{share:.0%}", "width": round(share * 100, 1), "cells": shown}]


def _past(report: Report, way: str, key: str) -> list[Fact]:
    """The receptions of the same group in the period before."""
    line = report.before[way].get(key)
    return line.facts if line else []


def _row(line: Line, report: Report, way: str, whole: Decimal) -> dict[str, Any]:
    share = float(line.spent / whole) if whole else 0.0
    return {"label": line.label, "share": f"{share:.0%}", "width": round(share * 100, 1),
            "cells": cells(line, report.before[way].get(line.key), report.span, way)}  # fmt: skip


def charts(report: Report) -> list[dict[str, Any]]:
    """费用 and 次数 of twelve months, each bar leading to its month."""

    def values(figure: str, unit: str) -> list[Value]:
        found = []
        for month in report.months:
            now, old = getattr(month.now, figure), getattr(month.year_ago, figure)
            words = f"{month.span.label}{yuan(Decimal(now))}{unit}，去年同月{yuan(Decimal(old))}{unit}"
            link = address(month.span) if month.span.start <= report.at else ""
            found.append(Value(f"{month.span.first.month}月", float(now), float(old), words, link))
        return found

    return [
        {"code": "spent", "title": "费用（元）", "chart": month_bars(values("spent", "元"))},
        {"code": "times", "title": "次数", "chart": month_bars(values("times", "次"))},
    ]


def address(span: Span, name: str = "visits:report") -> str:
    """Where the report of a span stands."""
    return reverse(name, args=[span.code])


def links(report: Report) -> dict[str, str]:
    """To the spans around, to month and year, to paper and workbook; none into the future."""
    span, now = report.span, month_of(report.at)
    later, earlier = span.shifted(span.months), span.before
    month = now if span.yearly and span.holds(report.at) else Span(span.first, 1)
    return {
        "earlier": address(earlier) if earlier.first.year >= FIRST_YEAR else "",
        "later": address(later) if later.start <= report.at else "",
        "month": address(month),
        "year": address(year_of(span)),
        "xlsx": address(span, "visits:report_xlsx"),
        "print": address(span, "visits:report_print"),
        "unsettled": rows_url(span, Shown.UNSETTLED),
        "cancelled": rows_url(span, Shown.CANCELLED),
    }


def context(report: Report) -> dict[str, Any]:
    """Everything the page shows."""
    shown = tables(report)
    return {
        "report": report, "span": report.span, "links": links(report), "tiles": tiles(report), "tables": shown,
        "leaves": leaves(shown), "charts": charts(report), "heads": HEADS, "definitions": [(code, *words) for code, words in DEFINITIONS.items()],
    }  # fmt: skip


def listed(fact: Fact) -> dict[str, Any]:
    """One reception as the list behind a figure shows it."""
    return {
        "no": fact.no, "customer": fact.customer, "came": fact.came, "state": Status(fact.state).label,
        "meta": "·".join((fact.department, fact.by, fact.tier, fact.purpose)),
        "cells": [f"{fact.heads:,}", yuan(fact.spent), yuan(fact.allowed), yuan(fact.over) if fact.over else NONE,
                  yuan(fact.estimated), points(fact.score), f"{fact.kept}/{fact.judged}" if fact.judged else NONE],
    }  # fmt: skip
