"""A visitor signs in, is led to the host, and leaves (C4, C5)."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from helpdesk.cases.voiding import void_record
from helpdesk.visitors.models import Visitor
from helpdesk.visitors.policies import PROCEDURE, check_came, check_host, check_who, masked_paper
from reception.core.expected import Expected
from reception.core.flow import Refused
from reception.core.ledger import action, next_no, record
from reception.core.notices import tell
from reception.core.people.models import Department, User
from reception.core.people.roles import Can

PREFIX = "FK"


class Asked(TypedDict, total=False):
    """What is asked at the door (C4). name, purpose, and host or department, are needed; people is 1 unless said.

    came_at: when they came, for who is written down afterwards, with backdate_reason (D4.3.2).
    """

    name: str
    title: str
    people: int
    company: str
    phone: str
    paper: str
    host: User | None
    department: Department | None
    purpose: str
    booked: bool
    plate: str
    badge: str
    guide: str
    came_at: datetime | None
    backdate_reason: str


@action
def sign_in(*, by: User, at: datetime, guest: Expected | None = None, **asked: Unpack[Asked]) -> Visitor:
    """登记来访: a new record FK-…; the host is told in the same instant (C4). Raises Refused.

    guest: the expected person they were recognised as; then whoever receives them is told too.
    """
    if not by.may(Can.LOG_CALL):
        raise Refused("forbidden", "您的岗位不能登记访客，请联系前台。")
    came_at, why = asked.get("came_at") or at, (asked.get("backdate_reason") or "").strip()
    check_came(came_at, why, at)
    visitor = Visitor(created_at=at, created_by=by, recorder_name=str(by), **columns(asked, guest))
    visitor.came_at, visitor.backdate_reason = came_at, why if came_at < at else ""
    check_free(visitor)
    visitor.no = next_no(PREFIX, at)
    visitor.save(force_insert=True)
    detail: dict[str, Any] = {"host": visitor.to_whom} | ({"source": guest.source} if guest else {})
    late = visitor.came_at < at
    if late:
        detail["came_at"] = visitor.came_at
    why = f"{visitor.purpose}（补记：{visitor.backdate_reason}）" if late else visitor.purpose
    record(visitor, "record", "补记来访" if late else "登记来访", by=by, at=at, reason=why, detail=detail)
    head = visitor.department.head if visitor.department else None
    people = [visitor.host or head, *(guest.tell if guest else ())]
    many = f"等 {visitor.people} 人" if visitor.people > 1 else ""
    tell(
        [person for person in people if person],
        title=f"{visitor.label}{many}已到前台，找{visitor.to_whom}：{visitor.purpose}",
        url=visitor.get_absolute_url(),
        at=at,
        level="warn",
    )
    return visitor


def columns(asked: Asked, guest: Expected | None) -> dict[str, Any]:
    """The columns of a new record. Raises Refused."""
    text = {name: (asked.get(name) or "").strip() for name in TEXTS}  # type: ignore[attr-defined]
    people, host, department = asked.get("people") or 1, asked.get("host"), asked.get("department")
    check_who(text["name"], text["purpose"], people)
    check_host(host, department)
    text["plate"], text["paper"] = text["plate"].upper(), masked_paper(text["paper"])
    known = {"booked": True, "source": guest.source, "guest": guest.key} if guest else {}
    return {
        **text,
        "people": people,
        "host": host,
        "department": department,
        "booked": bool(asked.get("booked")),
        **known,
    }


TEXTS = ("name", "title", "company", "phone", "paper", "purpose", "plate", "badge", "guide")


def check_free(visitor: Visitor) -> None:
    """One badge for one visitor, and one guest comes in once. Raises Refused."""
    inside = Visitor.objects.inside()
    worn = inside.filter(badge=visitor.badge).first() if visitor.badge else None
    if worn:
        raise Refused(
            "invalid", f"访客证 {visitor.badge} 还在{worn.label}那里，请换一张，或先登记离开。", field="badge"
        )
    here = inside.filter(guest=visitor.guest).first() if visitor.guest else None
    if here:
        raise Refused("state", f"{here.label}已经登记过了（{here.no}），现在就在楼里。", field="name")


@action
def guide(visitor: Visitor, *, by: User, at: datetime, guide: str, expect: int | None = None) -> Visitor:
    """登记引见: who led them to the host. Raises Refused."""
    if not guide.strip():
        raise Refused("missing", "请写由谁引见。", field="guide")
    name = guide.strip()[:40]
    PROCEDURE.run(visitor, "guide", by=by, at=at, reason=name, expect=expect, guide=name)
    return visitor


@action
def leave(visitor: Visitor, *, by: User, at: datetime, expect: int | None = None) -> Visitor:
    """登记离开: they are no longer in the building (C5). Raises Refused."""
    PROCEDURE.run(visitor, "leave", by=by, at=at, expect=expect, left_at=at, left_by=by)
    return visitor


@action
def void(visitor: Visitor, *, by: User, at: datetime, reason: str, expect: int | None = None) -> Visitor:
    """作废, by the manager, with the reason. Raises Refused."""
    void_record(visitor, PROCEDURE, by=by, at=at, reason=reason, expect=expect)
    return visitor
