"""The demo's rooms, cars, drivers, hotels …, and what is booked of them these days (B4)."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from reception.core.clock.periods import day_bounds, local
from reception.core.people.models import User
from visits.models import Reception, Resource
from visits.resources.actions import add_resource
from visits.resources.booking import book
from visits.resources.clashes import in_the_way

H = timedelta(hours=1)
# 种类, 名称, 内外部, 地点, 负责人, 电话, 容量, 提前, 事后, 协议价, 计价单位
ROWS = (
    ("room", "一号会议室", "inside", "办公楼二层", "陶芸", "8102", 16, 30, 15, None, ""),
    ("room", "二号会议室", "inside", "办公楼二层", "陶芸", "8102", 24, 30, 15, None, ""),
    ("room", "贵宾厅", "inside", "办公楼一层", "陶芸", "8102", 12, 60, 30, None, ""),
    ("office", "总经理会客室", "inside", "办公楼五层", "孟瑶", "8100", 8, 15, 15, None, ""),
    ("car", "浙E·7K208", "inside", "东门车库", "吴师傅", "13705726621", 7, 30, 30, None, ""),
    ("car", "浙E·5M316", "inside", "东门车库", "周师傅", "13705728842", 18, 30, 30, None, ""),
    ("driver", "吴师傅", "inside", "车队", "吴师傅", "13705726621", None, 0, 0, None, ""),
    ("hall", "一号展厅", "inside", "展示中心", "许岚", "8166", 30, 15, 15, None, ""),
    ("guide", "方可", "inside", "技术品质部", "方可", "8133", None, 0, 15, None, ""),
    ("hotel", "湖景楼", "outside", "湖滨路 9 号", "柏经理", "0572-2088600", None, 0, 0, 388, "间·晚"),
    ("restaurant", "湖景楼餐厅", "outside", "湖滨路 9 号", "柏经理", "0572-2088611", 120, 0, 0, 138, "人"),
    ("gift", "湖笔礼盒", "outside", "", "文房斋", "0572-2031177", None, 0, 0, 198, "套"),
)  # fmt: skip
COLUMNS = (
    "kind", "name", "source", "place", "keeper", "phone", "capacity", "setup_before", "setup_after", "price", "price_unit",
)  # fmt: skip


def stock(by: User, at: datetime) -> dict[str, Resource]:
    """Everything of ROWS by its name; the hotel's contract has just run out."""
    found = {}
    for values in ROWS:
        fields: dict[str, Any] = dict(zip(COLUMNS, values, strict=True))
        if fields["price"] is not None:
            fields["price"] = Decimal(fields["price"])
            fields["price_until"] = local(at).date() + timedelta(
                days=-9 if fields["kind"] == "hotel" else 200
            )
        found[fields["name"]] = add_resource(by=by, at=at, fields=fields)
    return found


def reserve(found: dict[str, Resource], cast: dict[str, User], at: datetime) -> None:
    """What the next receptions need, and a few meetings of our own."""
    tomorrow = day_bounds(local(at).date() + timedelta(days=1))[0]
    for name, who, day, start, hours, what in (
        ("一号会议室", "tech", 0, 9, 2, "产能评审"),
        ("一号会议室", "sales_head", 0, 14, 1.5, "周例会"),
        ("二号会议室", "quality", 1, 10, 2, "供方质量会"),
        ("浙E·7K208", "general", 0, 8, 3, "机场接送资料"),
    ):
        begin = tomorrow + timedelta(days=day) + start * H
        book(found[name], by=cast[who], at=at, start=begin, end=begin + hours * H, purpose=what)
    soon = local(at).replace(minute=0, second=0, microsecond=0) + H
    book(
        found["二号会议室"],
        by=cast["make"],
        at=at,
        start=soon,
        end=soon + 2 * H,
        purpose="排产协调",
        people=9,
    )
    book(
        found["总经理会客室"], by=cast["vgm"], at=at, start=soon + H, end=soon + 2 * H, purpose="年度合作面谈"
    )
    rows = Reception.objects.for_page().filter(arrive_at__gt=at + 30 * H, status__in=("pending", "preparing"))
    for reception in rows.order_by("arrive_at", "id")[:4]:
        begin = reception.arrive_at or at
        halls = [found[name] for name in ("贵宾厅", "二号会议室", "一号会议室")]
        hall = next((one for one in halls if not in_the_way(one, begin, begin + 2 * H)), None)
        if hall:
            book(hall, by=reception.applicant, at=at, start=begin, end=begin + 2 * H, reception=reception)
