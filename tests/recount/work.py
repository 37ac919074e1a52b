"""Orders: who came when, what was done in time, what came back, what people said of it (D4.4.1, E5.3)."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from tests.recount.raw import within

MONTH = timedelta(days=30)
Crew = tuple[str, str]


def crew(house: Any, person: int | None, order: dict[str, Any]) -> Crew:
    """(trade, name) of whoever it is, the order's trade for nobody."""
    user = house.by.user.get(person)
    return ((user["trade"] if user else "") or order["trade"], user["name"] if user else "")


def struck(row: dict[str, Any], end: datetime) -> bool:
    """Struck out before `end`."""
    return bool(row["void_at"] and row["void_at"] < end)


def limits(house: Any, start: datetime, end: datetime) -> Iterator[tuple[Crew, bool, bool, float | None]]:
    """(crew, agreed, kept, minutes) of every promise to come that fell due in [start, end)."""
    rounds: dict[int, int] = {}
    first: dict[int, bool] = {}
    for event in house.event:
        if event["verb"] == "dispatch" and event["subject_kind"] == "helpdesk.repair":
            detail = event["detail"] if isinstance(event["detail"], dict) else json.loads(event["detail"])
            first.setdefault(event["subject_id"], bool(detail.get("agreed")))
    clocks = [c for c in house.clock if c["rule"] == "repair.arrive"]
    for clock in clocks:
        rounds[clock["subject_id"]] = max(clock["round"], rounds.get(clock["subject_id"], 0))
    for clock in clocks:
        order, stop, due = house.by.order[clock["subject_id"]], clock["stopped_at"], clock["due_at"]
        if not within(due, start, end):
            continue
        came = order["arrived_at"] if order["arrived_at"] == stop and stop and stop < end else None
        if not came and stop and stop <= due:
            continue
        anew = rounds[order["id"]] > 1
        agreed = clock["round"] > 1 or (first.get(order["id"], False) if anew else bool(order["agreed"]))
        minutes = None if agreed or not came else (came - clock["started_at"]).total_seconds() / 60
        yield crew(house, clock["owner_id"], order), agreed, bool(came and came <= due), minutes
    for order in house.order:
        due, sent = order["arrive_due_at"], order["dispatched_at"]
        if not order["agreed"] or not within(due, start, end) or (sent and sent <= due):
            continue
        if not any(order[name] and order[name] <= due for name in ("cancelled_at", "closed_at", "void_at")):
            yield (order["trade"], ""), True, False, None


def finishes(house: Any, start: datetime, end: datetime) -> Iterator[tuple[Crew, bool]]:
    """(crew, kept) of every limit for the work that fell due; what was on hold at the end was not due."""
    for clock in house.clock:
        due, stop = clock["due_at"], clock["stopped_at"]
        if clock["rule"] != "repair.finish" or not within(due, start, end):
            continue
        if any(h["clock_id"] == clock["id"] and h["paused_at"] < end and h["paused_at"] <= due
               and not (h["resumed_at"] and h["resumed_at"] < end) for h in house.hold):  # fmt: skip
            continue
        order = house.by.order[clock["subject_id"]]
        done = order["finished_at"] is not None and order["finished_at"] == stop
        if done or not stop or clock["breached_at"]:
            yield crew(house, clock["owner_id"], order), bool(done and stop <= due)


def done(house: Any, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Orders finished in [start, end) that stand."""
    return [o for o in house.order if within(o["finished_at"], start, end) and not struck(o, end)]


def slips(house: Any, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Orders whose slip came back in [start, end)."""
    return [
        o for o in house.order if within(o["slip_at"], start, end) and o["finished_at"] and not struck(o, end)
    ]


def again(house: Any, start: datetime, end: datetime) -> list[Crew]:
    """For every order written in [start, end) that repeats what was finished there within 30 days: whose work that was."""

    def spot(o: dict[str, Any]) -> tuple[Any, ...]:
        return (o["category_id"], o["unit_id"] or o["place"].strip())

    before = [o for o in house.order if o["finished_at"] and o["finished_at"] < end and not struck(o, end)]
    found = []
    for one in house.order:
        cancelled = one["cancelled_at"] and one["cancelled_at"] < end
        if not within(one["created_at"], start, end) or struck(one, end) or cancelled:
            continue
        same = [
            o
            for o in before
            if spot(o) == spot(one) and one["created_at"] - MONTH <= o["finished_at"] <= one["created_at"]
        ]
        if same:
            last = max(same, key=lambda o: o["finished_at"])
            found.append(crew(house, last["repairer_id"], last))
    return found


def share(flags: list[bool]) -> tuple[int, int]:
    """(part, base)."""
    return sum(map(bool, flags)), len(flags)


def ninety(values: list[float]) -> float | None:
    """The time that nine in ten do not exceed."""
    return sorted(values)[ceil(0.9 * len(values)) - 1] if values else None


def mean(values: list[float]) -> float | None:
    """The average."""
    return sum(values) / len(values) if values else None
