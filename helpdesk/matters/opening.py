"""登记其他问题: what was reported, and for praise who hears of it at once (D4.4.3)."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from helpdesk.cases.models import Category, classify, limit_of
from helpdesk.matters.choices import Kind
from helpdesk.matters.models import Matter
from helpdesk.matters.policies import check_choice, check_words
from helpdesk.matters.queries import ASSIGN, MINUTES
from reception.core.clock import calendar_for, start
from reception.core.flow import Refused
from reception.core.ledger import action, next_no, record
from reception.core.notices import tell
from reception.core.people.models import Department, User
from reception.core.people.roles import Can

PREFIX = "QT"


class Told(TypedDict, total=False):
    """What is known of a matter at first. kind, reporter and content are needed; praise says whom, 转接 to whom."""

    kind: str
    reporter: str
    phone: str
    place: str
    channel: str
    category: Category | None
    content: str
    praised: User | None
    praised_department: Department | None
    transfer_to: str
    call: Any


@action
def open_matter(*, by: User, at: datetime, **told: Unpack[Told]) -> Matter:
    """登记: a new record QT-…, whose time to be given out runs in the desk's hours. Raises Refused.

    Praise reaches whom it names, and their head, in the same instant.
    """
    if not by.may(Can.LOG_CALL):
        raise Refused("forbidden", "您的岗位不能登记，请联系前台。")
    matter = Matter(created_at=at, created_by=by, recorder_name=str(by), **columns(told))
    matter.no = next_no(PREFIX, at)
    matter.save(force_insert=True)
    detail = {"kind": matter.get_kind_display()}
    if matter.call:
        detail["call"] = matter.call.no
    if matter.praised_whom or matter.transfer_to:
        detail["to"] = matter.praised_whom or matter.transfer_to
    record(matter, "record", "登记", by=by, at=at, reason=matter.content, detail=detail)
    if matter.kind == Kind.PRAISE:
        pass_on(matter, at=at)
    watch(matter, ASSIGN, at=at, owner=by)
    return matter


def pass_on(matter: Matter, *, at: datetime) -> int:
    """The praised person, their head, and the praised department's head read what was said; returns how many."""
    person, of = matter.praised, matter.praised_department
    own = person.department if person else None
    people = [person, own.head if own else None, of.head if of else None]
    if of and not person:
        people += list(of.people.filter(is_active=True))
    title = f"表扬 {matter.praised_whom}：{matter.title}"
    said = f"{matter.place} {matter.reporter}".strip()
    return tell([one for one in people if one], title=title, url=matter.get_absolute_url(), at=at, body=said)


def watch(
    matter: Matter, rule: str, *, at: datetime, owner: User | None, due_at: datetime | None = None
) -> None:
    """Start a clock in the desk's own hours: so many minutes, or up to `due_at`."""
    calendar = calendar_for("service")
    due_at = due_at or calendar.add(at, limit_of(rule, MINUTES.get(rule, 480)))
    start(matter, rule, at=at, due_at=due_at, owner=owner, calendar=calendar)


def columns(told: Told) -> dict[str, Any]:
    """The columns of a new matter. Raises Refused."""
    kind = check_choice(
        told.get("kind") or "", Kind, "kind", "请选类型：建议、表扬、求助、转接或其他。（D4.4.3）"
    )
    content = check_words(told.get("content") or "", "content", "请写反映的内容。（D4.4.3）")
    category = told.get("category")
    if category is not None and category.kind != kind:
        raise Refused(
            "invalid", f"“{category}”不属于“{Kind(kind).label}”，请重选。（D4.3.1）", field="category"
        )
    if category is None and kind != Kind.OTHER:
        category = classify(content, kind)
    return {
        "kind": kind,
        "reporter": check_words(told.get("reporter") or "", "reporter", "请问清反映人贵姓。（E5.2.1）", 40),
        "phone": (told.get("phone") or "").strip()[:32],
        "place": (told.get("place") or "").strip()[:120],
        "channel": told.get("channel") or "电话",
        "content": content,
        "category": category,
        "call": told.get("call"),
        **addressed(kind, told),
    }


def addressed(kind: str, told: Told) -> dict[str, Any]:
    """Whom praise names, to whom a call was put through; nothing for the rest. Raises Refused."""
    if kind == Kind.PRAISE:
        person, of = told.get("praised"), told.get("praised_department")
        if person is None and of is None:
            raise Refused("missing", "表扬谁？请选人或部门，好转达给他们。（D4.4.3）", field="praised")
        return {"praised": person, "praised_department": of or (person.department if person else None)}
    if kind == Kind.TRANSFER:
        words = check_words(
            told.get("transfer_to") or "", "transfer_to", "转给了谁？请写姓名或部门。（D4.4.3）", 60
        )
        return {"transfer_to": words}
    return {}
