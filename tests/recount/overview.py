"""The figures of 总览, each with what it was divided from."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.recount import work
from tests.recount.matters import flows, stood, total
from tests.recount.raw import within
from tests.recount.work import share, struck

TARGETS = {
    "三声接听率": 0.95, "办结率": 0.9, "当日关闭率": 0.85, "到场及时率": 0.9, "践约率": 0.95, "完工及时率": 0.9, "按时回复率": 0.95,
    "返修率": -0.03, "回单率": 0.95, "回访率": 0.9, "满意率": 0.9,
}  # fmt: skip


def figures(house: Any, start: datetime, end: datetime) -> dict[str, Any]:
    """label → a count, (part, base) of a share, or [seconds, how many] of a mean."""
    by = flows(house, start, end)
    n = total(by)
    of = {
        kind: sum(c["received"] for (one, _), c in by.items() if one == kind)
        for kind in ("repair", "complaint")
    }
    due = list(work.limits(house, start, end))
    finished, back = work.done(house, start, end), work.slips(house, start, end)
    phones = [
        c
        for c in house.call
        if c["channel"] == "phone" and within(c["recorded_at"], start, end) and not struck(c, end)
    ]
    return {
        "来电": len(phones),
        "三声接听率": share([c["rings"] <= 3 for c in phones if c["rings"] is not None]),
        "受理": n["received"], "其中 报修": of["repair"], "其中 投诉": of["complaint"], "期初遗留": n["carried"], "新增": n["fresh"],
        "重开": n["again"], "关闭": n["closed"], "作废": n["void"], "期末未关闭": n["left"],
        "办结率": (n["closed"], n["carried"] + n["received"] - n["void"]),
        "当日关闭率": (n["same_day"], n["received"]),
        "到场及时率": share([kept for _, agreed, kept, _ in due if not agreed]),
        "践约率": share([kept for _, agreed, kept, _ in due if agreed]),
        "完工及时率": share([kept for _, kept in work.finishes(house, start, end)]),
        "按时回复率": share(list(replies(house, start, end))),
        "返修率": (len(work.again(house, start, end)), len(finished)),
        "回单率": share([o["slip_at"] is not None and o["slip_at"] < end for o in finished]),
        "回访率": share([o["revisited_at"] is not None and o["revisited_at"] < end for o in back]),
        "满意率": share([o["score"] >= 4 for o in finished if o["score"] is not None]),
        "首报时长": first_reports(house, start, end),
    }  # fmt: skip


def replies(house: Any, start: datetime, end: datetime) -> Iterator[bool]:
    """Whether each promise to call back that fell due was kept."""
    asked = {row["id"]: row for row in house.enquiry if stood(row, end)}
    gone_over = {
        asked[b["enquiry_id"]]["call_id"]: min(b["made_at"], b["made_at"])
        for b in house.back
        if b["enquiry_id"] in asked
    }
    for back in house.back:
        if back["enquiry_id"] in asked and asked[back["enquiry_id"]]["call_id"]:
            call = asked[back["enquiry_id"]]["call_id"]
            gone_over[call] = min(gone_over[call], back["made_at"])
    orders = {o["call_id"] for o in house.order if o["void_at"] and (o["closed_at"] or o["cancelled_at"])}
    for call in house.call:
        due = call["reply_due_at"]
        if call["status"] == "converted" or struck(call, end) or not within(due, start, end):
            continue
        if call["status"] == "void" and call["id"] in orders:
            continue
        if not (call["id"] in gone_over and gone_over[call["id"]] <= due):
            yield bool(call["replied_at"] and call["replied_at"] <= due)
    for back in house.back:
        kept = back["ended_at"] is not None and back["ended_at"] <= back["due_at"]
        moved = back["outcome"] != "done" and kept
        if back["enquiry_id"] in asked and within(back["due_at"], start, end) and not moved:
            yield kept


def first_reports(house: Any, start: datetime, end: datetime) -> list[int]:
    """[seconds, how many] from the reception to the first report."""
    found = []
    for one in house.emergency:
        told = [a["told_at"] for a in house.alert if a["emergency_id"] == one["id"]]
        if stood(one, end) and one["created_at"] >= start and told:
            found.append(int((min(told) - came(house, one)).total_seconds()))
    return [sum(found), len(found)]


def came(house: Any, one: dict[str, Any]) -> datetime:
    """When it was received: with its call, where there was one."""
    call = house.by.call.get(one["call_id"])
    return call["recorded_at"] if call else one["created_at"]


def value(figure: Any) -> float | None:
    """The number in the cell; None for —."""
    if isinstance(figure, int):
        return figure
    part, base = figure
    scale = 60 if isinstance(figure, list) else 1
    return part / base / scale if base else None


def change(now: Any, before: Any) -> float | None:
    """Points of a share, growth of the rest."""
    a, b = value(now), value(before)
    if isinstance(now, tuple):
        return None if a is None or b is None else (a - b) * 100
    return a / b - 1 if a is not None and b else None


def words(label: str, figure: Any) -> str:
    """分子/分母."""
    if isinstance(figure, int):
        return ""
    if isinstance(figure, list):
        return f"{figure[1]}件"
    few = "（样本不足）" if label == "满意率" and 0 < figure[1] < 10 else ""
    return f"{figure[0]}/{figure[1]}{few}"


def met(label: str, figure: Any) -> str:
    """达标 against the default target (negative: at most)."""
    target, now = TARGETS.get(label), value(figure)
    if target is None or now is None:
        return "—"
    return "达标" if (now >= target if target > 0 else now <= -target) else "未达标"
