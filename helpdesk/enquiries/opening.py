"""登记查询: what was asked, answered at once or promised (C3, E5.2)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from helpdesk.cases.choices import Kind
from helpdesk.cases.models import Category, classify
from helpdesk.enquiries.actions import answer, notify, promise
from helpdesk.enquiries.models import Enquiry
from helpdesk.enquiries.policies import check_words
from helpdesk.enquiries.promising import watch
from reception.core.flow import Refused
from reception.core.ledger import action, next_no, record
from reception.core.people.models import User
from reception.core.people.roles import Can

PREFIX = "CX"


class Asked(TypedDict, total=False):
    """What is known of an enquiry when it is written down. customer, content and call are needed.

    contact, reply_due_at: a promise made at once; words, way, sources: the answer given at once, from which documents.
    """

    customer: str
    phone: str
    company: str
    place: str
    channel: str
    content: str
    category: Category | None
    professional: bool
    call: Any
    contact: str
    reply_due_at: datetime | None
    words: str
    way: str
    sources: Sequence[str]
    alert: bool


@action
def open_enquiry(*, by: User, at: datetime, **asked: Unpack[Asked]) -> Enquiry:
    """登记: a new record CX-…, answered and closed at once, promised, or due the same day. Raises Refused.

    alert: 管家 and 客服经理 are told in the same instant (E5.2.2).
    """
    if not by.may(Can.LOG_CALL):
        raise Refused("forbidden", "您的岗位不能登记查询，请联系前台。")
    enquiry = Enquiry(
        no=next_no(PREFIX, at), created_at=at, created_by=by, recorder_name=str(by), **columns(asked)
    )
    enquiry.save(force_insert=True)
    detail = {"call": enquiry.call.no}
    record(enquiry, "record", "登记查询", by=by, at=at, reason=enquiry.content, detail=detail)
    if asked.get("words"):
        said: dict[str, Any] = {"words": asked["words"], "way": asked.get("way") or "phone"}
        return answer(enquiry, by=by, at=at, sources=asked.get("sources") or (), closes=True, **said)
    due_at = asked.get("reply_due_at")
    if due_at:
        # No clock runs yet: `promise` starts it with the time that was promised.
        contact = asked.get("contact") or enquiry.phone
        promise(enquiry, by=by, at=at, reply_due_at=due_at, contact=contact, fresh=True)
    else:
        watch(enquiry, at=at, owner=by)
    return notify(enquiry, by=by, at=at) if asked.get("alert") else enquiry


def columns(asked: Asked) -> dict[str, Any]:
    """The columns of a new enquiry. Raises Refused."""
    content = check_words(asked.get("content") or "", "content", "请写查询的内容。（E5.2.1）")
    customer = check_words(asked.get("customer") or "", "customer", "请问清贵姓。（E5.2.1a）", 48)
    category = asked.get("category")
    if category is not None and category.kind != Kind.ENQUIRY:
        raise Refused("invalid", f"“{category}”不是查询的类别，请重选。（D4.3.1）", field="category")
    return {
        "customer": customer,
        "phone": (asked.get("phone") or "").strip()[:32],
        "company": (asked.get("company") or "").strip()[:80],
        "place": (asked.get("place") or "").strip()[:120],
        "channel": asked.get("channel") or "电话",
        "content": content,
        # Whoever passes a category, or says that there is none, has asked the keywords already.
        "category": category if "category" in asked else classify(content, Kind.ENQUIRY),
        "professional": bool(asked.get("professional")),
        "call": asked.get("call"),
    }
