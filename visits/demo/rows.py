"""The rows of the demo's forms: meals, rooms, cars, meetings, tours, tickets of a believable visit (records §1.1)."""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reception.core.clock.periods import local

if TYPE_CHECKING:
    from visits.demo.stage import Stage

Rows = dict[str, list[dict[str, Any]]]
ROUTES = ("展厅、总装线、检测中心", "展厅、数字化车间", "展厅、精加工车间、成品库")
ROOMS = ("一号会议室", "二号会议室", "五楼贵宾会议室")
GUIDES = ("方可", "李斯年", "邓文")


def rows(stage: "Stage", needs: list[str]) -> Rows:
    """What the ticked needs come to, within the visit; the days follow its length."""
    makers = {
        "meal": _meals,
        "bed": _beds,
        "pick": _cars,
        "room": _meetings,
        "tour": _tours,
        "ticket": _tickets,
    }
    names = {"meal": "meals", "bed": "lodgings", "pick": "cars", "room": "meetings", "tour": "tours", "ticket": "tickets"}  # fmt: skip
    return {names[need]: make(stage) for need, make in makers.items() if need in needs}


def _meals(stage: "Stage") -> list[dict[str, Any]]:
    """A lunch in the canteen each day that they are here at noon, and a dinner for the upper two tiers."""
    visit, first = stage.visit, local(stage.arrive)
    ours = _diners(stage)
    names = ("何志远、邱实、方可", "邱实、方可、邓文")[visit.customer % 2] if ours == 3 else ""
    found = []
    for number in range((local(stage.leave).date() - first.date()).days + 1):
        noon = (first + timedelta(days=number)).replace(hour=12, minute=0)
        if stage.arrive < noon < stage.leave:
            found.append(
                _meal(noon, "lunch", "working", "公司食堂", visit.headcount, ours, names, Decimal(50))
            )
    if visit.tier in ("vip", "guest") and visit.stay > 8:
        price = Decimal(320) if visit.story == "pending_over" else None
        found.append(_meal(first, "dinner", "banquet", "湖景楼", visit.headcount, ours, names, price))
    return found or [_meal(first, "tea", "working", "公司食堂", visit.headcount, ours, names, Decimal(30))]


def _diners(stage: "Stage") -> int:
    """As many of us as the rules allow, three at most for a small party."""
    heads = stage.visit.headcount
    return heads // 3 if stage.visit.nature == "official" and heads > 10 else min(3, heads)


def _meal(at: Any, meal: str, style: str, place: str, guests: int, ours: int, names: str, price: Any) -> dict[str, Any]:  # fmt: skip
    return {
        "held_on": local(at).date(), "meal": meal, "style": style, "place": place, "guests": guests, "diners": ours,
        "diner_names": names, "price": price,
    }  # fmt: skip


def _beds(stage: "Stage") -> list[dict[str, Any]]:
    """Single rooms in the house that we always use."""
    days = local(stage.arrive).date(), local(stage.leave).date()
    if days[0] == days[1]:
        return []
    return [
        {
            "hotel": "湖景楼",
            "room_type": "单间",
            "rooms": stage.visit.headcount,
            "check_in": days[0],
            "check_out": days[1],
        }
    ]


def _cars(stage: "Stage") -> list[dict[str, Any]]:
    """Met at the station, brought back to it."""
    people = stage.visit.headcount
    morning = local(stage.arrive).replace(hour=0, minute=0)
    return [
        {
            "ride": "pick_up",
            "starts": max(morning, stage.arrive - timedelta(minutes=30)),
            "place": "湖滨站",
            "people": people,
        },
        {"ride": "see_off", "starts": stage.leave, "place": "湖滨站", "people": people},
    ]


def _meetings(stage: "Stage") -> list[dict[str, Any]]:
    """One meeting, soon after they came."""
    starts = stage.arrive + timedelta(minutes=20)
    ends = min(starts + timedelta(minutes=90), stage.leave)
    office = stage.visit.tier == "vip"
    return [
        {"venue": "office" if office else "room", "place": "总经理办公室" if office else ROOMS[stage.visit.customer % 3],
         "starts": starts, "ends": ends, "projector": not office, "cards": stage.visit.tier != "regular"}
    ]  # fmt: skip


def _tours(stage: "Stage") -> list[dict[str, Any]]:
    """Through the hall and the works after the meeting."""
    starts = min(stage.arrive + timedelta(hours=2), stage.leave - timedelta(minutes=40))
    which = stage.visit.customer % 3
    return [{"starts": starts, "route": ROUTES[which], "guide": GUIDES[which], "quality": which != 1}]


def _tickets(stage: "Stage") -> list[dict[str, Any]]:
    """The train home, on us for the highest tier."""
    return [
        {
            "kind": "rail",
            "number": "G7183",
            "departs": stage.leave + timedelta(minutes=50),
            "passengers": "全体来宾",
        }
    ]
