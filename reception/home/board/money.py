"""接待费用 on the board: figures as words, groups as bars."""

from typing import Any

from visits.reports.choices import Shown, Way
from visits.reports.figures import Line, Spent
from visits.reports.spans import Span
from visits.reports.views_page import address, points, rate, rows_url, yuan


def money(found: Spent, span: Span) -> dict[str, Any]:
    """Tiles and two groups of bars, each leading to its receptions. Money in 元."""
    total, before = found.total, found.before
    gap = total.spent - before.spent
    said = f"比上月{'多' if gap > 0 else '少'} {yuan(abs(gap))} 元" if gap else "与上月一样多"
    budget = (
        f"预算 {yuan(total.estimated)} 元，用了 {rate(total.used)}" if total.estimated else "没有预算可比"
    )
    tiles = [
        ("费用（元）", yuan(total.spent), rows_url(span, Shown.SPENT), said, "mut"),
        ("接待次数", f"{total.times}", rows_url(span, Shown.TIMES), f"上月 {before.times} 次", "mut"),
        ("来宾人数", f"{total.heads}", rows_url(span, Shown.TIMES), f"人均 {yuan(total.each)} 元", "mut"),
        ("超出标准（元）", yuan(total.over), rows_url(span, Shown.OVER), budget, "mut"),
        ("满意度", points(total.score), rows_url(span, Shown.SCORED), f"{total.answers} 位来宾打分", "mut"),
    ]  # fmt: skip
    return {
        "span": span, "tiles": tiles, "groups": [_group("按级别", Way.TIER, found.tiers, span),
                                                 _group("按部门", Way.DEPARTMENT, found.departments, span)],
        "report_url": address(span), "empty": not total.facts, "unsettled": total.unsettled,
        "unsettled_url": rows_url(span, Shown.UNSETTLED),
    }  # fmt: skip


def _group(label: str, way: str, lines: list[Line], span: Span) -> dict[str, Any]:
    most = max((line.spent for line in lines), default=0) or 1
    rows = [
        {
            "label": line.label, "spent": yuan(line.spent), "times": line.times, "over": yuan(line.over) if line.over else "",
            "width": round(float(100 * line.spent / most), 1), "url": rows_url(span, Shown.SPENT, way, line.key),
            "times_url": rows_url(span, Shown.TIMES, way, line.key),
        }
        for line in lines
    ]  # fmt: skip
    return {"label": label, "rows": rows, "id": way}
