"""A first itinerary from what the form says: its rows of meals, cars, meetings and so on, and where there are none,
its ticked needs. Reads, writes nothing; a person corrects it (A5.2)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from reception.core.clock.periods import SHANGHAI, local
from reception.core.people.models import Department
from visits.arrangements.choices import Ride
from visits.arrangements.queries import rows_of
from visits.itinerary.choices import TRAVEL, ItemKind

Draft = dict[str, Any]
M = timedelta(minutes=1)
MEALS = {"breakfast": (time(7, 30), 45), "lunch": (time(12), 60), "dinner": (time(18), 90)}
BEGINS, ENDS = time(9), time(17, 30)
# Whose work each kind is; everything else is the responsible department's (records §1.3).
OWNERS = {ItemKind.PICK: "general", ItemKind.RETURN: "general", ItemKind.MEAL: "general", ItemKind.REST: "general",
          ItemKind.TOUR: "tech"}  # fmt: skip


def draft_rows(reception: Any) -> list[Draft]:
    """Rows (Item's columns) in the order of time, none overlapping, all but the travel inside the visit's hours."""
    if not (reception.arrive_at and reception.leave_at):
        return []
    departments = {row.code: row for row in Department.objects.all()}
    rows = list(_written(reception))
    kinds = {row["kind"] for row in rows if not row.get("fixed")}  # a train is no ride to it
    rows += _supposed(reception, rows, kinds)
    rows.sort(key=lambda row: (row["start"], row["end"]))
    kept: list[Draft] = []
    for row in rows:
        if _fits(row, kept, reception):
            kept.append(row)
    for row in kept:
        row["department"] = departments.get(OWNERS.get(row["kind"], "")) or reception.department
        row["person"] = reception.host if row["kind"] == ItemKind.WELCOME else None
    return kept


def _fits(row: Draft, kept: list[Draft], reception: Any) -> bool:
    """Whether the row lies in the visit (travel may not) and beside those already there."""
    if row["kind"] not in TRAVEL and (row["start"] < reception.arrive_at or row["end"] > reception.leave_at):
        return False
    free = row.get("parallel") or all(
        one.get("parallel") or row["start"] >= one["end"] or row["end"] <= one["start"] for one in kept
    )
    return bool(free)


def _row(kind: ItemKind, what: str, start: datetime, minutes: int, place: str = "", **more: Any) -> Draft:
    end = more.pop("end", None) or start + minutes * M
    return {
        "kind": kind,
        "what": what[:60],
        "start": start,
        "end": max(end, start + M),
        "place": place[:60],
        **more,
    }


def _written(reception: Any) -> Iterator[Draft]:
    """What the form's own rows say, those with a time."""
    rows = rows_of(reception)
    for car in rows["cars"]:
        if car.starts and car.ride == Ride.PICK_UP:
            end = reception.arrive_at if reception.arrive_at > car.starts else None
            yield _row(ItemKind.PICK, "接站", car.starts, 45, car.place, end=end)
        elif car.starts and car.ride == Ride.SEE_OFF:
            yield _row(ItemKind.RETURN, "送站", car.starts, 45, car.place)
    for meeting in rows["meetings"]:
        if meeting.starts:
            place = meeting.place or meeting.get_venue_display()
            yield _row(ItemKind.MEETING, "会议洽谈", meeting.starts, 90, place, end=meeting.ends)
    for tour in rows["tours"]:
        if tour.starts:
            note = f"讲解 {tour.guide}" if tour.guide else ""
            yield _row(ItemKind.TOUR, "参观", tour.starts, 90, tour.route or "展厅、车间", note=note)
    for meal in rows["meals"]:
        if meal.held_on:
            yield _meal(meal.held_on, meal.meal, meal.get_meal_display(), meal.place)
    for bed in rows["lodgings"]:
        if bed.check_in:
            yield _row(ItemKind.REST, "入住", _at(bed.check_in, time(20)), 30, bed.hotel)
    for ticket in rows["tickets"]:
        if ticket.departs:
            what = f"{ticket.number or ticket.get_kind_display()} 发车"
            yield _row(ItemKind.RETURN, what, ticket.departs - 10 * M, 10, fixed=True, parallel=True)


def _meal(day: date, code: str, label: str, place: str = "") -> Draft:
    begins, minutes = MEALS.get(code, MEALS["lunch"])
    return _row(ItemKind.MEAL, label, _at(day, begins), minutes, place)


def _supposed(reception: Any, rows: list[Draft], kinds: set[str]) -> list[Draft]:
    """What the needs ask for and no row of the form says yet."""
    arrive, leave, needs = reception.arrive_at, reception.leave_at, set(reception.needs)
    made = [_row(ItemKind.WELCOME, "欢迎，介绍公司概况", arrive, 15, "大厅")]
    if "pick" in needs and ItemKind.PICK not in kinds:
        made.append(_row(ItemKind.PICK, "接站", arrive - 45 * M, 45, reception.transport))
    if "pick" in needs and ItemKind.RETURN not in kinds:
        made.append(_row(ItemKind.RETURN, "送站", leave, 45))
    if "meal" in needs and ItemKind.MEAL not in kinds:
        made += [_meal(day, code, label) for day in _days(reception) for code, label in (("lunch", "午餐"), ("dinner", "晚餐"))]  # fmt: skip
    if "bed" in needs and ItemKind.REST not in kinds:
        made += [_row(ItemKind.REST, "入住酒店", _at(day, time(20)), 30) for day in _days(reception)[:-1]]
    return made + _sessions(reception, [*rows, *made], kinds, needs)


def _sessions(reception: Any, taken: list[Draft], kinds: set[str], needs: set[str]) -> list[Draft]:
    """A meeting and a tour on the first day where they fit, a meeting on every further one."""
    wanted = []
    if "room" in needs and ItemKind.MEETING not in kinds:
        wanted.append((ItemKind.MEETING, "会议洽谈"))
    if "tour" in needs and ItemKind.TOUR not in kinds:
        wanted.append((ItemKind.TOUR, "参观车间与展厅"))
    made: list[Draft] = []
    for day in _days(reception):
        for kind, what in wanted:
            start = _gap(day, 90 * M, [*taken, *made], reception)
            if start:
                made.append(_row(kind, what, start, 90))
        wanted = [one for one in wanted if one[0] == ItemKind.MEETING]
    return made


def _gap(day: date, length: timedelta, taken: list[Draft], reception: Any) -> datetime | None:
    """The first stretch of office hours that day which is free for so long; None when there is none."""
    start = max(_at(day, BEGINS), reception.arrive_at)
    last = min(_at(day, ENDS), reception.leave_at)
    while start + length <= last:
        hit = next((one for one in taken if one["start"] < start + length and one["end"] > start), None)
        if hit is None:
            return start
        start = hit["end"]
    return None


def _days(reception: Any) -> list[date]:
    """The Shanghai days of the visit."""
    first, last = local(reception.arrive_at).date(), local(reception.leave_at).date()
    return [first + timedelta(days=number) for number in range(min((last - first).days, 30) + 1)]


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, SHANGHAI)
