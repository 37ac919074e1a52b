"""How a row reads: one line, the same on the page, on paper, in the snapshot and in a refusal."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from reception.core.clock.periods import local
from visits.arrangements.choices import Kind, Payer
from visits.arrangements.models import Arrangement

READY = (("tea", "茶水"), ("tables", "桌椅"), ("projector", "投影"), ("cards", "席卡"))
SPEAK = (("tech", "技术"), ("make", "制造"), ("quality", "品质"))


def day(on: date | None) -> str:
    """10月31日; 日期未定."""
    return f"{on.month}月{on.day}日" if on else "日期未定"


def moment(at: datetime | None) -> str:
    """10月31日 09:40; 时间未定."""
    return f"{day(local(at).date())} {local(at):%H:%M}" if at else "时间未定"


def when(row: Any) -> str:
    """The time of a row."""
    if row.KIND == Kind.MEAL:
        return f"{day(row.held_on)} {row.get_meal_display()}"
    if row.KIND == Kind.LODGING:
        return f"{day(row.check_in)}至{day(row.check_out)}"
    return moment(row.departs if row.KIND == Kind.TICKET else row.starts)


def line(row: Arrangement) -> str:
    """10月31日 午餐 工作餐 公司食堂 来宾 6 陪餐 3（何志远、邱实） 60 元/人."""
    return " ".join(part for part in [when(row), *WORDS[row.KIND](row)] if part)


def booked(row: Any) -> str:
    """What is known of the booking: 确认号 HB-3301 湖A·12345 周师傅 139…; "" while there is none."""
    parts = [f"确认号 {row.confirmation}" if row.confirmation else ""]
    if row.KIND == Kind.CAR:
        parts += [row.plate, row.driver, row.driver_phone]
    return " ".join(filter(None, [*parts, row.booking_note]))


def _meal(row: Any) -> list[str]:
    names = f"（{row.diner_names}）" if row.diner_names else ""
    return [
        row.get_style_display(), row.place, f"来宾 {row.guests}" if row.guests else "",
        f"陪餐 {row.diners}{names}" if row.diners is not None else names and f"陪餐{names}", _price(row, "人"),
    ]  # fmt: skip


def _lodging(row: Any) -> list[str]:
    return [row.hotel, row.room_type, f"{row.rooms} 间" if row.rooms else "", row.get_payer_display(),
            _price(row, "间·晚") if row.payer == Payer.OURS else ""]  # fmt: skip


def _car(row: Any) -> list[str]:
    return [row.get_ride_display(), row.place, f"{row.people} 人" if row.people else ""]


def _meeting(row: Any) -> list[str]:
    until = f"至 {local(row.ends):%H:%M}" if row.ends else ""
    welcome = f"大屏“{row.welcome}”" if row.welcome else ""
    return [until, row.place or row.get_venue_display(), _ticked(row, READY), welcome]


def _tour(row: Any) -> list[str]:
    guide = f"讲解 {row.guide}" if row.guide else ""
    speak = _ticked(row, SPEAK)
    return ["展厅" if row.hall else "", row.route, guide, f"{speak}介绍" if speak else ""]


def _ticket(row: Any) -> list[str]:
    return [row.get_kind_display(), row.number, row.passengers, row.get_payer_display()]


def _ticked(row: Any, names: tuple[tuple[str, str], ...]) -> str:
    return "、".join(text for name, text in names if getattr(row, name))


def _price(row: Any, unit: str) -> str:
    return "" if row.price is None else f"{row.price:,.2f}".removesuffix(".00") + f" 元/{unit}"


WORDS: dict[Kind, Callable[[Any], list[str]]] = {
    Kind.MEAL: _meal,
    Kind.LODGING: _lodging,
    Kind.CAR: _car,
    Kind.MEETING: _meeting,
    Kind.TOUR: _tour,
    Kind.TICKET: _ticket,
}
