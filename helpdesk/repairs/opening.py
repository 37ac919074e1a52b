"""Writing a repair order: what was reported becomes a numbered record (D4.4.1, E5.3.1–2, E5.3.4)."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from helpdesk.cases.choices import Kind
from helpdesk.cases.models import Category, classify
from helpdesk.directory.models import Unit, address, normalize
from helpdesk.repairs.choices import OrderKind, Status, Urgency
from helpdesk.repairs.models import Repair
from helpdesk.repairs.policies import check_agreed
from reception.core.flow import Refused
from reception.core.ledger import action, next_no, record
from reception.core.notices import tell
from reception.core.people.models import User
from reception.core.people.roles import Can

PREFIX, FALLBACK = "WX", "其他"


class Reported(TypedDict, total=False):
    """What is known of a repair when it is reported (E5.3.1). content and reporter, and unit or place, are needed.

    appoint_at with agreed_reason and agreed_with: the customer asked for another time than at once.
    kind is 房屋维修单 for a unit and 维修单 for the public area unless said.
    """

    content: str
    reporter: str
    phone: str
    unit: Unit | None
    place: str
    category: Category | None
    kind: str
    urgency: str
    important: bool
    paid: bool
    appoint_at: datetime | None
    agreed_reason: str
    agreed_with: str
    call: Any
    origin: Repair | None


@action
def open_order(*, by: User, at: datetime, **reported: Unpack[Reported]) -> Repair:
    """登记报修: a new order WX-…, 待派工; a 重大 one tells the managers at once (E5.3.4).

    Without a category the words decide, and 其他 when they say nothing. Raises Refused (forbidden, missing, invalid).
    """
    if not by.may(Can.LOG_CALL):
        raise Refused("forbidden", "您的岗位不能登记报修，请联系前台。")
    order = Repair(
        no=next_no(PREFIX, at), created_at=at, created_by=by, recorder_name=str(by), **columns(reported, at)
    )
    order.save(force_insert=True)
    detail = {"call": order.call.no} if order.call else {}
    if order.origin:
        detail["origin"] = order.origin.no
    record(order, "record", "登记报修", by=by, at=at, detail=detail)
    if order.important:
        tell_managers(order, at=at)
    return order


@action
def rework(order: Repair, *, by: User, at: datetime, content: str) -> Repair:
    """再报返修: what was mended is broken again: a child of `order` with clocks of its own (records §2.1).

    Raises Refused (state before it was finished, missing without words).
    """
    if order.status == Status.VOID:
        raise Refused("state", f"{order} 已作废，不能报返修，请另开维修单。")
    if order.finished_at is None:
        raise Refused("state", f"{order} 还没有完工，请在原单上继续办理，不用另报返修。")
    same = {
        name: getattr(order, name)
        for name in ("reporter", "phone", "unit", "place", "category", "kind", "paid")
    }
    return open_order(by=by, at=at, **{**same, "content": content, "origin": order})


def columns(reported: Reported, at: datetime) -> dict[str, Any]:
    """The columns of a new order from what was reported. Raises Refused."""
    content = (reported.get("content") or "").strip()
    reporter = (reported.get("reporter") or "").strip()
    if not content:
        raise Refused("missing", "请写报修内容。（E5.3.1）", field="content")
    if not reporter:
        raise Refused("missing", "请写报修人怎么称呼。（E5.3.1）", field="reporter")
    unit, place = address(reported.get("unit"), reported.get("place") or "")
    if not place:
        raise Refused("missing", "请写报修地址：房号，或公共区域的位置。（E5.3.1）", field="place")
    kind = reported.get("kind") or (OrderKind.UNIT if unit else OrderKind.PUBLIC)
    if kind == OrderKind.UNIT and unit is None:
        raise Refused("missing", "房屋维修单要写清房号，请从楼栋房号里选。（E5.3.2）", field="place")
    category = reported.get("category") or guess(content)
    phone = reported.get("phone") or ""
    given = reported.get("appoint_at")
    agreed = reported.get("agreed_reason") or "", reported.get("agreed_with") or ""
    return {
        "content": content,
        "reporter": reporter[:40],
        "phone": normalize(phone) or phone.strip()[:32],
        "unit": unit,
        "place": place,
        "kind": kind,
        "category": category,
        "trade": category.trade,
        "urgency": reported.get("urgency") or Urgency.NORMAL,
        "important": bool(reported.get("important")),
        "paid": bool(reported.get("paid")),
        "call": reported.get("call"),
        "origin": reported.get("origin"),
        **(check_agreed(given, *agreed, at) if given else {}),
    }


def guess(content: str) -> Category:
    """The category that the words suggest, else 其他. Raises Refused when the manager took 其他 away."""
    rows = Category.objects.filter(kind=Kind.REPAIR, parent__isnull=True)
    found = classify(content, Kind.REPAIR) or rows.filter(name=FALLBACK).first()
    if found is None:
        raise Refused("missing", "请选维修类别。", field="category")
    return found


def tell_managers(order: Repair, *, at: datetime, reason: str = "") -> None:
    """E5.3.4: 事关重大应及时向客服部经理汇报."""
    tell(
        User.objects.in_role("manager"),
        title=f"重大报修 {order.no} {order.place}：{order.title}",
        url=order.get_absolute_url(),
        at=at,
        level="urgent",
        body=reason,
    )
