"""Promises to arrive and finished orders behind a figure, as the report's own definition gives them one by one."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from helpdesk.drill.choices import ARRIVALS, SENT, YES
from helpdesk.drill.matters import Asked, short
from helpdesk.drill.sources import ORDER, Entry, Listed
from helpdesk.report.figures import SATISFIED
from helpdesk.report.finishing import finishes
from helpdesk.report.limits import Limit, limits
from helpdesk.report.svg import bin_of
from helpdesk.report.tables import NO_TRADE, NOBODY, sent_out
from helpdesk.report.works import Work, reworked, works
from reception.core.clock.periods import local

Crew = tuple[str, str]
Found = Iterator[tuple[Crew, Entry]]


def minutes(spent: float) -> str:
    """1小时5分 of minutes."""
    hours, rest = divmod(int(spent), 60)
    return f"{hours}小时{rest}分" if hours else f"{rest}分钟"


def _promise(row: Limit) -> str:
    word = "约定" if row.agreed else "半小时"
    spent = f"，用时 {minutes(row.minutes)}" if row.minutes is not None else ""
    return f"{word}时限 {short(row.due)}{spent}，{'及时' if row.kept else '不及时'}"


def _promises(asked: Asked, start: datetime, end: datetime) -> Found:
    """Of 到场及时率, 践约率 and the histogram."""
    for row in limits(start, end):
        if asked["of"] == ARRIVALS:
            wanted = row.minutes is not None and asked.get("bin") in (None, bin_of(row.minutes))
        else:
            wanted = row.agreed == (asked["of"] == "kept")
            wanted = wanted and (not asked["part"] or row.kept == (asked["part"] == YES))
        if wanted:
            yield row.crew, Entry(row.due, ORDER, row.order, _promise(row))


def _finishes(asked: Asked, start: datetime, end: datetime) -> Found:
    """Of 完工及时率."""
    for row in finishes(start, end):
        if not asked["part"] or row.kept == (asked["part"] == YES):
            note = f"完工时限 {short(row.due)}，{'及时' if row.kept else '不及时'}"
            yield row.crew, Entry(row.due, ORDER, row.order, note)


def _judged(of: str, row: Work, start: datetime, end: datetime) -> tuple[datetime, bool | None, str] | None:
    """(moment, whether it counts — None of 返修率, grounds) of an order that belongs to the base, else None."""
    done = start <= row.finished < end
    if of == "revisits":
        if row.slip is None or not start <= row.slip < end:
            return None
        return (
            row.slip,
            row.revisited is not None and row.revisited < end,
            f"底联返回 {short(row.slip)}，回访 {short(row.revisited)}",
        )
    if not done or (of == "satisfied" and row.score is None):
        return None
    if of == "satisfied":
        return row.finished, row.score >= SATISFIED, f"评分 {row.score}"  # type: ignore[operator]
    verdict = row.slip is not None and row.slip < end if of == "slips" else None
    said = f"，底联返回 {short(row.slip)}" if of == "slips" else ""
    return row.finished, verdict, f"完工 {short(row.finished)}{said}"


def _sent(start: datetime, end: datetime) -> Found:
    """Of 派单."""
    columns = ("trade", "repairer__trade", "repairer__name", "dispatched_at", "pk")
    for trade, own, name, at, pk in sent_out(start, end).values_list(*columns):
        yield (own or trade, name or ""), Entry(at, ORDER, pk, f"{short(at)} 派单")


def _works(asked: Asked, start: datetime, end: datetime) -> Found:
    """Of 派单, 返修率, 回单率, 回访率 and 满意率."""
    if asked["of"] == SENT:
        yield from _sent(start, end)
        return
    done = works(start, end)
    if asked["of"] == "rework" and asked["part"]:
        for crew, order, created in reworked(start, end, done):
            yield crew, Entry(created, ORDER, order, "三十天内同处同类完过工")
        return
    for row in done:
        found = _judged(asked["of"], row, start, end)
        if found and (not asked["part"] or found[1] == (asked["part"] == YES)):
            yield row.crew, Entry(found[0], ORDER, row.order, found[2])


def _fits(asked: Asked, crew: Crew, at: datetime) -> bool:
    trade, name = crew[0] or NO_TRADE, crew[1] or NOBODY
    here = local(at)
    wanted: tuple[tuple[Any, Any], ...] = (
        (asked.get("trade"), trade), (asked.get("who"), name), (asked.get("day"), here.date()),
        (asked.get("weekday"), here.isoweekday()),
    )  # fmt: skip
    hour = asked.get("hour")
    return all(not want or want == have for want, have in wanted) and hour in (None, here.hour)


def _listed(found: Iterable[tuple[Crew, Entry]], asked: Asked) -> Listed:
    return Listed.of(entry for crew, entry in found if _fits(asked, crew, entry.at))


def promise_rows(asked: Asked, start: datetime, end: datetime) -> Listed:
    """The promises of [start, end) that `asked` speaks of."""
    found = _finishes if asked["of"] == "finished" else _promises
    return _listed(found(asked, start, end), asked)


def work_rows(asked: Asked, start: datetime, end: datetime) -> Listed:
    """The orders finished, returned or come again in [start, end) that `asked` speaks of."""
    return _listed(_works(asked, start, end), asked)
