"""What came in and went out: each thing that was reported, followed through its times (records §2.4)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.recount.raw import CHINA, day, shifted, within

KINDS = {
    "enquiry": "查询", "repair": "报修", "complaint": "投诉", "advice": "建议", "praise": "表扬", "help": "求助",
    "emergency": "突发", "transfer": "转接",
}  # fmt: skip
COUNTS = ("carried", "fresh", "again", "closed", "void", "left")


@dataclass
class Matter:
    """One thing somebody reported, as it stood at the end: came in, went out how and when."""

    no: str
    came: datetime
    closed: datetime | None
    gone: datetime | None  # cancelled or struck out
    kind: str
    category: int | None
    again: bool
    unit: int | None
    place: str
    row: dict[str, Any]

    def how(self, start: datetime, end: datetime) -> str:
        """ "" when it was no matter of [start, end); else closed, void or left."""
        over = self.closed or self.gone
        if self.came >= end or (over and over < start):
            return ""
        if self.gone and self.gone < end:
            return "void"
        return "closed" if self.closed and self.closed < end else "left"


def stood(row: dict[str, Any], end: datetime) -> bool:
    """Written before `end`, and not struck out before it."""
    return row["created_at"] < end and not (row["void_at"] and row["void_at"] < end)


def matters(house: Any, end: datetime) -> Iterator[Matter]:
    """Every call that stayed one and every order that is one, with the kind it had at `end`."""
    led: dict[int, dict[str, Any]] = {}
    for noun in ("complaint", "emergency", "matter", "enquiry"):
        led |= {
            row["call_id"]: row | {"noun": noun}
            for row in getattr(house, noun)
            if row["call_id"] and stood(row, end)
        }
    struck = {o["call_id"] for o in house.order if o["void_at"] and (o["closed_at"] or o["cancelled_at"])}
    for call in house.call:
        if call["status"] == "converted" or (call["status"] == "void" and call["id"] in struck):
            continue
        case = led.get(call["id"])
        kind, category = call["kind"], call["category_id"]
        if case:
            kind = (
                case["noun"] if case["noun"] != "matter" else case["kind"] if case["kind"] in KINDS else kind
            )
            category = case["category_id"] or (category if kind == call["kind"] else None)
        yield Matter(call["no"], call["recorded_at"], call["closed_at"], call["void_at"], kind, category, False,
                     call["unit_id"], call["place"], call)  # fmt: skip
    for order in house.order:
        call = house.by.call.get(order["call_id"])
        over = order["closed_at"] or order["cancelled_at"]
        if call and order["void_at"] and not over:
            continue  # given back to its call
        written = order["created_at"] < end
        if not written and not call:
            continue
        gone = order["cancelled_at"] or order["void_at"]
        kind, category = ("repair", order["category_id"]) if written else (call["kind"], call["category_id"])
        yield Matter(order["no"] if written else call["no"], (call or order)["recorded_at" if call else "created_at"],
                     order["closed_at"], gone, kind, category, written and bool(order["origin_id"]),
                     order["unit_id"], order["place"], order)  # fmt: skip


def flows(house: Any, start: datetime, end: datetime) -> dict[tuple[str, int | None], Counter[str]]:
    """The columns of 分类汇总 by (kind, category)."""
    found: dict[tuple[str, int | None], Counter[str]] = defaultdict(Counter)
    for one in matters(house, end):
        how = one.how(start, end)
        if not how:
            continue
        n = found[one.kind, one.category]
        new = one.came >= start
        n["carried" if not new else "again" if one.again else "fresh"] += 1
        n[how] += 1
        n["received"] += new
        n["same_day"] += bool(new and how == "closed" and one.closed and day(one.came) == day(one.closed))
    return found


def total(found: dict[Any, Counter[str]]) -> Counter[str]:
    """All together."""
    return sum(found.values(), Counter())


def months(house: Any, end: datetime) -> Iterator[tuple[str, int, int, int]]:
    """(month, 受理, 关闭, 期末未关闭) of the twelve that end with `end`."""
    last = end if end.astimezone(CHINA).day == 1 else shifted(end, 1)
    for back in range(12, 0, -1):
        start = shifted(last, -back)
        stop = min(shifted(last, 1 - back), end)
        n = total(flows(house, start, stop))
        yield f"{start:%Y-%m}", n["received"], n["closed"], n["left"]


def word(house: Any, category: int | None) -> str:
    """大·小."""
    row = house.by.category.get(category)
    if row is None:
        return "未分类"
    parent = house.by.category.get(row["parent_id"])
    return f"{parent['name']}·{row['name']}" if parent else row["name"]


def area(house: Any, one: Matter) -> str:
    """The building, by the unit, else by how the address begins (the longest name first)."""
    if one.unit:
        return house.by.building[house.by.unit[one.unit]["building_id"]]["name"]
    names = sorted((row["name"] for row in house.building), key=len, reverse=True)
    return next((name for name in names if one.place.lower().startswith(name.lower())), "公共区域与其他")


def areas(
    house: Any, start: datetime, end: datetime
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """受理 by (area, 大类), and the repairs of it by (area, first level)."""
    kinds, repairs = Counter(), Counter()
    for one in matters(house, end):
        if one.how(start, end) and within(one.came, start, end):
            kinds[area(house, one), KINDS[one.kind]] += 1
            if one.kind == "repair":
                repairs[area(house, one), word(house, one.category).partition("·")[0]] += 1
    return kinds, repairs
