"""A first plan of a meeting, from what the reception says. Reads, writes nothing; a person corrects it (B2a)."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from visits.arrangements.queries import rows_of
from visits.arrangements.words import when
from visits.briefing.place_cards import parted
from visits.itinerary.choices import ItemKind
from visits.itinerary.models import Item
from visits.meetings.choices import Honour, Side
from visits.profiles.choices import Nature

M = timedelta(minutes=1)
LONGEST = 120  # minutes of a meeting that nobody gave an end
CONDUCT = """提前 10 分钟入场，按座位图就座。
手机调至静音，会议期间不接打电话。
按发言顺序和时间发言，发言人提前 2 分钟准备。
会议材料请妥善保管，标有密级的会后交回。"""
HALF = 30


def hours(reception: Any) -> tuple[datetime, datetime, str]:
    """Start, end and place: of the first meeting on the form, else of the itinerary, else from the arrival on."""
    row = next((one for one in rows_of(reception)["meetings"] if one.starts), None)
    if row:
        return _within(reception, row.starts, row.ends, row.place or row.get_venue_display())
    items = Item.objects.filter(itinerary__reception=reception.pk, kind=ItemKind.MEETING)
    item = items.order_by("start").first()
    if item:
        return _within(reception, item.start, item.end, item.place)
    return _within(reception, reception.arrive_at, None, "")


def _within(
    reception: Any, start: datetime, end: datetime | None, place: str
) -> tuple[datetime, datetime, str]:
    """The hours, cut to those of the visit."""
    start = start if reception.arrive_at <= start < reception.leave_at else reception.arrive_at
    end = end if end and end > start else start + LONGEST * M
    return start, min(end, reception.leave_at), place


def facts(reception: Any) -> dict[str, Any]:
    """Columns of the Meeting but the seats."""
    start, end, place = hours(reception)
    rows, subject = rows_of(reception), reception.subject.strip()
    phone = f" {reception.applicant_phone}" if reception.applicant_phone else ""
    return {
        "title": subject if subject.endswith("会") and len(subject) <= 30 else f"{reception.customer_name}会议"[:60],
        "start": start, "end": end, "place": place,
        "honour": Honour.RIGHT if reception.nature in (Nature.FOREIGN, Nature.BUSINESS) else Honour.LEFT,
        "conduct": CONDUCT, "meals": _lines(rows["meals"], _meal), "rides": _lines(rows["cars"], _ride),
        "staff": f"{reception.applicant}（{reception.department}，经办）{phone}",
    }  # fmt: skip


def _lines(rows: Iterable[Any], words: Callable[[Any], tuple[str, ...]]) -> str:
    return "\n".join(" ".join(filter(None, words(row))) for row in rows)


def _meal(row: Any) -> tuple[str, ...]:
    """Guests read it: no prices, no names of those who accompany."""
    return when(row), row.place


def _ride(row: Any) -> tuple[str, ...]:
    return when(row), row.get_ride_display(), row.place, row.plate, row.driver, row.driver_phone


def people(reception: Any, ours: str) -> list[dict[str, Any]]:
    """Columns of the Participants in the order of rank: the guests as the roster has them, who leads first; of ours
    the host, then those who accompany, as their posts rank. `ours`: the name of our organisation."""
    guests = sorted(reception.guests.all(), key=lambda guest: not guest.is_leader)
    theirs = [
        {"side": Side.THEIRS, "name": guest.name, "organisation": guest.organisation or reception.customer_name,
         "title": guest.title, "phone": guest.phone}
        for guest in guests
    ]  # fmt: skip
    users = list(reception.colleagues.select_related("position"))
    users = [reception.host, *sorted(users, key=lambda user: -user.rank)] if reception.host else users
    mine = {user.name: _one_of_us(user.name, ours, str(user.position or ""), user.phone) for user in users}
    for name in parted(reception.companions):
        mine.setdefault(name, _one_of_us(name, ours))
    return [*theirs, *mine.values()]


def _one_of_us(name: str, ours: str, title: str = "", phone: str = "") -> dict[str, Any]:
    return {"side": Side.OURS, "name": name[:40], "organisation": ours, "title": title, "phone": phone}


def agenda(start: datetime, end: datetime, ours: Any, theirs: Any) -> list[dict[str, Any]]:
    """Rows of AgendaRow: a beginning, our report, the talk, and a word of the guests' first at the end; one row when
    there is little time. `ours`, `theirs`: the first of either side, or None."""
    length = int((end - start).total_seconds() // 60)
    if length < 2 * HALF:
        return [_row("会谈", start, end)]
    report, last = start + 10 * M + length // 4 * M, end - 15 * M
    return [
        _row("介绍参会人员，宣布议程", start, start + 10 * M, ours),
        _row("情况汇报", start + 10 * M, report, ours, length // 4),
        _row("交流讨论", report, last), _row("领导讲话", last, end, theirs, 15),
    ]  # fmt: skip


def _row(
    topic: str, start: datetime, end: datetime, speaker: Any = None, minutes: int | None = None
) -> dict[str, Any]:
    return {"topic": topic, "start": start, "end": end, "speaker": speaker, "minutes": minutes}
