"""受理投诉: what the customer says, with the apology or the thanks that came first (D4.4.2, E5.4)."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from helpdesk.cases.choices import Kind
from helpdesk.cases.models import Category, classify, limit_of
from helpdesk.complaints.choices import Courtesy
from helpdesk.complaints.models import Complaint
from helpdesk.complaints.policies import check_choice, check_words, signing
from helpdesk.complaints.queries import CONFIRM, MINUTES
from reception.core.clock import calendar_for, start
from reception.core.flow import Refused
from reception.core.ledger import action, next_no, record
from reception.core.notices import tell
from reception.core.people.models import Department, User
from reception.core.people.roles import Can

PREFIX = "TS"


class Said(TypedDict, total=False):
    """What is known of a complaint when it is received. customer, content and courtesy are needed."""

    customer: str
    phone: str
    place: str
    channel: str
    category: Category | None
    content: str
    wish: str
    courtesy: str
    against_department: Department | None
    against_person: User | None
    call: Any


@action
def open_complaint(*, by: User, at: datetime, **said: Unpack[Said]) -> Complaint:
    """受理: a new record TS-…; those who will sign are told, and their time runs in the desk's hours.

    Against the manager, or the department the manager heads, it goes one level up from the first. Raises Refused.
    """
    if not by.may(Can.LOG_CALL):
        raise Refused("forbidden", "您的岗位不能受理投诉，请联系前台。")
    complaint = Complaint(
        no=next_no(PREFIX, at), created_at=at, created_by=by, recorder_name=str(by), **columns(said)
    )
    complaint.level, people = signing(complaint)
    complaint.save(force_insert=True)
    detail = {"courtesy": complaint.get_courtesy_display()}
    if complaint.call:
        detail["call"] = complaint.call.no
    record(complaint, "record", "受理投诉", by=by, at=at, reason=complaint.content, detail=detail)
    tell(
        [user for user in people if user.pk != by.pk],
        title=f"投诉 {complaint.no} {complaint.place}：{complaint.title}",
        url=complaint.get_absolute_url(),
        at=at,
        level="warn",
    )
    watch(complaint, CONFIRM, at=at, owner=by)
    return complaint


def watch(
    complaint: Complaint, rule: str, *, at: datetime, owner: User | None, due_at: datetime | None = None
) -> None:
    """Start a clock in the desk's own hours: so many minutes, or up to `due_at`."""
    calendar = calendar_for("service")
    due_at = due_at or calendar.add(at, limit_of(rule, MINUTES[rule]))
    start(complaint, rule, at=at, due_at=due_at, owner=owner, calendar=calendar)


def columns(said: Said) -> dict[str, Any]:
    """The columns of a new complaint. Raises Refused."""
    content = check_words(said.get("content") or "", "content", "请写投诉的内容。（D4.4.2）")
    category = said.get("category")
    if category is not None and category.kind != Kind.COMPLAINT:
        raise Refused("invalid", f"“{category}”不是投诉的类别，请重选。（D4.3.1）", field="category")
    person = said.get("against_person")
    return {
        "customer": (said.get("customer") or "").strip()[:40] or "匿名",
        "phone": (said.get("phone") or "").strip()[:32],
        "place": (said.get("place") or "").strip()[:120],
        "channel": said.get("channel") or "phone",
        "content": content,
        "wish": (said.get("wish") or "").strip()[:200],
        "category": category or classify(content, Kind.COMPLAINT),
        "courtesy": check_choice(
            said.get("courtesy") or "", Courtesy, "courtesy", "请先向客户致歉或致谢，再受理。（D4.4.2）"
        ),
        "against_person": person,
        "against_department": said.get("against_department") or (person.department if person else None),
        "call": said.get("call"),
    }
